import { Injectable, Logger } from '@nestjs/common';
import type { FullReceipt } from '@verbena/shared/ledger/entry-recorded.js';
import { decideRecorded } from '#engine/decide-recorded.js';
import { hashOf } from '#platform/crypto/hash.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { decidedPartsOf, type JournalEntry } from './journal-entry.js';
import { SnapshotsService } from './snapshots.service.js';

/** Receipts without a limit: the decision made again, on the state before it, under the version and facts that it recorded. */
@Injectable()
export class ReceiptsService {
  private readonly logger = new Logger('Ledger');

  constructor(
    private readonly snapshots: SnapshotsService,
    private readonly programs: ProgramsService,
  ) {}

  /**
   * The whole receipt of an entry; the stored one where it cannot be had any more: the engine that decided is gone, or the person
   * was erased. Where it comes out otherwise than it is recorded, that is said, and an alarm raised.
   */
  async full(scope: Scope, entry: JournalEntry): Promise<FullReceipt> {
    const stored = (again: FullReceipt['again']): FullReceipt => ({ again, receipt: entry.receipt });
    if (entry.erased !== undefined) return stored('erased');
    const program = await this.programs.atVersion(scope.program, entry.version);
    const before = await this.snapshots.before(scope, entry);
    const decision = decideRecorded(program, before, decidedPartsOf(entry), true);
    if (decision === null) return stored('gone');
    const isSame =
      decision.outcome === entry.outcome &&
      hashOf(decision.lines, decision.effects) === hashOf(entry.lines, entry.effects);
    if (!isSame) {
      this.logger.error(`Entry ${entry.seq} of member ${entry.member} comes out otherwise when it is decided again.`);
      return stored('differs');
    }
    return { again: 'same', receipt: decision.receipt };
  }
}
