import { reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import { Refusal } from '#platform/errors/refusal.js';
import { keyReused } from './key-reused.js';
import type { Alarms, LaneHead, LedgerStore, Timer, ProgramSource, Random, Transport } from './committer.ports.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { assessInto, needsAssessment } from './assess-member.js';
import { decideInto } from './decide-group.js';
import { extendInto, needsExtension } from './extend-state.js';
import type { GroupDraft } from './group-draft.js';
import { NO_PAST, type Past } from './read-facts.js';
import { GroupBudgets, type KnownPortions, MoreWanted, PortionHeld, PortionMoved } from './group-budgets.js';
import { type JournalEntry, type MemberLedger, outboxId, type OutboxRow } from './journal-entry.js';
import { counterIdOf } from './portions.js';
import { readClosed, withAbsorbed } from './merged-past.js';
import { isPassingFault } from './passing-fault.js';
import { isWholeReversal, readsPast, remainingOf, reversedEntryOf, versionOf } from './reversal.js';
import { sealGroup } from './seal-group.js';
import { StateCache } from './state-cache.js';
import type { Outcome, Submission } from './submission.js';

export interface CommitterLimits {
  readonly groupMax: number;
  readonly queueMax: number;
  readonly queueAgeMsMax: number;
  /** How long a group is tried again while the store does not answer. */
  readonly patienceMs: number;
}

export const LIMITS: CommitterLimits = { groupMax: 128, queueMax: 2_000, queueAgeMsMax: 1_000, patienceMs: 10_000 };

interface Waiting {
  readonly submission: Submission;
  readonly queuedAtMs: number;
  readonly settle: (outcome: Outcome) => void;
}

type LaneDraft = GroupDraft & { readonly budgets: GroupBudgets };

/** So often, so long, it waits for what another lane's group has in hand; then its leader is taken to be gone. */
const HELD_MAX = 100;
const HELD_MS = 10;

const STATE_BYTES_SOFT = 16_384;
const STATE_BYTES_ALARM = 65_536;

/**
 * The one committer of a lane. One group is in flight; whatever queued meanwhile is the next, decided only after the
 * last one was committed. Correctness rests on the journal's unique key, the compare-and-set on each member's `seq`, and
 * the lane's fence, never on the lease or the clock. An answer leaves only after the commit.
 */
export class Committer {
  private readonly queue: Waiting[] = [];
  /** What was caused, and the clock: served first, and never refused for want of room, so full lanes cannot block each other. */
  private readonly urgent: Waiting[] = [];
  private readonly states = new StateCache();
  /** The lane's portions of what all members share, as last committed. */
  private readonly portions: KnownPortions = new Map();
  private position: LaneHead | null = null;
  private running: Promise<void> | null = null;
  private stoppedWith: Refusal | null = null;

  constructor(
    readonly lane: string,
    private readonly ports: {
      readonly clock: Timer;
      readonly random: Random;
      readonly store: LedgerStore;
      readonly transport: Transport;
      readonly programs: ProgramSource;
      readonly alarms: Alarms;
    },
    private readonly limits: CommitterLimits = LIMITS,
  ) {}

  /** Begins to commit under an epoch that this node just took. */
  start(position: LaneHead): void {
    this.position = position;
    this.stoppedWith = null;
    this.forget();
    this.run();
  }

  /** Ends: what is in flight is finished, what waits is refused, nothing more is taken. */
  async stop(refusal: Refusal = new Refusal('server.unavailable')): Promise<void> {
    this.stoppedWith = refusal;
    for (const waiting of [...this.urgent.splice(0), ...this.queue.splice(0)])
      waiting.settle({ kind: 'refused', refusal });
    await this.running;
    this.forget();
  }

  get isLeading(): boolean {
    return this.position !== null && this.stoppedWith === null;
  }

  /** Refuses with `lane.busy` when so much more would wait too long; asked before any work is done. */
  refuseWhenBusy(more: number): void {
    const oldest = this.queue[0];
    const ageMs = oldest === undefined ? 0 : this.ports.clock.now() - oldest.queuedAtMs;
    if (this.queue.length + more > this.limits.queueMax || ageMs > this.limits.queueAgeMsMax) {
      throw new Refusal('lane.busy', { seconds: Math.max(1, Math.ceil(ageMs / 1_000)) });
    }
  }

  /** Whether it would refuse so many more. */
  isBusy(more: number): boolean {
    try {
      this.refuseWhenBusy(more);
      return false;
    } catch {
      return true;
    }
  }

  /** Queues a submission; resolves when its group is committed, or with the refusal. Never rejects. */
  submit(submission: Submission, isUrgent = false): Promise<Outcome> {
    if (this.stoppedWith !== null) return Promise.resolve({ kind: 'refused', refusal: this.stoppedWith });
    return new Promise((settle) => {
      (isUrgent ? this.urgent : this.queue).push({ submission, queuedAtMs: this.ports.clock.now(), settle });
      this.run();
    });
  }

  private forget(): void {
    this.states.clear();
    this.portions.clear();
  }

  private run(): void {
    if (this.running !== null || this.position === null || this.queue.length + this.urgent.length === 0) return;
    // One turn of the event loop, so that all that arrived with this request is in the first group too.
    this.running = this.ports.clock
      .turn()
      .then(() => this.drain())
      .finally(() => {
        this.running = null;
        this.run();
      });
  }

  private async drain(): Promise<void> {
    while (this.stoppedWith === null && this.queue.length + this.urgent.length > 0) {
      const next = this.urgent.splice(0, this.limits.groupMax);
      next.push(...this.queue.splice(0, this.limits.groupMax - next.length));
      let group: readonly Waiting[] = next;
      try {
        while (group.length > 0) group = await this.commitGroup(group);
      } catch (error) {
        const refusal = error instanceof Refusal ? error : new Refusal('server.unavailable');
        if (!(error instanceof Refusal)) this.ports.alarms.steppedDown(this.lane, String(error));
        // What waits behind is refused with it: were it decided now, a member's later activity would come before an earlier
        // one that its sender sends again.
        for (const waiting of [...group, ...this.queue.splice(0)]) waiting.settle({ kind: 'refused', refusal });
      }
    }
  }

  /**
   * Commits one group, again and again until it is certain how it ended. Answers those of it that must wait for what another
   * lane's group makes of what all share: what this one has in hand is committed first, so that no two wait for one another.
   */
  private async commitGroup(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const deadline = this.ports.clock.now() + this.limits.patienceMs;
    const known = new Map<string, JournalEntry>();
    let isLookedUp = false;
    let held = 0;
    let failures = 0;
    for (let attempt = 0; ; attempt += 1) {
      if (attempt > 0 && this.ports.clock.now() > deadline) throw new Refusal('server.unavailable');
      try {
        if (isLookedUp) await this.lookUp(group, known);
        const decided = await this.decideGroup(group, known, isLookedUp, held >= HELD_MAX);
        if (decided === 'lookup') {
          isLookedUp = true;
          continue;
        }
        if (decided.draft.entries.length === 0 || (await this.write(decided.draft, isLookedUp))) {
          this.answer(group, decided.outcomes);
          return decided.later;
        }
      } catch (error) {
        // Lost connections and time-outs: nothing is known to be written, so read the truth anew and try again.
        if (error instanceof Refusal) throw error;
        if (error instanceof PortionHeld) {
          held += 1;
          await this.ports.clock.pause(HELD_MS);
          continue;
        }
        const cannotHold = error instanceof CannotHold;
        if (!cannotHold) {
          if (!isPassing(error)) throw error;
          await this.ports.clock.pause(Math.min(25 * 2 ** attempt, 500));
        }
        await this.reload().catch(() => undefined);
        if (cannotHold) {
          // Of several each by itself, so that the culprit alone is set aside, and it only where it fails once more.
          if (group.length > 1) return this.commitEach(group);
          if (failures > 0) return this.setAside(group, error.cause);
          failures += 1;
        }
      }
      isLookedUp = true;
    }
  }

  /** Commits what came in one group as groups of one. */
  private async commitEach(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    for (const waiting of group) await this.commitGroup([waiting]);
    return [];
  }

  private async setAside(group: readonly Waiting[], error: unknown): Promise<readonly Waiting[]> {
    for (const { submission, settle } of group)
      settle(await this.quarantine(submission, error, this.ports.clock.now()));
    return [];
  }

  private async quarantine(submission: Submission, error: unknown, atMs: number): Promise<Outcome> {
    this.ports.alarms.quarantined(submission, error);
    const reason = String(error instanceof Error ? error.stack : error);
    await this.ports.store.quarantine(submission, reason, new Date(atMs));
    return { kind: 'refused', refusal: new Refusal('activity.quarantined') };
  }

  /** Writes a draft. True: committed. False: not, and everything that was believed has been read anew. */
  private async write(draft: LaneDraft, isLookedUp: boolean): Promise<boolean> {
    const fence = this.fence();
    const { entries, head } = sealGroup(fence.head, draft.entries);
    const next: LaneHead = { epoch: fence.epoch, q: draft.q, atMs: draft.atMs, head };
    const outbox: OutboxRow = {
      _id: outboxId(this.lane, draft.q),
      lane: this.lane,
      q: draft.q,
      at: new Date(draft.atMs),
      entries: draft.entries.map(({ _id: id, program, member, seq }) => ({ id, program, member, seq })),
      caused: draft.caused,
      head,
    };
    const states = [...draft.ledgers.values()]
      .map((ledger) => ({ from: this.states.seqOf(ledger._id), ledger }))
      .filter(({ from, ledger }) => ledger.seq > from);
    const portions = draft.budgets.changes();
    const result = await this.ports.store
      .writeGroup({ lane: this.lane, fence, next, entries, states, outbox, portions })
      .catch((error: unknown) => {
        throw isPassing(error) ? error : new CannotHold('', { cause: error });
      });
    const isCommitted = result === 'committed' || (result === 'unknown' && (await this.wasCommitted(next)));
    if (!isCommitted) {
      // A key that is not known and yet there: the states are older than they were believed to be, as after a commit that came
      // long after its answer was lost.
      if (result !== 'duplicate' || isLookedUp) await this.reload();
      if (result === 'unavailable') await this.ports.clock.pause(20);
      return false;
    }
    this.position = next;
    for (const { ledger } of states) this.states.put(ledger);
    for (const { place, left } of portions) this.portions.set(counterIdOf(place), left);
    this.ports.transport.committed(outbox, entries);
    return true;
  }

  /** After a lost answer: the lane's document says whether the group stands there. */
  private async wasCommitted(next: LaneHead): Promise<boolean> {
    const found = await this.ports.store.readLane(this.lane);
    return found.epoch === next.epoch && found.q === next.q && found.head === next.head;
  }

  /** Forgets all states and reads the lane anew; steps down when another node leads it now. */
  private async reload(): Promise<void> {
    this.forget();
    const found = await this.ports.store.readLane(this.lane);
    if (found.epoch !== this.fence().epoch) {
      this.ports.alarms.steppedDown(this.lane, `epoch ${found.epoch} follows ${this.fence().epoch}`);
      this.stoppedWith = new Refusal('lane.moved');
      for (const waiting of [...this.urgent.splice(0), ...this.queue.splice(0)])
        waiting.settle({ kind: 'refused', refusal: this.stoppedWith });
      throw this.stoppedWith;
    }
    this.position = found;
  }

  private async lookUp(group: readonly Waiting[], known: Map<string, JournalEntry>): Promise<void> {
    const ids = group.map(({ submission }) => submission.entryId).filter((id) => !known.has(id));
    if (ids.length === 0) return;
    for (const entry of await this.ports.store.readEntries([...new Set(ids)])) known.set(entry._id, entry);
  }

  /** Decides all that is not known yet. Asks for a look-up first where a refusal might be a repeat in disguise. */
  private async decideGroup(
    group: readonly Waiting[],
    known: ReadonlyMap<string, JournalEntry>,
    isLookedUp: boolean,
    isForced: boolean,
  ): Promise<{ draft: LaneDraft; outcomes: Map<Waiting, Outcome>; later: readonly Waiting[] } | 'lookup'> {
    const fence = this.fence();
    const atMs = Math.max(fence.atMs, this.ports.clock.now());
    await this.loadStates(group);
    const draft: LaneDraft = {
      lane: this.lane,
      q: fence.q + 1,
      atMs,
      entries: [],
      ledgers: this.states.pick(group.map(({ submission }) => submission.member)),
      caused: [],
      budgets: new GroupBudgets(this.portions, isForced),
    };
    const outcomes = new Map<Waiting, Outcome>();
    const fresh = new Map<string, JournalEntry>();
    for (const [place, waiting] of group.entries()) {
      const { submission } = waiting;
      const earlier = known.get(submission.entryId) ?? fresh.get(submission.entryId);
      if (earlier !== undefined) {
        outcomes.set(waiting, replayOf(earlier, submission));
        continue;
      }
      // A second reversal of an entry would be decided on what the first has taken already: ask for it first.
      if (!isLookedUp && isReversal(submission)) return 'lookup';
      const outcome = await this.decideOne(draft, submission);
      if (outcome === 'held') {
        if (place === 0) throw new PortionHeld();
        return { draft, outcomes, later: group.slice(place) };
      }
      if (outcome.kind === 'accepted') fresh.set(submission.entryId, outcome.entry);
      else if (outcome.kind === 'refused' && !isLookedUp) return 'lookup';
      outcomes.set(waiting, outcome);
    }
    return { draft, outcomes, later: [] };
  }

  private async decideOne(draft: LaneDraft, submission: Submission): Promise<Outcome | 'held'> {
    try {
      const program = await this.ports.programs.inForce(submission.scope.program, draft.atMs);
      const ledger = draft.ledgers.get(submission.member);
      if (ledger?.state.closed !== undefined && submission.activity.source === 'clock') return { kind: 'idle' };
      if (ledger !== undefined) await this.bringUp(draft, ledger, program);
      // The pass of a publication wants nothing else.
      if (submission.activity.type === 'tier.assessed') return { kind: 'idle' };
      const past = readsPast(submission.activity) ? await this.readPastOf(draft, submission, program) : NO_PAST;
      // A commit that came after its answer was lost and after the look-up: what it took back was taken back by this very key.
      const own = past.entries.find(({ _id }) => _id === submission.entryId);
      if (own !== undefined && isReversal(submission)) return replayOf(own, submission);
      const entry = await this.withPortions(draft, () =>
        decideInto(draft, submission, program, this.ports.random, past),
      );
      return entry === null ? { kind: 'idle' } : { kind: 'accepted', entry };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', refusal: error };
      if (error instanceof PortionHeld) return 'held';
      if (isPassing(error)) throw error;
      return this.quarantine(submission, error, draft.atMs);
    }
  }

  /** What a version brings its member comes before anything is decided under it: its counters, and the tier that it lets it reach. */
  private async bringUp(draft: LaneDraft, before: MemberLedger, program: CompiledProgram): Promise<void> {
    const { random } = this.ports;
    if (needsExtension(before, program))
      extendInto(draft, before, program, random, await this.readPast(draft, before._id));
    const ledger = draft.ledgers.get(before._id) ?? before;
    if (needsAssessment(ledger, program, draft.atMs))
      await this.withPortions(draft, () => assessInto(draft, ledger, program, random));
  }

  /** Decides, again as often as it wants more of what all share than the lane has and more is to be had. */
  private async withPortions<T>(draft: LaneDraft, decide: () => T): Promise<T> {
    for (;;) {
      try {
        return decide();
      } catch (error) {
        if (!(error instanceof MoreWanted)) throw error;
        for (const asked of error.asks) {
          const ask = { ...asked, isForced: draft.budgets.isForced };
          const portion = await this.ports.store.takePortion(this.lane, ask);
          if (portion === null) throw new PortionMoved();
          draft.budgets.got(ask, portion);
        }
      }
    }
  }

  private async readPastOf(
    draft: GroupDraft,
    { activity, member }: Submission,
    program: CompiledProgram,
  ): Promise<Past> {
    const entries = await this.readPast(draft, member);
    const entry = reversedEntryOf(activity, entries);
    if (entry === undefined || remainingOf(activity) === null) return { entries, under: program };
    return { entries, under: await this.ports.programs.atVersion(entry.program, versionOf(entry, entries)) };
  }

  /**
   * The whole journal of a member, with what this group adds to it and the journals of accounts joined to it; rare, since only
   * reversals, such joining, and a version with new counters ask for it.
   */
  private async readPast(draft: GroupDraft, member: string): Promise<readonly JournalEntry[]> {
    const past = await this.readWhole(member);
    // A commit came after its answer was given up: what is about to be decided on is older than what there is.
    if ((past.at(-1)?.seq ?? 0) > this.states.seqOf(member)) throw new StateOvertaken();
    past.push(...draft.entries.filter((entry) => entry.member === member));
    return withAbsorbed(past, await readClosed(past, (one) => this.readWhole(one)));
  }

  private async readWhole(member: string): Promise<JournalEntry[]> {
    const past: JournalEntry[] = [];
    for (;;) {
      const page = await this.ports.store.readJournal(member, past.at(-1)?.seq ?? 0, 1_000);
      past.push(...page);
      if (page.length < 1_000) return past;
    }
  }

  private async loadStates(group: readonly Waiting[]): Promise<void> {
    const missing = this.states.missing(group.map(({ submission }) => submission.member));
    if (missing.length === 0) return;
    const found = await this.ports.store.readStates(missing);
    for (const ledger of found) {
      this.states.put(ledger);
      this.warnWhenLarge(ledger);
    }
    this.states.noteAbsent(missing);
  }

  private warnWhenLarge(ledger: MemberLedger): void {
    const bytes = JSON.stringify(ledger.state).length;
    if (bytes > STATE_BYTES_ALARM || (bytes > STATE_BYTES_SOFT && ledger.seq % 100 === 0))
      this.ports.alarms.stateIsLarge(ledger._id, bytes);
  }

  private answer(group: readonly Waiting[], outcomes: ReadonlyMap<Waiting, Outcome>): void {
    for (const waiting of group) {
      const outcome = outcomes.get(waiting);
      if (outcome !== undefined) waiting.settle(outcome);
    }
  }

  private fence(): LaneHead {
    if (this.position === null) throw new Refusal('lane.moved');
    return this.position;
  }
}

/** The first answer again, or a refusal when the key came with another body: for a reversal, that there was one already. */
export function replayOf(entry: JournalEntry, submission: Submission): Outcome {
  if (entry.fingerprint === submission.fingerprint) return { kind: 'replayed', entry };
  const isWhole = isReversal(submission) && isWholeReversal(submission.activity);
  const refusal = isWhole
    ? new Refusal('activity.alreadyReversed', { since: entry.at })
    : keyReused(entry.at, { ...entry, ...entry.activity }, { ...submission, ...submission.activity });
  return { kind: 'refused', refusal };
}

function isReversal({ activity }: Submission): boolean {
  return reversedTypeOf(activity.type) !== null;
}

/** A member's journal goes on beyond the state that this lane remembers: both are read anew. */
class StateOvertaken extends Error {}

/** The store is reached, and refuses what a group holds. */
class CannotHold extends Error {}

/** A fault of the way to the store, or something that another was faster with: it passes. Anything else is a defect of ours. */
function isPassing(error: unknown): boolean {
  return error instanceof PortionMoved || error instanceof StateOvertaken || isPassingFault(error);
}
