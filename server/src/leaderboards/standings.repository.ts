import { Injectable } from '@nestjs/common';
import mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { BoardMemberDocument, StandingDocument } from './leaderboards.schema.js';
import { boundsOf, type Placed } from './place-order.js';

type Collection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;

/** A new document in the place of the one that was read with that `v`; 0: of none. */
export interface Change<T> {
  readonly id: string;
  readonly from: number;
  readonly next: T;
}

/** A place with the key that sorts its run. */
export type OrderedPlace = Placed & { readonly order: string };

/** The door to `standings` and `boardMembers`. Only the projector writes them, each document by compare-and-set on its `v`. */
@Injectable()
@Repository()
export class StandingsRepository implements OwnsCollections {
  readonly collections = ['standings', 'boardMembers'];
  private readonly standings: Collection<StandingDocument>;
  private readonly members: Collection<BoardMemberDocument>;

  constructor(mongo: Mongo) {
    this.standings = mongo.collection('standings');
    this.members = mongo.collection('boardMembers');
  }

  async ensureIndexes(): Promise<void> {
    await this.standings.createIndexes([{ key: { order: 1 } }, { key: { member: 1 } }]);
  }

  async find(ids: readonly string[]): Promise<StandingDocument[]> {
    return ids.length === 0 ? [] : this.standings.find({ _id: { $in: [...ids] } }).toArray();
  }

  /** All standings of these members, in all runs. */
  async ofMembers(members: readonly string[]): Promise<StandingDocument[]> {
    return members.length === 0 ? [] : this.standings.find({ member: { $in: [...members] } }).toArray();
  }

  async findMembers(members: readonly string[]): Promise<BoardMemberDocument[]> {
    return members.length === 0 ? [] : this.members.find({ _id: { $in: [...members] } }).toArray();
  }

  /** Writes all changes; false where somebody else was faster with one of them: then read anew. */
  write(changes: readonly Change<StandingDocument>[]): Promise<boolean> {
    return writeAll(this.standings, changes);
  }

  writeMembers(changes: readonly Change<BoardMemberDocument>[]): Promise<boolean> {
    return writeAll(this.members, changes);
  }

  async own(scope: Scope, id: string): Promise<StandingDocument | null> {
    return this.standings.findOne({ _id: id, program: scope.program });
  }

  async count(list: string): Promise<number> {
    const { from, to } = boundsOf(list);
    return this.standings.countDocuments({ order: { $gt: from, $lt: to } });
  }

  /** How many stand before a key. */
  async countBefore(list: string, key: string): Promise<number> {
    return this.standings.countDocuments({ order: { $gt: boundsOf(list).from, $lt: key } });
  }

  /** In order, after a key or from the first. */
  async after(list: string, key: string | null, limit: number): Promise<StandingDocument[]> {
    const { from, to } = boundsOf(list);
    return this.standings
      .find({ order: { $gt: key ?? from, $lt: to } })
      .sort({ order: 1 })
      .limit(limit)
      .toArray();
  }

  /**
   * A whole run in order, page by page. Where pages end is read once, and each of them between two ends: for one without an end the
   * embedded database would read all the rest of the run. Of a run that moves meanwhile a page may be longer or shorter.
   */
  async *pages(list: string, size: number): AsyncGenerator<StandingDocument[]> {
    let { from } = boundsOf(list);
    for (const end of await this.readEnds(list, size)) {
      const page = await this.standings
        .find({ order: { $gt: from, $lte: end } })
        .sort({ order: 1 })
        .toArray();
      if (page.length > 0) yield page;
      from = end;
    }
  }

  private async readEnds(list: string, size: number): Promise<string[]> {
    const { from, to } = boundsOf(list);
    const ends: string[] = [];
    let count = 0;
    const orders = this.standings.find({ order: { $gt: from, $lt: to } }, { projection: { _id: 0, order: 1 } });
    for await (const { order } of orders.sort({ order: 1 })) if (++count % size === 0) ends.push(order ?? to);
    return [...ends, to];
  }

  /** A whole run in order; null where it is longer than `most`. */
  async readPlaces(list: string, most: number): Promise<OrderedPlace[] | null> {
    const { from, to } = boundsOf(list);
    const found = this.standings
      .find(
        { order: { $gt: from, $lt: to } },
        { projection: { _id: 0, order: 1, member: 1, score: 1, reachedAt: 1 }, limit: most + 1 },
      )
      .sort({ order: 1 });
    const places: OrderedPlace[] = [];
    for await (const { order, member, score, reachedAt } of found)
      places.push({ order: order ?? '', member, score, reachedAtMs: reachedAt.getTime() });
    return places.length > most ? null : places;
  }

  /** The nearest before a key, the nearest first. */
  async before(list: string, key: string, limit: number): Promise<StandingDocument[]> {
    return this.standings
      .find({ order: { $gt: boundsOf(list).from, $lt: key } })
      .sort({ order: -1 })
      .limit(limit)
      .toArray();
  }
}

async function writeAll<T extends { readonly _id: string; readonly v: number }>(
  collection: Collection<T>,
  changes: readonly Change<T>[],
): Promise<boolean> {
  if (changes.length === 0) return true;
  try {
    const operations = changes.map((change) => operationOf(change));
    const written = await collection.bulkWrite(operations, { ordered: false });
    return written.insertedCount + written.matchedCount === changes.length;
  } catch (error) {
    // A rival inserted one of them; the others are written, which the next reading shows.
    if (error instanceof mongoose.mongo.MongoBulkWriteError && error.code === 11000) return false;
    throw error;
  }
}

function operationOf<T extends { readonly _id: string; readonly v: number }>({
  id,
  from,
  next,
}: Change<T>): mongoose.mongo.AnyBulkWriteOperation<T> {
  // The driver's types cannot follow a document that is generic.
  const filter = { _id: id, v: from } as mongoose.mongo.Filter<T>;
  if (from === 0) return { insertOne: { document: next as unknown as mongoose.mongo.OptionalId<T> } };
  const { _id: _, ...fields } = next;
  return { updateOne: { filter, update: { $set: fields } as unknown as mongoose.mongo.UpdateFilter<T> } };
}
