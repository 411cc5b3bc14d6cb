import { Injectable } from '@nestjs/common';
import type mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { walkUp } from '#platform/mongo/windows.js';
import type { GroupWrite, LaneHead, LedgerStore, WriteResult } from './committer.ports.js';
import type { JournalEntry, MemberLedger, OutboxRow } from './journal-entry.js';
import { JournalReader } from './journal-reader.repository.js';
import {
  fromDocument,
  type LaneDocument,
  type LeaseDocument,
  type OutboxDocument,
  type QuarantineDocument,
  toDocument,
} from './ledger.schema.js';
import type { Portion, PortionAsk } from './portions.js';
import { PortionsRepository } from './portions.repository.js';
import { RecentGroups } from './recent-groups.js';
import type { Submission } from './submission.js';
import { unlessThere, writeOnce } from './write-once.repository.js';

type Collection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;

/** Members who are due in one sweep; the next one is a second later. */
const DUE_MAX = 20_000;
const TRIMMED_AT_ONCE = 1_000;

/** The only door to the ledger's collections; what it reads of entries and members stands in its other half. Only committers write journal, states, lanes and outbox. */
@Injectable()
@Repository()
export class LedgerRepository extends JournalReader implements OwnsCollections, LedgerStore {
  readonly collections = ['journal', 'memberStates', 'lanes', 'leases', 'outbox', 'quarantine'];
  private readonly lanes: Collection<LaneDocument>;
  private readonly leases: Collection<LeaseDocument>;
  private readonly outbox: Collection<OutboxDocument>;
  private readonly quarantined: Collection<QuarantineDocument>;
  private readonly portions: PortionsRepository;
  private readonly sessions = new Map<string, Session>();
  private readonly recent = new RecentGroups();

  constructor(private readonly mongo: Mongo) {
    super(mongo);
    this.lanes = mongo.collection('lanes');
    this.leases = mongo.collection('leases');
    this.outbox = mongo.collection('outbox');
    this.quarantined = mongo.collection('quarantine');
    this.portions = new PortionsRepository(mongo);
  }

  async ensureIndexes(): Promise<void> {
    await this.journal.createIndexes([{ key: { member: 1, seq: 1 }, unique: true }, { key: { lane: 1, q: 1 } }]);
    await this.memberStates.createIndexes([{ key: { dueAt: 1, shard: 1 } }, { key: { program: 1, shard: 1, _id: 1 } }]);
    await this.outbox.createIndexes([{ key: { lane: 1, q: 1 } }]);
  }

  async readLane(lane: string): Promise<LaneHead> {
    const found = await this.lanes.findOne({ _id: lane });
    if (found === null) throw new Error(`The lane ${lane} was never opened.`);
    return { epoch: found.epoch, q: found.q, atMs: found.at.getTime(), head: found.head };
  }

  async writeGroup(group: GroupWrite): Promise<WriteResult> {
    const result = await writeOnce(this.sessionOf(group.lane), (session) => this.writeInto(group, session));
    if (result === 'committed') this.recent.note(group.lane, group.next.q, group.entries);
    return result;
  }

  /** In the lane's session too: its leader takes a portion before it writes, never meanwhile. */
  async takePortion(lane: string, ask: PortionAsk): Promise<Portion | null> {
    return this.portions.take(lane, ask, this.sessionOf(lane));
  }

  /** A lane commits one group after another, so one session serves it; its id stands in the lease. */
  private sessionOf(lane: string): Session {
    const known = this.sessions.get(lane);
    if (known !== undefined && !known.hasEnded) return known;
    const session = this.mongo.startSession();
    this.sessions.set(lane, session);
    return session;
  }

  /**
   * Ends what a leader that was killed left open: its last transaction would hold the lane's documents until the database
   * gives it up, a minute later. Harmless for one that lives: its fence is gone, and its group is refused and tried anew.
   */
  private async endSession(session: mongoose.mongo.Binary | undefined): Promise<void> {
    if (session === undefined) return;
    await this.mongo.connection
      .getClient()
      .db('admin')
      .command({ killSessions: [{ id: session }] })
      .catch(() => undefined);
  }

