import mongoose, { type Connection } from 'mongoose';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '#platform/config/config.js';

type Session = mongoose.mongo.ClientSession;

const TRANSACTION_OPTIONS: mongoose.mongo.TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true, wtimeoutMS: 10_000 },
  readPreference: 'primary',
};

/**
 * The one connection to the database. Repositories take their collections from here: mongoose models where a schema
 * helps, the driver's collections on the hot path (no hydrated document is ever saved inside a transaction).
 */
@Injectable()
export class Mongo implements OnModuleDestroy {
  private readonly logger = new Logger(Mongo.name);
  readonly connection: Connection;

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
    });
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
   * work must be repeatable; its commands must follow one another, never at once.
   */
  async transact<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.connection.getClient().startSession();
    try {
      return await session.withTransaction(work, TRANSACTION_OPTIONS);
    } finally {
      await session.endSession();
    }
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
