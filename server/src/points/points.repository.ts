import { Injectable } from '@nestjs/common';
import type { AdjustmentStatus } from '@verbena/shared/points/points.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { AdjustmentDocument } from './points.schema.js';

const TRIES = 5;

/** The door to `adjustments`. */
@Injectable()
@Repository()
export class PointsRepository implements OwnsCollections {
  readonly collections = ['adjustments'];

  constructor(private readonly mongo: Mongo) {}

  private get adjustments() {
    return this.mongo.collection<AdjustmentDocument>('adjustments');
  }

  async ensureIndexes(): Promise<void> {
    await this.adjustments.createIndex({ program: 1, key: 1 }, { unique: true });
    await this.adjustments.createIndex({ program: 1, number: 1 }, { unique: true });
  }

  /** Adds a request, numbered behind those of its program; where its key is there already, that one. */
  async ask(given: Omit<AdjustmentDocument, 'number'>): Promise<AdjustmentDocument> {
    for (let attempt = 0; ; attempt += 1) {
      const known = await this.adjustments.findOne({ program: given.program, key: given.key });
      if (known !== null) return known;
      const last = await this.adjustments.findOne({ program: given.program }, { sort: { number: -1 } });
      const adjustment: AdjustmentDocument = { ...given, number: (last?.number ?? 0) + 1 };
      try {
        await this.adjustments.insertOne(adjustment);
        return adjustment;
      } catch (error) {
        if (!isDuplicateKey(error) || attempt === TRIES) throw error;
      }
    }
  }

  async findByKey(scope: Scope, key: string): Promise<AdjustmentDocument | null> {
    return this.adjustments.findOne({ program: scope.program, key });
  }

  async find(scope: Scope, id: string): Promise<AdjustmentDocument | null> {
    return this.adjustments.findOne({ _id: id, program: scope.program });
  }

  async list(
    scope: Scope,
    status: AdjustmentStatus | null,
    before: number | null,
    limit: number,
  ): Promise<AdjustmentDocument[]> {
    return this.adjustments
      .find({
        program: scope.program,
        ...(status === null ? {} : { status }),
        ...(before === null ? {} : { number: { $lt: before } }),
      })
      .sort({ number: -1 })
      .limit(limit)
      .toArray();
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
