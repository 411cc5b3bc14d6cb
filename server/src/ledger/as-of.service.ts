import { Injectable } from '@nestjs/common';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { decodeTime } from 'ulid';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { JournalEntry } from './journal-entry.js';
import { SnapshotsService } from './snapshots.service.js';

/** What was known of a member at a moment, and the version in force then. `entry` is its last one by then. */
export interface KnownThen {
  readonly atMs: number;
  readonly program: CompiledProgram;
  readonly state: MemberState;
  readonly entry: JournalEntry | null;
}

/** The past by `at`: "what was known then", whatever arrived later with an older date. */
@Injectable()
export class AsOf {
  constructor(
    private readonly snapshots: SnapshotsService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /** The moment that somebody wrote, in milliseconds. Refuses with `asOf.inFuture`, `asOf.beforeProgram`. */
  async momentOf(scope: Scope, asOf: string): Promise<number> {
    const atMs = Date.parse(asOf);
    if (atMs > this.clock.now()) throw new Refusal('asOf.inFuture');
    const { createdAt } = await this.programs.get(scope);
    if (atMs < createdAt.getTime()) throw new Refusal('asOf.beforeProgram', { since: createdAt.toISOString() });
    return atMs;
  }

  /** Refuses, besides, with `asOf.beforeMember`. */
  async memberAt(scope: Scope, member: string, asOf: string): Promise<KnownThen> {
    const atMs = await this.momentOf(scope, asOf);
    const since = decodeTime(member);
    // An id bears the moment at which it was made, to the millisecond.
    if (atMs < since) throw new Refusal('asOf.beforeMember', { since: new Date(since).toISOString() });
    const program = await this.programs.inForce(scope.program, atMs);
    const { state, entry } = await this.snapshots.at(scope, member, atMs);
    return { atMs, program, state, entry };
  }
}
