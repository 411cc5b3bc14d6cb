import { Injectable } from '@nestjs/common';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';

/** A member's state after one of its entries, so that folding need not begin at the first. `_id` is `member|seq`. */
export interface Snapshot {
  readonly _id: string;
  readonly program: string;
  readonly member: string;
  readonly seq: number;
  /** The entry's `at` and `hash`: it must still say the same. */
  readonly at: Date;
  readonly hash: string;
  readonly state: MemberState;
  /** Over all of it, by a key that is not in the database. */
  readonly mac: string;
}

export function snapshotId(member: string, seq: number): string {
  return `${member}|${String(seq).padStart(12, '0')}`;
}

/** The door to `snapshots`: what can be computed anew at any time, and is dropped without loss. */
@Injectable()
@Repository()
export class SnapshotsRepository implements OwnsCollections {
  readonly collections = ['snapshots'];
  private readonly snapshots: mongoose.mongo.Collection<Snapshot>;

  constructor(mongo: Mongo) {
    this.snapshots = mongo.collection<Snapshot>('snapshots');
  }

  async ensureIndexes(): Promise<void> {
    await this.snapshots.createIndexes([{ key: { member: 1, seq: 1 } }]);
  }

  /** Those of a member up to a moment, the latest first. */
  async listBefore(member: string, at: Date, limit: number): Promise<Snapshot[]> {
    return this.snapshots
      .find({ member, at: { $lte: at } })
      .sort({ seq: -1 })
      .limit(limit)
      .toArray();
  }

  async find(member: string, seq: number): Promise<Snapshot | null> {
    return this.snapshots.findOne({ _id: snapshotId(member, seq) });
  }

  async put(snapshot: Snapshot): Promise<void> {
    const { _id, ...rest } = snapshot;
    await this.snapshots.replaceOne({ _id }, rest, { upsert: true });
  }
}