  private async writeInto(group: GroupWrite, session: Session): Promise<'duplicate' | 'stale' | null> {
    const entries = group.entries.map(toDocument);
    const inserted = await unlessThere(this.journal.insertMany(entries, { session, ordered: true }), null);
    if (inserted === null) return 'duplicate';
    // First the new ones: a list in which both kinds took turns would be as many commands as turns.
    const states = this.memberStates.bulkWrite(
      group.states
        .toSorted((one, other) => Math.sign(one.from) - Math.sign(other.from))
        .map(({ from, ledger }) =>
          from === 0
            ? { insertOne: { document: ledger } }
            : // Only what a group changes: the embedded database then leaves the other fields' indexes alone.
              { updateOne: { filter: { _id: ledger._id, seq: from }, update: { $set: changesOf(ledger) } } },
        ),
      { session, ordered: true },
    );
    const written = await unlessThere(states, null);
    if (written === null || written.insertedCount + written.matchedCount !== group.states.length) return 'stale';
    if (!(await unlessThere(this.portions.write(group.lane, group.portions, session), false))) return 'stale';
    const { fence, next } = group;
    const moved = await this.lanes.updateOne(
      { _id: group.lane, epoch: fence.epoch, q: fence.q },
      { $set: { q: next.q, at: new Date(next.atMs), head: next.head } },
      { session },
    );
    if (moved.matchedCount !== 1) return 'stale';
    await this.outbox.insertOne(group.outbox, { session });
    return null;
  }

  async quarantine(submission: Submission, reason: string, at: Date): Promise<void> {
    await this.quarantined.updateOne(
      { _id: submission.entryId },
      { $setOnInsert: { submission, reason, at } },
      { upsert: true },
    );
  }

  /** The oldest 1,000. */
  async listQuarantined({ program }: Scope): Promise<QuarantineDocument[]> {
    return this.quarantined.find({ 'submission.scope.program': program }).sort({ at: 1 }).limit(1_000).toArray();
  }

  async dropQuarantined({ program }: Scope, id: string, session?: Session): Promise<void> {
    await this.quarantined.deleteOne(
      { _id: id, 'submission.scope.program': program },
      session === undefined ? {} : { session },
    );
  }

  /** Of one program, or of all. */
  async countQuarantined(scope?: Scope): Promise<number> {
    const own = scope === undefined ? {} : { 'submission.scope.program': scope.program };
    return this.quarantined.countDocuments(own, { limit: 1_000 });
  }

