import { Injectable } from '@nestjs/common';
import { entryIdOf } from '#platform/crypto/hash.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { SourceActivity } from './activity-intake.port.js';

/** An activity that waits to be taken in. `_id` is that of the entry which it becomes. */
export interface SourceRow {
  _id: string;
  program: string;
  member: string;
  key: string;
  type: string;
  occurredAt: string;
  attributes: Readonly<Record<string, unknown>>;
  takesBack?: string;
  note?: NonNullable<SourceActivity['note']>;
  /** Rises within a member: its rows are taken in one after another. */
  order: number;
  createdAt: Date;
  /** Why it was set aside for a person to look at; null while it waits. */
  refused: { code: string; at: Date } | null;
}

const WAITING_MAX = 20_000;

/** The door to `sourceOutbox`. The relay asks across programs, so its questions have no scope. */
@Injectable()
@Repository()
export class SourceOutboxRepository implements OwnsCollections {
  readonly collections = ['sourceOutbox'];

  constructor(private readonly mongo: Mongo) {}

  private get rows() {
    return this.mongo.collection<SourceRow>('sourceOutbox');
  }

  async ensureIndexes(): Promise<void> {
    await this.rows.createIndex({ member: 1, order: 1 });
    await this.rows.createIndex({ refused: 1, createdAt: 1 });
  }

  /** Adds a row behind those of its member, in the caller's transaction. Throws a duplicate-key error for a key that waits. */
  async insert({ scope, ...activity }: SourceActivity, createdAt: Date, session: Session): Promise<void> {
    const last = await this.rows.findOne({ member: activity.member }, { sort: { order: -1 }, session });
    const row: SourceRow = {
      ...activity,
      _id: entryIdOf(scope.program, 'house', activity.key),
      program: scope.program,
      order: (last?.order ?? 0) + 1,
      createdAt,
      refused: null,
    };
    await this.rows.insertOne(row, { session });
  }

  /** Members for whom something waits, those that wait longest first: read once for all, since the embedded database reads every row each time. */
  async listWaiting(): Promise<string[]> {
    const rows = await this.rows
      .find({ refused: null }, { projection: { member: 1 } })
      .sort({ createdAt: 1 })
      .limit(WAITING_MAX)
      .toArray();
    return [...new Set(rows.map(({ member }) => member))];
  }

  async listOfMember(member: string): Promise<SourceRow[]> {
    return this.rows.find({ member, refused: null }).sort({ order: 1, createdAt: 1 }).toArray();
  }

  async remove(id: string): Promise<void> {
    await this.rows.deleteOne({ _id: id });
  }

  async setAside(id: string, code: string, at: Date): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { refused: { code, at } } });
  }

  /** The oldest 1,000 of a program. */
  async listSetAside({ program }: Scope): Promise<SourceRow[]> {
    return this.rows
      .find({ program, refused: { $ne: null } })
      .sort({ createdAt: 1 })
      .limit(1_000)
      .toArray();
  }

  /** They wait again, in the places that they had. */
  async takeUp({ program }: Scope): Promise<void> {
    await this.rows.updateMany({ program, refused: { $ne: null } }, { $set: { refused: null } });
  }

  async dropSetAside({ program }: Scope, id: string, session: Session): Promise<void> {
    await this.rows.deleteOne({ _id: id, program, refused: { $ne: null } }, { session });
  }

  async countSetAside(scope?: Scope): Promise<number> {
    const own = scope === undefined ? {} : { program: scope.program };
    return this.rows.countDocuments({ ...own, refused: { $ne: null } }, { limit: 1 });
  }
}
