import { Injectable } from '@nestjs/common';
import type { AdjustmentStatus } from '@verbena/shared/points/points.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import { type HeadDocument, lastNumber, nextNumber, numberThoseOfBefore } from '#platform/mongo/numbers.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { walkDown } from '#platform/mongo/windows.js';
import type { AdjustmentDocument } from './points.schema.js';

/** The door to `adjustments`, and to `adjustmentHeads`, which number them. */
@Injectable()
@Repository()
export class PointsRepository implements OwnsCollections {
  readonly collections = ['adjustments', 'adjustmentHeads'];
  readonly migrations = {
    // Before there were heads, the last number was looked for among the adjustments.
    '2026-11-30-count-adjustments': () => numberThoseOfBefore(this.mongo.collection('adjustments'), this.heads),
  };

  constructor(private readonly mongo: Mongo) {}

  private get adjustments() {
    return this.mongo.collection<AdjustmentDocument>('adjustments');
  }

  private get heads() {
    return this.mongo.collection<HeadDocument>('adjustmentHeads');
  }

  async ensureIndexes(): Promise<void> {
    await this.adjustments.createIndex({ program: 1, key: 1 }, { unique: true });
    await this.adjustments.createIndex({ program: 1, number: 1 }, { unique: true });
    await this.adjustments.createIndex({ program: 1, status: 1, number: 1 });
    // A collection must stand before a transaction writes to it; any index makes it.
    await this.heads.createIndex({ number: 1 });
  }

  /** Adds a request, numbered behind those of its program; where its key is there already, that one. */
  async ask(given: Omit<AdjustmentDocument, 'number'>): Promise<AdjustmentDocument> {
    const scope = scopeOf(given.program);
    const known = await this.findByKey(scope, given.key);
    if (known !== null) return known;
    try {
      return await this.mongo.transact(async (session) => {
        const adjustment = { ...given, number: await nextNumber(this.heads, given.program, session) };
        await this.adjustments.insertOne(adjustment, { session });
        return adjustment;
      });
    } catch (error) {
      const rival = isDuplicateKey(error) ? await this.findByKey(scope, given.key) : null;
      if (rival !== null) return rival;
      throw error;
    }
  }

  async findByKey(scope: Scope, key: string): Promise<AdjustmentDocument | null> {
    return this.adjustments.findOne({ program: scope.program, key });
  }

  async find(scope: Scope, id: string): Promise<AdjustmentDocument | null> {
    return this.adjustments.findOne({ _id: id, program: scope.program });
  }

  /** Newest first, below a number if one is given. */
  async list(
    scope: Scope,
    status: AdjustmentStatus | null,
    before: number | null,
    limit: number,
  ): Promise<AdjustmentDocument[]> {
    const wanted = { program: scope.program, ...(status === null ? {} : { status }) };
    return walkDown(await lastNumber(this.heads, scope.program, before), limit, (number) =>
      this.adjustments
        .find({ ...wanted, number })
        .sort({ number: -1 })
        .toArray(),
    );
  }

  /** Decides a request that still waits; null where somebody was faster. */
  async decide(
    scope: Scope,
    id: string,
    decision: Pick<AdjustmentDocument, 'status' | 'decidedBy' | 'decidedAt' | 'refusal'>,
    session: Session,
  ): Promise<AdjustmentDocument | null> {
    return this.adjustments.findOneAndUpdate(
      { _id: id, program: scope.program, status: 'waiting' },
      { $set: decision },
      { session, returnDocument: 'after' },
    );
  }
}