  /**
   * Takes or renews the lease of a lane. Free, ended, or already this node's: answers the epoch to lead under (a new one
   * unless it renews). Another node's, as long as it is not over: null. The lease spares conflicts; the fence is what keeps two nodes apart.
   */
  async lease(
    lane: string,
    node: string,
    holding: number | null,
    until: Date,
    isOver: (lease: LeaseDocument) => boolean,
  ): Promise<number | null> {
    if (holding !== null) {
      const renewed = await this.leases.updateOne({ _id: lane, node, epoch: holding }, { $set: { until } });
      return renewed.matchedCount === 1 ? holding : null;
    }
    const current = await this.leases.findOne({ _id: lane });
    if (current !== null && current.node !== node && !isOver(current)) return null;
    const epoch = (current?.epoch ?? 0) + 1;
    const session = this.sessionOf(lane).id?.id;
    try {
      const taken = await this.leases.updateOne(
        { _id: lane, epoch: current?.epoch ?? 0 },
        { $set: { epoch, node, until, ...(session === undefined ? {} : { session }) } },
        { upsert: current === null },
      );
      if (taken.matchedCount + taken.upsertedCount !== 1) return null;
      if (current?.session?.toString('hex') !== session?.toString('hex')) await this.endSession(current?.session);
      return epoch;
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async releaseLease(lane: string, node: string, epoch: number): Promise<void> {
    await this.leases.updateOne({ _id: lane, node, epoch }, { $set: { until: new Date(0) } });
  }

  /** Raises the lane's fence to an epoch just leased, so that no earlier leader can commit any more; answers where it stands. */
  async openLane(lane: string, epoch: number): Promise<LaneHead> {
    await this.lanes
      .updateOne(
        { _id: lane },
        { $setOnInsert: { epoch: 0, q: 0, at: new Date(0), head: '', relayed: 0 } },
        { upsert: true },
      )
      .catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
    await this.lanes.updateOne({ _id: lane, epoch: { $lt: epoch } }, { $set: { epoch } });
    return this.readLane(lane);
  }

  async listLanes(): Promise<LaneDocument[]> {
    return this.lanes.find().sort({ _id: 1 }).toArray();
  }

  /** Rows behind a number in order, up to another if one is given; none where the lane has no later one. The first ones of a lane are gone after a while. */
  async readOutbox(lane: string, afterQ: number, limit: number, throughQ?: number): Promise<OutboxRow[]> {
    // Not by a range of ids: the embedded database would read the whole collection for it.
    return walkUp(afterQ + 1, throughQ ?? (await this.readHead(lane)), limit, (q) =>
      this.outbox.find({ lane, q }).sort({ q: 1 }).toArray(),
    );
  }

  async moveRelayed(lane: string, q: number): Promise<void> {
    await this.lanes.updateOne({ _id: lane, relayed: { $lt: q } }, { $set: { relayed: q } });
  }

  /** The last group of a lane; 0 before the first. */
  async readHead(lane: string): Promise<number> {
    return (await this.lanes.findOne({ _id: lane }, { projection: { q: 1 } }))?.q ?? 0;
  }

  /** All entries of the groups after one number up to another; within a group, each member's in order of `seq`. */
  async readGroups(lane: string, afterQ: number, throughQ: number): Promise<JournalEntry[]> {
    const recent = this.recent.read(lane, afterQ, throughQ);
    if (recent !== null) return recent;
    const found = await this.journal
      .find({ lane, q: { $gt: afterQ, $lte: throughQ } })
      .sort({ q: 1 })
      .toArray();
    return found.toSorted((a, b) => a.q - b.q || a.seq - b.seq).map(fromDocument);
  }

  /** When a group was committed; null where its row is gone. */
  async findGroupTime(lane: string, q: number): Promise<Date | null> {
    return (await this.outbox.findOne({ lane, q }, { projection: { at: 1 } }))?.at ?? null;
  }

  /** Members of some shards to whom something happens by itself by now, the longest due first. */
  async listDue(shards: readonly number[], now: Date): Promise<string[]> {
    // The moment stands first: from the first field that it can, the embedded database takes its index.
    const due = this.memberStates.find(
      { dueAt: { $gt: new Date(0), $lte: now }, shard: { $in: [...shards] } },
      { projection: { dueAt: 1 } },
    );
    return (await due.sort({ dueAt: 1 }).limit(DUE_MAX).toArray()).map(({ _id }) => _id);
  }

  /**
   * Drops outbox rows behind a number that everything has passed and that are older than the days for which they are kept. Answers
   * up to where they are gone.
   */
  async trimOutbox(lane: string, afterQ: number, throughQ: number, before: Date): Promise<number> {
    for (let gone = afterQ; ;) {
      const rows = await walkUp(gone + 1, throughQ, TRIMMED_AT_ONCE, (q) =>
        this.outbox
          .find({ lane, q }, { projection: { q: 1, at: 1 } })
          .sort({ q: 1 })
          .toArray(),
      );
      const young = rows.findIndex(({ at }) => at >= before);
      const last = (young === -1 ? rows : rows.slice(0, young)).at(-1);
      if (last === undefined) return Math.max(gone, (rows[0]?.q ?? throughQ + 1) - 1);
      await this.outbox.deleteMany({ lane, q: { $gt: gone, $lte: last.q } });
      gone = last.q;
    }
  }
}

/** What an entry may change of a member's document; program and shard are for ever. */
function changesOf(ledger: MemberLedger): Pick<MemberLedger, 'seq' | 'hash' | 'dueAt' | 'version' | 'state'> {
  const { seq, hash, dueAt, version = 0, state } = ledger;
  return { seq, hash, dueAt, version, state };
}
