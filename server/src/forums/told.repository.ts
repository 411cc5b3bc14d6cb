import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { ToldDocument } from './forums.schema.js';
import type { Given } from './reciprocal-pairs.js';

/** The door to `forumTold`: what was told of posts for their authors to earn by, and whether it stands. */
@Injectable()
@Repository()
export class ToldRepository implements OwnsCollections {
  readonly collections = ['forumTold'];

  constructor(private readonly mongo: Mongo) {}

  private get told() {
    return this.mongo.collection<ToldDocument>('forumTold');
  }

  async ensureIndexes(): Promise<void> {
    await this.told.createIndex({ program: 1, post: 1, at: 1 });
    await this.told.createIndex({ program: 1, at: 1 });
  }

  async find({ program }: Scope, id: string, session: Session): Promise<ToldDocument | null> {
    return this.told.findOne({ _id: id, program }, { session });
  }

  async listOfPost({ program }: Scope, post: string, session: Session): Promise<ToldDocument[]> {
    return this.told.find({ program, post }, { session }).sort({ at: 1 }).toArray();
  }

  async put({ _id, ...told }: ToldDocument, session: Session): Promise<void> {
    await this.told.replaceOne({ _id }, told, { upsert: true, session });
  }

  /** What stands of what was told between two moments and is from one member to another, the latest first, of so many that are looked at. */
  async listGiven(
    { program }: Scope,
    since: Date,
    until: Date,
    max: number,
  ): Promise<{ given: Given[]; from: Date; isCut: boolean }> {
    const given: Given[] = [];
    let from = since;
    let read = 0;
    // What else holds is asked here, as the index knows only the moment.
    const told = this.told
      .find({ program, at: { $gte: since, $lte: until } }, { projection: { member: 1, other: 1, stands: 1, at: 1 } })
      .sort({ at: -1 })
      .limit(max + 1);
    for await (const { member, other, stands, at } of told) {
      read += 1;
      if (read > max) return { given, from, isCut: true };
      if (read === max) from = at;
      if (stands && other !== null) given.push({ from: other, to: member, at });
    }
    return { given, from: since, isCut: false };
  }
}
