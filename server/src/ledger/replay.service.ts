import { Injectable } from '@nestjs/common';
import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { ENGINE } from '#engine/engine-number.js';
import { fold } from '#engine/fold.js';
import { initialState } from '#engine/initial-state.js';
import { entryIdOf, hashOf, shardOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { assessInto, needsAssessment } from './assess-member.js';
import { decideInto, newLedger } from './decide-group.js';
import { extendInto, needsExtension } from './extend-state.js';
import type { GroupDraft } from './group-draft.js';
import { RecordedBudgets } from './group-budgets.js';
import { type JournalEntry, type MemberLedger, type RecordedActivity, viewOf } from './journal-entry.js';
import type { JournalHead } from './journal-reader.repository.js';
import { LedgerRepository } from './ledger.repository.js';
import { type ClosedJournals, withAbsorbed } from './merged-past.js';
import { RandomPool } from './random-pool.js';
import { findDifference, replayMember } from './replay-member.js';
import type { Submission } from './submission.js';

export type { BudgetSource } from './group-budgets.js';
export type { Replayed } from './replay-member.js';
export type { Demand, Told } from './shadow-budgets.js';
export { type Shadowed, ShadowMember, shadowMember, type ShadowStep } from './shadow-member.js';

/** So many entries are in memory at once, but for a single member with more. */
const BATCH_ENTRIES = 4_000;
const PAGE_MEMBERS = 1_000;

/** A member with its whole journal, in order. */
export interface MemberPast {
  readonly member: string;
  readonly entries: readonly JournalEntry[];
  /** The journals of accounts that were joined to it. */
  readonly closed: ClosedJournals;
  /** What the member holds now. */
  readonly holds: Pick<MemberState, 'balances' | 'tier'>;
}

/** What is tried: an activity that never was, or one of the journal, which is named by its seq. */
export type Attempt =
  | {
      readonly type: string;
      readonly attributes: Readonly<Record<string, unknown>>;
      readonly occurredAt: string | null;
    }
  | { readonly seq: number };

/** What one set of rules makes of an attempt. */
export interface Tried {
  readonly entries: Entry[];
  /** Why it was refused before it came to a decision; null where it was decided. */
  readonly refusal: string | null;
}

/** Decides the past again, or something that never was, and writes nothing. */
@Injectable()
export class ReplayService {
  private readonly random = new RandomPool();

  constructor(
    private readonly repository: LedgerRepository,
    private readonly programs: ProgramsService,
  ) {}

  async countMembers(scope: Scope): Promise<number> {
    return this.repository.countJournals(scope);
  }

  /** Every member of some shards with its journal; memory is bounded by a batch, or by the longest journal. */
  async *readPasts(scope: Scope, shards: readonly number[]): AsyncGenerator<MemberPast> {
    for (let after: string | null = null; ;) {
      const page: JournalHead[] = await this.repository.listJournals(scope, shards, after, PAGE_MEMBERS);
      for (const batch of batchesOf(page)) {
        const members = batch.map(({ member }) => member);
        yield* this.withClosed(scope, groupByMember(batch, await this.repository.readJournals(scope, members)));
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE_MEMBERS) return;
      after = last.member;
    }
  }

  /** With the journals of the accounts that were joined to each. */
  private async *withClosed(scope: Scope, pasts: Iterable<Omit<MemberPast, 'closed'>>): AsyncGenerator<MemberPast> {
    for (const past of pasts) yield { ...past, closed: await this.repository.readClosed(scope, past.entries) };
  }

  /** The same of these members only. */
  async *readPastsOf(scope: Scope, members: readonly string[]): AsyncGenerator<MemberPast> {
    const sorted = members.toSorted();
    for (let from = 0; from < sorted.length; from += PAGE_MEMBERS)
      for (const batch of batchesOf(
        await this.repository.listJournalsOf(scope, sorted.slice(from, from + PAGE_MEMBERS)),
      )) {
        const ids = batch.map(({ member }) => member);
        yield* this.withClosed(scope, groupByMember(batch, await this.repository.readJournals(scope, ids)));
      }
  }

  /**
   * Replays a member under the versions that its entries record. Answers the seq of the first entry that comes out differently;
   * null where all are the same to the last hash, `older` where some were decided by an older engine.
   */
  async verify(scope: Scope, { entries, closed }: MemberPast): Promise<number | null | 'older'> {
    if (entries.some(({ engine }) => engine !== ENGINE)) return 'older';
    const versions = new Map<number, CompiledProgram>();
    for (const { version } of entries)
      if (!versions.has(version)) versions.set(version, await this.programs.atVersion(scope.program, version));
    const programOf = ({ version }: JournalEntry): CompiledProgram => {
      const program = versions.get(version);
      if (program === undefined) throw new Error(`Version ${version} was not compiled.`);
      return program;
    };
    for (const { version } of [...closed.values()].flat())
      if (!versions.has(version)) versions.set(version, await this.programs.atVersion(scope.program, version));
    return findDifference(entries, replayMember(entries, { programOf, isSame: true, untilMs: null }, closed));
  }

  /**
   * Decides one activity for a member under some rules, at a pretended moment: on the books as they stood then, with what time
   * settles until then. Refuses `entry.notFound`, `activity.unknownType`, and attributes that do not fit.
   */
  async tryOut(
    scope: Scope,
    member: string,
    attempt: Attempt,
    nowMs: number,
    programs: readonly CompiledProgram[],
  ): Promise<Tried[]> {
    const journal = await this.repository.readJournals(scope, [member]);
    const recorded = 'seq' in attempt ? journal.find(({ seq }) => seq === attempt.seq) : undefined;
    if ('seq' in attempt && recorded === undefined) throw new Refusal('entry.notFound');
    const past = journal.filter(
      ({ seq, at }) => Date.parse(at) <= nowMs && (recorded === undefined || seq < recorded.seq),
    );
    const before = await this.booksAfter(scope, member, past);
    const whole = withAbsorbed(past, await this.repository.readClosed(scope, past));
    const submission = this.submissionOf(scope, member, attempt, recorded, nowMs);
    return programs.map((program) => this.tryUnder(program, submission, before, whole, nowMs, recorded));
  }

  private tryUnder(
    program: CompiledProgram,
    submission: Submission,
    before: MemberLedger | null,
    past: readonly JournalEntry[],
    nowMs: number,
    recorded?: JournalEntry,
  ): Tried {
    const { type } = submission.activity;
    if (isDefined(program, type) && !program.activityTypes.has(type))
      return { entries: [], refusal: 'activity.unknownType' };
    const atMs = Math.max(nowMs, ...past.slice(-1).map(({ at }) => Date.parse(at)));
    const ledger = before ?? newLedger(submission, program);
    const draft: GroupDraft = {
      lane: 'trial',
      q: 0,
      atMs,
      entries: [],
      ledgers: new Map([[ledger._id, ledger]]),
      caused: [],
      budgets: new RecordedBudgets(recorded === undefined ? [] : [recorded]),
    };
    try {
      if (needsExtension(ledger, program)) extendInto(draft, ledger, program, this.random, past);
      const held = draft.ledgers.get(ledger._id) ?? ledger;
      if (needsAssessment(held, program, atMs)) assessInto(draft, held, program, this.random);
      decideInto(draft, submission, program, this.random, { entries: past, under: program });
    } catch (error) {
      if (error instanceof Refusal) return { entries: [], refusal: error.code };
      throw error;
    }
    const shown = draft.entries.filter(({ activity }) => activity.type !== 'state.extended');
    return { entries: shown.map((entry) => viewOf(entry, null)), refusal: null };
  }

  private submissionOf(
    scope: Scope,
    member: string,
    attempt: Attempt,
    recorded: JournalEntry | undefined,
    nowMs: number,
  ): Submission {
    const now = new Date(nowMs).toISOString();
    const typed = 'seq' in attempt ? undefined : attempt;
    const activity: RecordedActivity = recorded?.activity ?? {
      type: typed?.type ?? '',
      key: 'trial',
      source: 'staff',
      occurredAt: typed?.occurredAt ?? now,
      receivedAt: now,
      channel: 'staff',
      attributes: typed?.attributes ?? {},
      depth: 0,
    };
    return {
      scope,
      member,
      shard: shardOf(scope.program, member),
      entryId: recorded?._id ?? entryIdOf(scope.program, 'staff', 'trial'),
      fingerprint: hashOf('trial'),
      activity,
    };
  }

  /** The books after these entries; null before the first. */
  private async booksAfter(scope: Scope, member: string, past: readonly JournalEntry[]): Promise<MemberLedger | null> {
    const [first, last] = [past[0], past.at(-1)];
    if (first === undefined || last === undefined) return null;
    const program = await this.programs.atVersion(scope.program, first.version);
    const state = past.reduce<MemberState>(fold, initialState(program));
    const { seq, hash, version } = last;
    return { ...newLedger({ scope, member, shard: first.shard }, program), seq, hash, version, state };
  }
}

/** Whether a program must define this type: those of the house, and reversals, need no definition. */
function isDefined(program: CompiledProgram, type: string): boolean {
  return program.activityTypes.has(type) || !/^(?:clock|state|member)\.|^tier\.assessed$|\.reversed$/.test(type);
}

function* batchesOf(page: readonly JournalHead[]): Generator<JournalHead[]> {
  let batch: JournalHead[] = [];
  let entries = 0;
  for (const one of page) {
    batch.push(one);
    entries += one.entries;
    if (entries < BATCH_ENTRIES) continue;
    yield batch;
    [batch, entries] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

function* groupByMember(
  heads: readonly JournalHead[],
  entries: readonly JournalEntry[],
): Generator<Omit<MemberPast, 'closed'>> {
  const journals = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const journal = journals.get(entry.member);
    if (journal === undefined) journals.set(entry.member, [entry]);
    else journal.push(entry);
  }
  for (const { member, holds } of heads) yield { member, entries: journals.get(member) ?? [], holds };
}
