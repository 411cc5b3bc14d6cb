import type { EffectType } from '@verbena/shared/ledger/effect.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { BoardsChoice } from '@verbena/shared/members/members.routes.js';
import type mongoose from 'mongoose';
import type { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { walkDown, walkUp, type Window } from '#platform/mongo/windows.js';
import type { JournalEntry, MemberLedger, MissionTrailEntry, PastMovement } from './journal-entry.js';
import { fromAnyDocument, fromDocument, type JournalDocument, type MemberStateDocument } from './ledger.schema.js';
import { type ClosedJournals, readClosed } from './merged-past.js';
import type { Link } from './verify-lane.js';
import { attributesWithoutOthers } from './without-others.js';

type Collection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;
type Fields = Readonly<Record<string, 1>>;
type Wanted = mongoose.mongo.Filter<JournalDocument>;

/** What a list of entries may be narrowed to; nothing that an award pays an index for. */
const FILTERS = {
  points: { 'lines.0': { $exists: true } },
  earned: { 'lines.kind': 'earn' },
  // A reversal enters expired points again first: that is no expiry.
  expired: { lines: { $elemMatch: { kind: 'expire', amount: { $lt: 0 } } } },
  reversed: { 'effects.type': 'activity.reversed' },
  // What came of a mission, and not every purchase that brought one nearer: those stand on the mission's own page.
  missions: {
    effects: {
      $elemMatch: {
        type: {
          $in: [
            'mission.completed',
            'mission.stepped',
            'mission.failed',
            'mission.reverted',
            'badge.granted',
            'badge.revoked',
            'tier.moved',
            'tier.extended',
          ] satisfies EffectType[],
        },
        // Of a reversal: only where a completion is gone.
        takenBack: { $ne: false },
      },
    },
  },
} as const;
export type EntryFilter = keyof typeof FILTERS;

/** A member with a journal, how long that is, and what it made of the member. */
export interface JournalHead {
  readonly member: string;
  readonly entries: number;
  readonly holds: Pick<MemberState, 'balances' | 'tier'>;
}

/** What a member holds that others may see. */
export type Honours = Pick<MemberState, 'tier' | 'badges'>;

/** The entry of an undo that corrected another one; `came`: that one was refused, and would not have been. */
export interface Correction {
  readonly seq: number;
  readonly came: boolean;
}

const GROUPS_PER_READ = 1_000;
const HEAD = { seq: 1, 'state.balances': 1, 'state.tier': 1 } as const;

/** What a mission's page reads of an entry. */
const TRAIL = {
  seq: 1,
  at: 1,
  effects: 1,
  'activity.type': 1,
  'activity.source': 1,
  'activity.occurredAt': 1,
  'activity.attributes': 1,
} as const;

/** The reading half of the ledger's door: entries, whole journals, and what members hold. It writes nothing. */
export abstract class JournalReader {
  protected readonly journal: Collection<JournalDocument>;
  protected readonly memberStates: Collection<MemberStateDocument>;

  constructor(mongo: Mongo) {
    this.journal = mongo.collection('journal');
    this.memberStates = mongo.collection('memberStates');
  }

  async readStates(members: readonly string[]): Promise<MemberLedger[]> {
    return this.memberStates.find({ _id: { $in: [...members] } }).toArray();
  }

  /** How long a member's journal is; 0 where it has none here. */
  private async lengthOf({ program }: Scope, member: string): Promise<number> {
    return (await this.memberStates.findOne({ _id: member, program }, { projection: { seq: 1 } }))?.seq ?? 0;
  }

  /** Of the entries of a member in a window those that are wanted. What is wanted comes behind: beside it the embedded database would not see the window. */
  private findIn<T = JournalDocument>(
    member: string,
    seq: Window,
    wanted: Wanted,
    order: 1 | -1,
    fields?: Fields,
  ): Promise<T[]> {
    const stages = [{ $match: { member, seq } }, { $match: wanted }, { $sort: { seq: order } }];
    return this.journal
      .aggregate<T & mongoose.mongo.Document>([...stages, ...(fields === undefined ? [] : [{ $project: fields }])])
      .toArray();
  }

  async readEntries(ids: readonly string[]): Promise<JournalEntry[]> {
    return (await this.journal.find({ _id: { $in: [...ids] } }).toArray()).map(fromDocument);
  }

  /** The first entry of each of these members that earned something. */
  async readFirstEarnings(scope: Scope, members: readonly string[]): Promise<JournalEntry[]> {
    const found: JournalEntry[] = [];
    for (const member of members) {
      const read = (seq: Window) => this.findIn(member, seq, { 'lines.kind': 'earn' }, 1);
      found.push(...(await walkUp(1, await this.lengthOf(scope, member), 1, read)).map(fromDocument));
    }
    return found;
  }

  /** The entries that took another one back in part, in order. */
  async findReversalsOf(
    scope: Scope,
    { _id, member, seq }: Pick<JournalEntry, '_id' | 'member' | 'seq'>,
  ): Promise<JournalEntry[]> {
    const wanted: Wanted = {
      'activity.attributes.of': _id,
      outcome: 'accepted',
      'effects.type': 'activity.reversed',
    };
    const found = await this.findIn(member, { $gte: seq + 1, $lte: await this.lengthOf(scope, member) }, wanted, 1);
    // Where the account was joined to another since, returns stand there.
    for (const survivor of await this.survivorsOf(member))
      found.push(...(await this.findIn(survivor, { $gte: 1, $lte: await this.lengthOf(scope, survivor) }, wanted, 1)));
    return found.toSorted((one, other) => Number(one.at) - Number(other.at) || one.seq - other.seq).map(fromDocument);
  }

  async readJournal(member: string, afterSeq: number, limit: number): Promise<JournalEntry[]> {
    const found = await this.journal
      .find({ member, seq: windowOf(afterSeq, limit) })
      .sort({ seq: 1 })
      .limit(limit)
      .toArray();
    return found.map(fromDocument);
  }

  /** Members of some shards that have a journal, with what they hold, shard by shard, there by id; `entries` is how long it is. */
  async listJournals(
    scope: Scope,
    shards: readonly number[],
    after: string | null,
    limit: number,
  ): Promise<JournalHead[]> {
    return (await this.listStates(scope, shards, after, limit, HEAD)).map(headOf);
  }

  /** The same of these members, in the order of their ids. */
  async listJournalsOf(scope: Scope, members: readonly string[]): Promise<JournalHead[]> {
    const found = await this.memberStates
      .find({ _id: { $in: [...members] }, program: scope.program }, { projection: HEAD })
      .sort({ _id: 1 })
      .toArray();
    return found.map(headOf);
  }

  /** The states of members of some shards that have a journal, in the same order. */
  async listStates(
    { program }: Scope,
    shards: readonly number[],
    after: string | null,
    limit: number,
    fields?: Fields,
  ): Promise<MemberLedger[]> {
    const last = after === null ? null : await this.memberStates.findOne({ _id: after }, { projection: { shard: 1 } });
    const found: MemberLedger[] = [];
    for (const shard of shards.toSorted((one, other) => one - other)) {
      if (found.length === limit) break;
      if (shard < (last?.shard ?? 0)) continue;
      const behind = shard === last?.shard && after !== null ? { _id: { $gt: after } } : {};
      const page = this.memberStates.find(
        { program, shard, ...behind },
        fields === undefined ? {} : { projection: fields },
      );
      found.push(
        ...(await page
          .sort({ _id: 1 })
          .limit(limit - found.length)
          .toArray()),
      );
    }
    return found;
  }

  async countStates(scope: Scope, shards: readonly number[]): Promise<number> {
    return this.memberStates.countDocuments({ program: scope.program, shard: { $in: [...shards] } });
  }

  /** How many of these entries there are. */
  async countEntries(ids: readonly string[]): Promise<number> {
    return this.journal.countDocuments({ _id: { $in: [...ids] } });
  }

  /** Members of whom a version decided something at these moments. */
  async listDecidedBy(scope: Scope, version: number, from: string, until: string): Promise<string[]> {
    const members = new Set<string>();
    const found = this.journal.find(
      { program: scope.program, version, at: { $gte: new Date(from), $lt: new Date(until) } },
      { projection: { member: 1 } },
    );
    for await (const { member } of found) members.add(member);
    return [...members].sort();
  }

  /** The effects of the entries by which a plan corrected members. */
  async readUndone(scope: Scope, plan: string): Promise<Pick<JournalEntry, 'effects'>[]> {
    return this.journal
      .find({ program: scope.program, 'facts.undone.plan': plan }, { projection: { effects: 1 } })
      .toArray();
  }

  /** The undo that corrected an entry last, and whether it stands accepted since; null where none did. */
  async findCorrection(scope: Scope, member: string, seq: number): Promise<Correction | null> {
    const wanted: Wanted = {
      'activity.type': 'undo.applied',
      $or: [{ 'facts.undone.entries.seq': seq }, { 'facts.undone.gone': seq }, { 'facts.undone.came': seq }],
    };
    const window = { $gte: seq + 1, $lte: await this.lengthOf(scope, member) };
    const [found] = await this.findIn(member, window, wanted, -1);
    return found === undefined ? null : { seq: found.seq, came: found.facts.undone?.came?.includes(seq) ?? false };
  }

  /** The members to which this one was joined, one after another; usually none. */
  private async survivorsOf(member: string): Promise<string[]> {
    const survivors: string[] = [];
    for (let next: string | undefined = member; next !== undefined;) {
      const found: MemberStateDocument | null = await this.memberStates.findOne({ _id: next });
      next = found?.state.closed;
      if (next !== undefined) survivors.push(next);
    }
    return survivors;
  }

  async countJournals(scope: Scope): Promise<number> {
    return this.memberStates.countDocuments({ program: scope.program });
  }

  /** The whole journals of these members, one after another, each in order. */
  async readJournals(scope: Scope, members: readonly string[]): Promise<JournalEntry[]> {
    const found = await this.journal
      .find({ member: { $in: [...members] }, program: scope.program })
      .sort({ member: 1, seq: 1 })
      .toArray();
    return found.map(fromDocument);
  }

  /** The journals of accounts that were joined to the member of these entries. */
  async readClosed(scope: Scope, entries: readonly JournalEntry[]): Promise<ClosedJournals> {
    return readClosed(entries, (member) => this.readJournals(scope, [member]));
  }

  async readGroup(lane: string, q: number): Promise<JournalEntry[]> {
    return (await this.journal.find({ lane, q }).sort({ member: 1, seq: 1 }).toArray()).map(fromDocument);
  }

  /** What a program's entries took of budgets and gave back, in the groups up to each lane's number. */
  async *readBudgetUses(
    { program }: Scope,
    heads: readonly (readonly [lane: string, q: number])[],
  ): AsyncGenerator<Pick<JournalEntry, 'program' | 'effects'>> {
    for (const [lane, head] of heads)
      for (let after = 0; after < head; after += GROUPS_PER_READ)
        yield* this.journal.aggregate<Pick<JournalEntry, 'program' | 'effects'>>([
          { $match: { lane, q: windowOf(after, Math.min(GROUPS_PER_READ, head - after)) } },
          { $match: { program, 'effects.type': 'budget.used' } },
          { $project: { program: 1, effects: 1 } },
        ]);
  }

  async findState(scope: Scope, member: string): Promise<MemberLedger | null> {
    return this.memberStates.findOne({ _id: member, program: scope.program });
  }

  /** States of these members, in no order; members without an entry have none. */
  async findStates(scope: Scope, members: readonly string[]): Promise<MemberLedger[]> {
    return this.memberStates.find({ _id: { $in: [...members] }, program: scope.program }).toArray();
  }

  /** The tier that each of these members holds; members without an entry are left out. */
  async findTiers(scope: Scope, members: readonly string[]): Promise<Map<string, string | null>> {
    const found = await this.memberStates
      .find({ _id: { $in: [...members] }, program: scope.program }, { projection: { 'state.tier.id': 1 } })
      .toArray();
    return new Map(found.map(({ _id, state }) => [_id, state.tier?.id ?? null]));
  }

  /** The tier and the badges that each of these members holds; members without an entry are left out. */
  async findHonours(scope: Scope, members: readonly string[]): Promise<Map<string, Honours>> {
    const found = await this.memberStates
      .find(
        { _id: { $in: [...members] }, program: scope.program },
        { projection: { 'state.tier': 1, 'state.badges': 1 } },
      )
      .toArray();
    return new Map(found.map(({ _id, state: { tier, badges } }) => [_id, { tier, badges }]));
  }

  /** How many members hold each of these badges: one pass over the program's states. */
  async countHolders(scope: Scope, badges: readonly string[]): Promise<Map<string, number>> {
    const counts = new Map(badges.map((badge) => [badge, 0]));
    const states = this.memberStates.find({ program: scope.program }, { projection: { 'state.badges': 1 } });
    for await (const { state } of states)
      for (const badge of Object.keys(state.badges)) {
        const count = counts.get(badge);
        if (count !== undefined) counts.set(badge, count + 1);
      }
    return counts;
  }

  /** Hashes of entries in the order of their ids as given. */
  async readHashes(ids: readonly string[]): Promise<string[]> {
    const found = await this.journal.find({ _id: { $in: [...ids] } }, { projection: { hash: 1 } }).toArray();
    const byId = new Map(found.map((entry) => [entry._id, entry.hash]));
    return ids.map((id) => byId.get(id) ?? '');
  }

  /**
   * The entries of a member with the next so many numbers, as they lie there, whatever was made of them: for verification, which
   * must not stumble. Fewer where some are missing.
   */
  async readAsItLies(member: string, afterSeq: number, limit: number): Promise<JournalEntry[]> {
    const found = await this.journal
      .find({ member, seq: windowOf(afterSeq, limit) })
      .sort({ seq: 1 })
      .limit(limit)
      .toArray();
    return found.map(fromAnyDocument);
  }

  /** What the chain of a lane reads of the groups after one number up to another, in order of `q`. */
  async readLinks(lane: string, afterQ: number, throughQ: number): Promise<Link[]> {
    const fields = { program: 1, member: 1, seq: 1, lane: 1, q: 1, place: 1, link: 1, seal: 1, hash: 1 };
    return this.journal
      .find({ lane, q: { $gt: afterQ, $lte: throughQ } }, { projection: fields })
      .sort({ q: 1 })
      .toArray();
  }

  /** When a group was committed, from its entries; null where there is none of that number. */
  async findGroupAt(lane: string, q: number): Promise<Date | null> {
    return (await this.journal.findOne({ lane, q }, { projection: { at: 1 } }))?.at ?? null;
  }

  /** What views read of a program's entries in the groups after one number up to another, in order of `q` and `seq`. */
  async readMovements(scope: Scope, lane: string, afterQ: number, throughQ: number): Promise<PastMovement[]> {
    const fields = { program: 1, member: 1, shard: 1, seq: 1, q: 1, at: 1, lines: 1, effects: 1 };
    const found = await this.journal
      .find({ lane, q: { $gt: afterQ, $lte: throughQ } }, { projection: fields })
      .sort({ q: 1 })
      .toArray();
    return found
      .filter(({ program }) => program === scope.program)
      .toSorted((a, b) => a.q - b.q || a.seq - b.seq)
      .map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() }));
  }

  /** What a member said last, up to one of its entries, of standing on boards; null where it never said anything. */
  async findLastChoice(scope: Scope, member: string, throughSeq: number): Promise<BoardsChoice | null> {
    const newest = Math.min(throughSeq, await this.lengthOf(scope, member));
    const [found] = await walkDown(newest, 1, (seq) =>
      this.findIn(member, seq, { 'effects.boards': { $exists: true } }, -1, { effects: 1 }),
    );
    const said = found?.effects.findLast((effect) => effect.type === 'member.changed' && effect.boards !== undefined);
    return said?.type === 'member.changed' ? (said.boards ?? null) : null;
  }

  async findEntry(scope: Scope, id: string): Promise<JournalEntry | null> {
    const found = await this.journal.findOne({ _id: id, program: scope.program });
    return found === null ? null : fromDocument(found);
  }

  async findEntryBySeq(scope: Scope, member: string, seq: number): Promise<JournalEntry | null> {
    const found = await this.journal.findOne({ member, seq, program: scope.program });
    return found === null ? null : fromDocument(found);
  }

  /** Entries of a program by `_id`, in no order. */
  async findEntries(scope: Scope, ids: readonly string[]): Promise<JournalEntry[]> {
    return (await this.journal.find({ _id: { $in: [...ids] }, program: scope.program }).toArray()).map(fromDocument);
  }

  /** A member's entries, newest first, below `before`; with `only` those of one kind. */
  async listEntries(
    scope: Scope,
    member: string,
    before: number | null,
    limit: number,
    only: EntryFilter | null,
  ): Promise<JournalEntry[]> {
    const newest = Math.min(before === null ? Infinity : before - 1, await this.lengthOf(scope, member));
    const wanted = only === null ? {} : FILTERS[only];
    return (await walkDown(newest, limit, (seq) => this.findIn(member, seq, wanted, -1))).map(fromDocument);
  }

  /**
   * The newest entries that touched a mission, and those that took something back, newest first: what its page is made of.
   * Only what that needs is read.
   */
  async listMissionTrail(scope: Scope, member: string, mission: string, limit: number): Promise<MissionTrailEntry[]> {
    const wanted: Wanted = { $or: [{ 'effects.mission': mission }, { 'effects.type': 'activity.reversed' }] };
    const found = await walkDown(await this.lengthOf(scope, member), limit, (seq) =>
      this.findIn(member, seq, wanted, -1, TRAIL),
    );
    return found.map(({ seq, at, effects, activity }) => ({
      seq,
      at: at.toISOString(),
      effects,
      activity: {
        type: activity.type,
        occurredAt: activity.occurredAt.toISOString(),
        attributes: attributesWithoutOthers(activity),
      },
    }));
  }
}

function headOf({ _id, seq, state }: Pick<MemberStateDocument, '_id' | 'seq' | 'state'>): JournalHead {
  return { member: _id, entries: seq, holds: { balances: state.balances, tier: state.tier } };
}

/** Numbers are gapless, so a page has an end, too: with both bounds the embedded database reads no more than the page. */
function windowOf(afterSeq: number, limit: number): { readonly $gt: number; readonly $lte: number } {
  return { $gt: afterSeq, $lte: afterSeq + limit };
}
