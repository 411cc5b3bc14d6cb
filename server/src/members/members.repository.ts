import { Injectable } from '@nestjs/common';
import mongoose, { type Model } from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { type ExternalIdDocument, ExternalIdSchema, type MemberDocument, MemberSchema } from './members.schema.js';

const UPSERT_TRIES = 3;

/** The door to `members` and `externalIds`. */
@Injectable()
@Repository()
export class MembersRepository implements OwnsCollections {
  readonly collections = ['members', 'externalIds'];
  private readonly members: Model<MemberDocument>;
  private readonly externalIds: Model<ExternalIdDocument>;

  constructor(mongo: Mongo) {
    this.members = mongo.connection.model<MemberDocument>('Member', MemberSchema);
    this.externalIds = mongo.connection.model<ExternalIdDocument>('ExternalId', ExternalIdSchema);
  }

  async ensureIndexes(): Promise<void> {
    await this.members.createIndexes();
    await this.externalIds.createIndexes();
  }

  async findById(scope: Scope, id: string): Promise<MemberDocument | null> {
    return this.members.findOne({ _id: id, program: scope.program }).lean<MemberDocument>();
  }

  async existing(scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.members
      .find({ _id: mongoose.trusted({ $in: [...ids] }), program: scope.program }, { _id: 1 })
      .lean<{ _id: string }[]>();
    return new Set(found.map(({ _id }) => _id));
  }

  async listAliases(scope: Scope, ids: readonly string[]): Promise<Pick<MemberDocument, '_id' | 'alias'>[]> {
    return this.members
      .find({ _id: mongoose.trusted({ $in: [...ids] }), program: scope.program }, { alias: 1 })
      .lean<Pick<MemberDocument, '_id' | 'alias'>[]>();
  }

  async findExternalId(scope: Scope, hash: string): Promise<ExternalIdDocument | null> {
    return this.externalIds.findOne({ _id: hash, program: scope.program }).lean<ExternalIdDocument>();
  }

  async listExternalIds(scope: Scope, members: readonly string[]): Promise<ExternalIdDocument[]> {
    return this.externalIds
      .find({ program: scope.program, member: mongoose.trusted({ $in: [...members] }) })
      .sort({ _id: 1 })
      .lean<ExternalIdDocument[]>();
  }

  /** Members in order of id, after one. */
  async list(scope: Scope, after: string | null, limit: number): Promise<MemberDocument[]> {
    return this.members
      .find({ program: scope.program, ...(after === null ? {} : { _id: mongoose.trusted({ $gt: after }) }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<MemberDocument[]>();
  }

  async insert(member: MemberDocument): Promise<void> {
    await this.members.insertMany([member]);
  }

  /** Changes what a member shows of itself; says whether the member exists. */
  async update(
    scope: Scope,
    id: string,
    change: Partial<Pick<MemberDocument, 'user' | 'name' | 'alias' | 'language'>>,
  ): Promise<boolean> {
    const result = await this.members.updateOne({ _id: id, program: scope.program }, { $set: change });
    return result.matchedCount === 1;
  }

  /**
   * Claims external ids: whoever writes an id first decides which member it is, on whatever node. Returns all that were
   * asked for, as they now stand.
   */
  async claimExternalIds(scope: Scope, wanted: readonly ExternalIdDocument[]): Promise<ExternalIdDocument[]> {
    const ids = wanted.map((one) => one._id);
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.externalIds
        .find({ _id: mongoose.trusted({ $in: ids }), program: scope.program })
        .lean<ExternalIdDocument[]>();
      const known = new Set(found.map((one) => one._id));
      const missing = wanted.filter((one) => !known.has(one._id));
      if (missing.length === 0) return found;
      // Unordered, duplicates ignored: a rival's claim is found by the read of the next round.
      await this.externalIds.insertMany(missing, { ordered: false }).catch((error: unknown) => {
        if (attempt >= UPSERT_TRIES) throw error;
      });
    }
  }

  /** Makes the member documents that do not exist yet; harmless for those that do. */
  async ensure(members: readonly MemberDocument[]): Promise<void> {
    if (members.length === 0) return;
    await this.members.bulkWrite(
      members.map((member) => {
        const { _id, ...rest } = member;
        return { updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true } };
      }),
      { ordered: false },
    );
  }
}
