import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { MailDocument } from './mail.schema.js';

const KEPT_SECONDS = 90 * 86_400;

/** The door to `mails`. Sending goes over all programs, so those queries have no scope. */
@Injectable()
@Repository()
export class MailsRepository implements OwnsCollections {
  readonly collections = ['mails'];

  constructor(private readonly mongo: Mongo) {}

  private get mails() {
    return this.mongo.collection<MailDocument>('mails');
  }

  async ensureIndexes(): Promise<void> {
    await this.mails.createIndex({ program: 1, _id: -1 });
    await this.mails.createIndex({ status: 1, dueAt: 1 });
    await this.mails.createIndex({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
  }

  async insert(mail: MailDocument, session?: Session): Promise<void> {
    await this.mails.insertOne(mail, session === undefined ? {} : { session });
  }

  /** Newest first, below an id if one is given. */
  async list(scope: Scope, below: string | null, limit: number): Promise<MailDocument[]> {
    return this.mails
      .find({ program: scope.program, ...(below === null ? {} : { _id: { $lt: below } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .toArray();
  }

  async find(scope: Scope, id: string): Promise<MailDocument | null> {
    return this.mails.findOne({ _id: id, program: scope.program });
  }

  /** What waits and is due, the longest due first. */
  async findDue(at: Date, limit: number): Promise<MailDocument[]> {
    return this.mails
      .find({ status: 'waiting', dueAt: { $lte: at } })
      .sort({ dueAt: 1 })
      .limit(limit)
      .toArray();
  }

  /**
   * Takes a row for one try if nobody else did since it was read; says whether it did. It is due again at `untilAt`; what went
   * wrong before is no longer said of it, so that an error always belongs to the last try that is over.
   */
  async take(mail: MailDocument, untilAt: Date): Promise<boolean> {
    const result = await this.mails.updateOne(
      { _id: mail._id, status: 'waiting', tries: mail.tries },
      { $set: { dueAt: untilAt, error: null }, $inc: { tries: 1 } },
    );
    return result.modifiedCount === 1;
  }

  /** What became of a try, unless somebody else has begun another one since. */
  async finish(
    id: string,
    tries: number,
    outcome: Partial<Pick<MailDocument, 'status' | 'text' | 'dueAt' | 'sentAt' | 'error'>>,
  ): Promise<void> {
    await this.mails.updateOne({ _id: id, status: 'waiting', tries }, { $set: outcome });
  }

  /** Where there is no server any more, what waits stays in the database. */
  async keepWaiting(at: Date): Promise<void> {
    await this.mails.updateMany({ status: 'waiting' }, { $set: { status: 'kept', dueAt: at } });
  }

  /** Whether one failed since a moment, one is being tried again, and one has been due since another moment. */
  async findTrouble(failedSince: Date, dueBefore: Date): Promise<{ isFailing: boolean; isStalled: boolean }> {
    const one = { projection: { _id: 1 } };
    const failed = await this.mails.findOne({ status: 'failed', dueAt: { $gt: failedSince } }, one);
    const retried = await this.mails.findOne({ status: 'waiting', tries: { $gt: 1 } }, one);
    const overdue = await this.mails.findOne({ status: 'waiting', dueAt: { $lt: dueBefore } }, one);
    return { isFailing: failed !== null || retried !== null, isStalled: overdue !== null };
  }
}
