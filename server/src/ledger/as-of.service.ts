import { Injectable } from '@nestjs/common';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { decodeTime } from 'ulid';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type MemberPast, type MemberThen, TellsMemberPast } from '#members/member-past.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { JournalEntry } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
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
@TellsMemberPast()
export class AsOf implements MemberPast {
  constructor(
    private readonly snapshots: SnapshotsService,
    private readonly programs: ProgramsService,
    private readonly journal: LedgerRepository,
  ) {}

  /** `asOf` as somebody wrote it. Refuses with `asOf.inFuture`, `asOf.beforeProgram`, `asOf.beforeMember`. */
  async memberAt(scope: Scope, member: string, asOf: string): Promise<KnownThen> {
    const atMs = await this.programs.momentOf(scope, asOf);
    const since = decodeTime(member);
    // An id bears the moment at which it was made, to the millisecond.
    if (atMs < since) throw new Refusal('asOf.beforeMember', { since: new Date(since).toISOString() });
    const program = await this.programs.inForce(scope.program, atMs);
    const { state, entry } = await this.snapshots.at(scope, member, atMs);
    return { atMs, program, state, entry };
  }

  async memberThen(scope: Scope, member: string, asOf: string): Promise<MemberThen> {
    const { state } = await this.memberAt(scope, member, asOf);
    // Standing on boards is no part of the state, since no decision reads it.
    const said = await this.journal.findLastChoice(scope, member, state.seq);
    return { enrolment: state.left === true ? 'left' : 'enrolled', zone: state.zone ?? null, boards: said ?? 'alias' };
  }
}
