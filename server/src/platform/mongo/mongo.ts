import path from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { READS_FILE, watchReads } from './read-watch.js';

type Session = mongoose.mongo.ClientSession;
export type Collection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;

const TRANSACTION_OPTIONS: mongoose.mongo.TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true, wtimeoutMS: 10_000 },
  readPreference: 'primary',
};

/** Longer than anybody waits for a transaction. */
const MARK_SECONDS = 3_600;

interface TransactionMark {
  readonly _id: mongoose.mongo.ObjectId;
  readonly at: Date;
}

/**
 * The one connection to the database. Repositories take their collections from here: mongoose models where a schema
 * helps, the driver's collections on the hot path (no hydrated document is ever saved inside a transaction).
 */
@Injectable()
export class Mongo implements OnModuleDestroy {
  private readonly logger = new Logger(Mongo.name);
  readonly connection: Connection;
  private marked: Promise<string> | null = null;

  constructor(@Inject(Config) private readonly config: Config) {
    mongoose.set('sanitizeFilter', true);
    mongoose.set('strictQuery', 'throw');
    this.connection = mongoose.createConnection(config.mongodbUri, {
      dbName: config.mongodbDatabase,
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', journal: true },
      retryWrites: true,
      maxPoolSize: 50,
      serverSelectionTimeoutMS: 5_000,
      autoIndex: false,
      autoCreate: false,
      monitorCommands: config.isTest,
    });
    if (config.isTest)
      this.connection.once('connected', () =>
        watchReads(this.connection.getClient(), path.join(config.dataDir, READS_FILE)),
      );
    this.connection.on('disconnected', () => this.logger.warn('The database does not answer; waiting for it.'));
    this.connection.on('reconnected', () => this.logger.log('The database answers again.'));
    // The first failure reaches whoever waits for `ready`; without a listener it would end the process.
    this.connection.asPromise().catch(() => undefined);
  }

  /** Resolves when the first connection stands. */
  async ready(): Promise<void> {
    await this.connection.asPromise();
  }

  /**
   * The driver's collection, for plain objects and exact control. The database is named: before the connection stands, its
   * own name is that of the address, not the one that was asked for.
   */
  collection<T extends mongoose.mongo.Document>(name: string): mongoose.mongo.Collection<T> {
    return this.connection.getClient().db(this.config.mongodbDatabase).collection<T>(name, { ignoreUndefined: true });
  }

  /**
   * Runs work in one transaction with snapshot reads and majority, journaled writes. Transient conflicts run it anew, so the
   * work must be repeatable; its commands must follow one another, never at once. It is done once: each transaction leaves a mark, so
   * where the commit was on disk and the database, started again, said that it knows of none, the second run finds that out.
   */
  async transact<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const marks = await this.marks();
    const mark = { _id: new mongoose.mongo.ObjectId(), at: new Date() };
    const session = this.connection.getClient().startSession();
    let done: { readonly value: T } | null = null;
    try {
      return await session.withTransaction(async () => {
        try {
          await marks.insertOne(mark, { session });
        } catch (error) {
          if (done === null || !isDuplicateKey(error)) throw error;
          await session.abortTransaction();
          return done.value;
        }
        const value = await work(session);
        done = { value };
        return value;
      }, TRANSACTION_OPTIONS);
    } finally {
      await session.endSession();
    }
  }

  /** Where transactions leave their marks for an hour; a collection must stand before a transaction writes to it. */
  private async marks(): Promise<mongoose.mongo.Collection<TransactionMark>> {
    const marks = this.collection<TransactionMark>('transactionMarks');
    this.marked ??= marks.createIndex({ at: 1 }, { expireAfterSeconds: MARK_SECONDS }).catch((error: unknown) => {
      this.marked = null;
      throw error;
    });
    await this.marked;
    return marks;
  }

  /** A session for a caller that handles its own retries, such as the committer. */
  startSession(): Session {
    return this.connection.getClient().startSession();
  }

  /** How long a ping takes, in milliseconds; throws when the database does not answer within a second. */
  async ping(): Promise<number> {
    const started = performance.now();
    await this.connection.getClient().db('admin').command({ ping: 1 }, { timeoutMS: 1_000 });
    return performance.now() - started;
  }

  async onModuleDestroy(): Promise<void> {
    this.connection.removeAllListeners('disconnected');
    await this.connection.close();
  }
}

export type { Session };
export { TRANSACTION_OPTIONS };

/** A duplicate of a unique key, however the driver wraps it. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoError && error.code === 11000;
}
