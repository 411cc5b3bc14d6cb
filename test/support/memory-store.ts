import type { GroupWrite, LaneHead, LedgerStore, WriteResult } from '@verbena/server/ledger/committer.ports.js';
import type { JournalEntry, MemberLedger, OutboxRow } from '@verbena/server/ledger/journal-entry.js';
import {
  type BudgetPlace,
  type Counter,
  counterIdOf,
  type LanePortion,
  planPortion,
  type Portion,
  type PortionAsk,
} from '@verbena/server/ledger/portions.js';
import type { Submission } from '@verbena/server/ledger/submission.js';

/** What may go wrong with one write: nothing, lost before it counts, or counted with its answer lost. */
export type WriteFault = 'none' | 'lostBefore' | 'lostAfter' | 'connectionBefore' | 'connectionAfter';

/**
 * A store in memory that keeps the promises of the real one (atomic groups, unique keys, compare-and-set, fence) and breaks
 * what a real one may break: answers get lost before or after the commit. Everything passes through JSON, so nothing is shared
 * with the committer by reference.
 */
export class MemoryStore implements LedgerStore {
  readonly journal = new Map<string, JournalEntry>();
  readonly states = new Map<string, MemberLedger>();
  readonly lanes = new Map<string, LaneHead>();
  readonly outbox: OutboxRow[] = [];
  readonly quarantined: Submission[] = [];
  /** By counter: what nobody has, and what each lane has. */
  readonly counters = new Map<string, Counter & { readonly place: BudgetPlace }>();
  readonly portions = new Map<string, Map<string, LanePortion>>();
  writes = 0;

  constructor(private readonly nextFault: () => WriteFault = () => 'none') {}

  openLane(lane: string): LaneHead {
    const found = this.lanes.get(lane) ?? { epoch: 0, q: 0, atMs: 0, head: '' };
    const opened = { ...found, epoch: found.epoch + 1 };
    this.lanes.set(lane, opened);
    return opened;
  }

  async readLane(lane: string): Promise<LaneHead> {
    await turn();
    const found = this.lanes.get(lane);
    if (found === undefined) throw new Error(`no lane ${lane}`);
    return found;
  }

  async readStates(members: readonly string[]): Promise<MemberLedger[]> {
    await turn();
    return members.flatMap((member) => this.states.get(member) ?? []);
  }

  async readEntries(ids: readonly string[]): Promise<JournalEntry[]> {
    await turn();
    return ids.flatMap((id) => this.journal.get(id) ?? []);
  }

  async readJournal(member: string, afterSeq: number, limit: number): Promise<JournalEntry[]> {
    await turn();
    return this.journalOf(member)
      .filter((entry) => entry.seq > afterSeq)
      .slice(0, limit);
  }

  quarantine(submission: Submission): Promise<void> {
    this.quarantined.push(submission);
    return Promise.resolve();
  }

  async writeGroup(group: GroupWrite): Promise<WriteResult> {
    const fault = this.nextFault();
    await turn();
    if (fault === 'lostBefore') return 'unavailable';
    if (fault === 'connectionBefore') throw connectionLost();
    const refused = this.check(group);
    if (refused !== null) return refused;
    this.apply(group);
    await turn();
    if (fault === 'lostAfter') return 'unknown';
    if (fault === 'connectionAfter') throw connectionLost();
    return 'committed';
  }

  async takePortion(lane: string, ask: PortionAsk): Promise<Portion | null> {
    const fault = this.nextFault();
    await turn();
    if (fault === 'lostBefore') return null;
    if (fault === 'connectionBefore') throw connectionLost();
    const { place, least, terms } = ask;
    const id = counterIdOf(place);
    const held = this.portions.get(id) ?? new Map<string, LanePortion>();
    const own = held.get(lane)?.left ?? null;
    if (terms === null || (own ?? 0) >= least) return { left: own, isAll: false, isHeld: false };
    const plan = planPortion(this.counters.get(id) ?? null, [...held.values()], lane, ask, terms);
    this.counters.set(id, { ...plan.counter.to, place });
    for (const one of plan.portions) held.set(one.lane, one);
    this.portions.set(id, held);
    await turn();
    if (fault === 'lostAfter') return null;
    if (fault === 'connectionAfter') throw connectionLost();
    return plan.answer;
  }

  /** A member's entries in order. */
  journalOf(member: string): JournalEntry[] {
    return [...this.journal.values()].filter((entry) => entry.member === member).sort((a, b) => a.seq - b.seq);
  }

  private check(group: GroupWrite): WriteResult | null {
    if (group.entries.some((entry) => this.journal.has(entry._id))) return 'duplicate';
    if (new Set(group.entries.map(({ _id }) => _id)).size !== group.entries.length) return 'duplicate';
    if (group.states.some(({ from, ledger }) => (this.states.get(ledger._id)?.seq ?? 0) !== from)) return 'stale';
    const isHeld = group.portions.every(
      ({ place, from }) => (this.portions.get(counterIdOf(place))?.get(group.lane)?.left ?? null) === from,
    );
    if (!isHeld) return 'stale';
    const lane = this.lanes.get(group.lane);
    return lane?.epoch === group.fence.epoch && lane.q === group.fence.q ? null : 'stale';
  }

  private apply(group: GroupWrite): void {
    this.writes += 1;
    for (const entry of group.entries) this.journal.set(entry._id, copy(entry));
    for (const { ledger } of group.states) this.states.set(ledger._id, { ...copy(ledger), dueAt: ledger.dueAt });
    this.lanes.set(group.lane, group.next);
    this.outbox.push(group.outbox);
    for (const { place, left } of group.portions) {
      const held = this.portions.get(counterIdOf(place)) ?? new Map<string, LanePortion>();
      this.portions.set(counterIdOf(place), held.set(group.lane, { lane: group.lane, left, inHand: 0 }));
    }
  }
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function connectionLost(): Error {
  return Object.assign(new Error('connection lost'), { name: 'MongoNetworkError' });
}
