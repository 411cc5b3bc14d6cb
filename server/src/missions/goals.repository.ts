import { Injectable } from '@nestjs/common';
import mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { ContributionDocument, ReachedGoalDocument } from './goals.schema.js';

type Collection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;

/** A shared goal in one period. */
export interface GoalPlace {
  readonly program: string;
  readonly mission: string;
  readonly period: string;
}

/** How much a member has brought; without `target` that stays as it was. */
export type Brought = Pick<ContributionDocument, 'amount' | 'target'>;

export interface GoalTotal {
  readonly total: number;
  readonly members: number;
  readonly target: number | null;
}

/** The door to `contributions` and `reachedGoals`. Only the projector writes them. */
@Injectable()
@Repository()
export class GoalsRepository implements OwnsCollections {
  readonly collections = ['contributions', 'reachedGoals'];
  private readonly contributions: Collection<ContributionDocument>;
  private readonly reached: Collection<ReachedGoalDocument>;

  constructor(mongo: Mongo) {
    this.contributions = mongo.collection('contributions');
    this.reached = mongo.collection('reachedGoals');
  }

  async ensureIndexes(): Promise<void> {
    await this.contributions.createIndexes([
      { key: { program: 1, mission: 1, period: 1, told: 1 } },
      { key: { member: 1 } },
    ]);
  }

  /** Puts down what a member has brought by an entry, and what was asked for then; an older entry changes nothing. */
  async put(place: GoalPlace, member: string, shard: number, brought: Brought, seq: number): Promise<void> {
    const _id = `${placeId(place)}|${member}`;
    const changed = await this.contributions.updateOne({ _id, seq: { $lt: seq } }, { $set: { ...brought, seq } });
    if (changed.matchedCount > 0) return;
    try {
      await this.contributions.insertOne({ _id, ...place, member, shard, ...brought, seq, told: false });
    } catch (error) {
      // It is there, by this entry or a newer one.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Forgets what a member brought, before it is computed anew; whom it told stays told. */
  async clear(scope: Scope, member: string): Promise<void> {
    await this.contributions.updateMany({ member, program: scope.program }, { $set: { amount: 0, seq: 0 } });
  }

  /** What all brought, how many they are, and the least that any of them was asked for; null: that is not known. */
  async total({ program, mission, period }: GoalPlace): Promise<GoalTotal> {
    const found = await this.contributions
      .aggregate<GoalTotal>([
        // Each for itself: beside the amount the embedded database would see no more than the program.
        { $match: { program, mission, period } },
        { $match: { amount: { $gt: 0 } } },
        { $group: { _id: null, total: { $sum: '$amount' }, members: { $sum: 1 }, target: { $min: '$target' } } },
      ])
      .toArray();
    return found[0] ?? { total: 0, members: 0, target: null };
  }

  async own({ program, mission, period }: GoalPlace, member: string): Promise<number> {
    const _id = `${placeId({ program, mission, period })}|${member}`;
    return (await this.contributions.findOne({ _id }))?.amount ?? 0;
  }

  /** Notes that a goal is reached; the first one says when. */
  async reach(place: GoalPlace, at: Date): Promise<void> {
    try {
      await this.reached.insertOne({ _id: placeId(place), ...place, at });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async isReached(place: GoalPlace): Promise<boolean> {
    return (await this.reached.findOne({ _id: placeId(place) })) !== null;
  }

  /** The goals that were reached since a moment. */
  async reachedSince(at: Date): Promise<GoalPlace[]> {
    return this.reached
      .find({ at: { $gte: at } }, { projection: { _id: 0, program: 1, mission: 1, period: 1 } })
      .toArray();
  }

  /** Who brought something to a goal that is reached, and was not told yet; only of these shards. */
  async untold(
    { program, mission, period }: GoalPlace,
    shards: ReadonlySet<number>,
    limit: number,
  ): Promise<ContributionDocument[]> {
    return this.contributions
      .aggregate<ContributionDocument>([
        { $match: { program, mission, period, told: false } },
        { $match: { amount: { $gt: 0 }, shard: { $in: [...shards] } } },
        { $limit: limit },
      ])
      .toArray();
  }

  async tell(id: string, session: Session): Promise<boolean> {
    const told = await this.contributions.updateOne({ _id: id, told: false }, { $set: { told: true } }, { session });
    return told.modifiedCount === 1;
  }
}

export function placeId({ program, mission, period }: GoalPlace): string {
  return `${program}|${mission}|${period}`;
}
