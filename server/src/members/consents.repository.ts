import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { ConsentRecordDocument } from './members.schema.js';

/** The door to `consentRecords`: only added to, and moved with an account that ends in another. */
@Injectable()
@Repository()
export class ConsentsRepository implements OwnsCollections {
  readonly collections = ['consentRecords'];

  constructor(private readonly mongo: Mongo) {}

  private get records() {
    return this.mongo.collection<ConsentRecordDocument>('consentRecords');
  }

  async ensureIndexes(): Promise<void> {
    await this.records.createIndex({ program: 1, member: 1, _id: -1 });
  }

  async add(records: readonly ConsentRecordDocument[], session: Session): Promise<void> {
    if (records.length > 0) await this.records.insertMany([...records], { session });
  }

  /** The newest first. */
  async list(scope: Scope, member: string, limit: number): Promise<ConsentRecordDocument[]> {
    return this.records.find({ program: scope.program, member }).sort({ _id: -1 }).limit(limit).toArray();
  }

  async move(scope: Scope, from: string, to: string, session: Session): Promise<void> {
    await this.records.updateMany({ program: scope.program, member: from }, { $set: { member: to } }, { session });
  }
}
