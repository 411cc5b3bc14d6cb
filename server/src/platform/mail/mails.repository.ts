import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import { type HeadDocument, lastNumber, nextNumber, numberThoseOfBefore } from '#platform/mongo/numbers.js';
import type { Scope } from '#platform/mongo/scope.js';
import { walkDown } from '#platform/mongo/windows.js';
import type { MailDocument } from './mail.schema.js';

const KEPT_SECONDS = 90 * 86_400;
const DUE_MAX = 20_000;

/** The door to `mails`, and to `mailHeads`, which number those of programs. Sending goes over all programs, so those queries have no scope. */
@Injectable()
@Repository()
export class MailsRepository implements OwnsCollections {
  readonly collections = ['mails', 'mailHeads'];
  readonly migrations = {
    // Mails were once read by their ids alone.
    '2026-11-30-number-mails': async () => {
      await numberThoseOfBefore(this.mongo.collection('mails'), this.heads);
      await this.mails.dropIndex('program_1__id_-1').catch(() => undefined);
    },
  };

  constructor(private readonly mongo: Mongo) {}

  private get mails() {
    return this.mongo.collection<MailDocument>('mails');
  }

  private get heads() {
    return this.mongo.collection<HeadDocument>('mailHeads');
  }

  async ensureIndexes(): Promise<void> {
    await this.mails.createIndex({ program: 1, number: 1 });
    await this.mails.createIndex({ status: 1, dueAt: 1 });
    await this.mails.createIndex({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
    // A collection must stand before a transaction writes to it; any index makes it.
    await this.heads.createIndex({ number: 1 });
  }

  async insert(mail: Omit<MailDocument, 'number'>, session?: Session): Promise<void> {
    const { program } = mail;
    if (program === null) await this.mails.insertOne(mail, session === undefined ? {} : { session });
    else if (session === undefined) await this.mongo.transact((own) => this.insert(mail, own));
    else await this.mails.insertOne({ ...mail, number: await nextNumber(this.heads, program, session) }, { session });
  }

  /** Newest first, below one if its id is given; behind one that is gone, older than all that are kept, there is nothing. */
  async list(scope: Scope, below: string | null, limit: number): Promise<MailDocument[]> {
    const before = below === null ? null : ((await this.find(scope, below))?.number ?? 1);
    return walkDown(await lastNumber(this.heads, scope.program, before), limit, (number) =>
      this.mails.find({ program: scope.program, number }).sort({ number: -1 }).toArray(),
    );
  }

  async find(scope: Scope, id: string): Promise<MailDocument | null> {
    return this.mails.findOne({ _id: id, program: scope.program });
  }

  /** What waits and is due, the longest due first: read once for many rounds, since the embedded database reads all of it each time. */
  async listDue(at: Date): Promise<string[]> {
    const due = this.mails.find({ status: 'waiting', dueAt: { $lte: at } }, { projection: { dueAt: 1 } });
    return (await due.sort({ dueAt: 1 }).limit(DUE_MAX).toArray()).map(({ _id }) => _id);
  }

  /** Of these, those that still wait. */
  async readWaiting(ids: readonly string[]): Promise<MailDocument[]> {
    return this.mails.find({ _id: { $in: [...ids] }, status: 'waiting' }).toArray();
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
