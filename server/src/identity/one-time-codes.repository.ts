import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { OneTimeCodeDocument } from './identity.schema.js';

/** The door to `oneTimeCodes`. A code is looked up by what somebody sent, before anybody knows whose it is: no scope. */
@Injectable()
@Repository()
export class OneTimeCodesRepository implements OwnsCollections {
  readonly collections = ['oneTimeCodes'];

  constructor(private readonly mongo: Mongo) {}

  private get codes() {
    return this.mongo.collection<OneTimeCodeDocument>('oneTimeCodes');
  }

  async ensureIndexes(): Promise<void> {
    await this.codes.createIndex({ hash: 1 }, { unique: true });
    await this.codes.createIndex({ subject: 1, purpose: 1 });
    await this.codes.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  }

  /** Puts a code in its place; whatever stood there is gone. */
  async put({ _id, ...code }: OneTimeCodeDocument, session?: Session): Promise<void> {
    const options = { upsert: true, ...(session === undefined ? {} : { session }) };
    try {
      await this.codes.replaceOne({ _id }, code, options);
    } catch (error) {
      // Two at once in an empty place: whoever comes second replaces the first. A transaction is run anew by its owner.
      if (session !== undefined || !isDuplicateKey(error)) throw error;
      await this.codes.replaceOne({ _id }, code, options);
    }
  }

  /**
   * Spends a code that is good at a moment: of any number of askers exactly one gets whom it is for, the others null. In a
   * transaction it is spent with its commit.
   */
  async take(
    purpose: OneTimeCodeDocument['purpose'],
    hash: string,
    at: Date,
    session?: Session,
  ): Promise<string | null> {
    const options = session === undefined ? {} : { session };
    const found = await this.codes.findOne({ hash, purpose, expiresAt: { $gt: at } }, options);
    if (found === null) return null;
    const { deletedCount } = await this.codes.deleteOne({ _id: found._id, hash }, options);
    return deletedCount === 1 ? found.subject : null;
  }

  /** For whom a code is that is good at a moment, without spending it. */
  async find(purpose: OneTimeCodeDocument['purpose'], hash: string, at: Date): Promise<string | null> {
    return (await this.codes.findOne({ hash, purpose, expiresAt: { $gt: at } }))?.subject ?? null;
  }

  /** Forgets all codes of a purpose that are for somebody but the newest so many. */
  async forgetAllBut(
    kept: number,
    purpose: OneTimeCodeDocument['purpose'],
    subject: string,
    session?: Session,
  ): Promise<void> {
    const options = session === undefined ? {} : { session };
    const found = await this.codes.find({ purpose, subject }, options).sort({ createdAt: -1 }).toArray();
    await this.codes.deleteMany({ _id: { $in: found.slice(kept).map(({ _id }) => _id) } }, options);
  }

  /** Forgets every code of a purpose that is for somebody. */
  async forget(purpose: OneTimeCodeDocument['purpose'], subject: string, session: Session): Promise<void> {
    await this.codes.deleteMany({ purpose, subject }, { session });
  }
}
