import type { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { Binary, MongoNetworkError, MongoServerError } from 'mongodb';
import { compare, type Doc, type Filter, matches, valueAt } from './match.js';
import { DatabaseFailure, type MemoryDatabase, type Transaction, type Update } from './memory-database.js';
import { standIn } from './stand-in.js';
import type { Process, World } from './world.js';

/** How often a call of a process meets trouble on its way. */
export interface StoreWeather {
  /** It never arrives, and the caller is told so. */
  readonly lostCall: number;
  /** It is done, and the caller is told that nobody knows. */
  readonly lostReply: number;
  /** A commit comes long after its caller was told that nobody knows. */
  readonly lateCommit: number;
  /** The database aborts a transaction, as it may at any time. */
  readonly abort: number;
}

const RETRY_MS = 5;
const LATE_MS_MAX = 2_500;
const TRANSIENT = 'TransientTransactionError';
const UNKNOWN = 'UnknownTransactionCommitResult';

type Sort = Readonly<Record<string, 1 | -1>>;
type Options = { readonly session?: Session; readonly upsert?: boolean; readonly sort?: Sort } | undefined;
type BulkOperation = {
  readonly insertOne?: { readonly document: Doc };
  readonly updateOne?: { readonly filter: Filter; readonly update: Update; readonly upsert?: boolean };
  readonly deleteOne?: { readonly filter: Filter };
};

/**
 * The database's driver as one process of the simulation has it: the part of its interface that our repositories use, over a
 * database in memory. Every call is two journeys, there and back, and the process may die, be stopped or lose the line on either.
 */
export class Driver {
  private sessions = 0;

  constructor(
    private readonly world: World,
    private readonly database: MemoryDatabase,
    private readonly process: Process,
    private readonly weather: () => StoreWeather,
  ) {}

  /** What repositories take for the connection. */
  get mongo(): Mongo {
    const command = ({ killSessions }: { killSessions: { id: Binary }[] }) =>
      this.call('killSessions', null, () => {
        for (const { id } of killSessions) this.database.killSession(id.toString('hex'));
      });
    return standIn<Mongo>({
      collection: (name: string) => this.collection(name) as never,
      startSession: () => this.startSession() as never,
      connection: { getClient: () => ({ db: () => ({ command }) }) } as never,
    });
  }

  private startSession(): Session {
    this.sessions += 1;
    const id = new Binary(Buffer.from(`${this.process.name}:${this.sessions}`));
    return new Session(id, this.world, this.database, this.process, this.weather);
  }

  private collection(table: string) {
    const { database } = this;
    const by = this.process.name;
    const read = (verb: string, filter: Filter, sort: Sort | undefined, limit: number) =>
      this.call(`${table}.${verb}`, null, () => sorted(database.find(table, filter), sort).slice(0, limit));
    return {
      createIndexes: (indexes: readonly { key: Record<string, number>; unique?: boolean }[]) => {
        for (const { key, unique } of indexes) if (unique === true) database.addUnique(table, Object.keys(key));
        return Promise.resolve([]);
      },
      findOne: async (filter: Filter, options?: Options) =>
        (await read('findOne', filter, options?.sort, 1))[0] ?? null,
      find: (filter: Filter = {}) => {
        let [sort, limit]: [Sort | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
        const cursor = {
          sort: (given: Sort) => ((sort = given), cursor),
          limit: (given: number) => ((limit = given), cursor),
          toArray: () => read('find', filter, sort, limit),
          async *[Symbol.asyncIterator]() {
            yield* await cursor.toArray();
          },
        };
        return cursor;
      },
      // Conditions one behind another, then an order: that is all that our repositories ask of it here.
      aggregate: (stages: readonly { readonly $match?: Filter; readonly $sort?: Sort }[]) => {
        const filter: Filter = Object.assign({}, ...stages.map(({ $match }) => $match));
        const sort = stages.find(({ $sort }) => $sort !== undefined)?.$sort;
        return { toArray: () => read('aggregate', filter, sort, Number.POSITIVE_INFINITY) };
      },
      countDocuments: async (filter: Filter) =>
        (await read('count', filter, undefined, Number.POSITIVE_INFINITY)).length,
      insertOne: (doc: Doc, options?: Options) =>
        this.call(`${table}.insertOne`, options, (transaction) => database.insert(table, doc, by, transaction)),
      insertMany: (docs: readonly Doc[], options?: Options) =>
        this.call(`${table}.insertMany`, options, (transaction) => {
          for (const doc of docs) database.insert(table, doc, by, transaction);
        }),
      updateOne: (filter: Filter, change: Update, options?: Options) =>
        this.call(`${table}.updateOne`, options, (transaction) => {
          const done = database.update(table, filter, change, by, transaction, options?.upsert);
          return { matchedCount: done.matched, modifiedCount: done.matched, upsertedCount: done.upserted };
        }),
      findOneAndUpdate: (filter: Filter, change: Update, options?: Options) =>
        this.call(`${table}.findOneAndUpdate`, options, (transaction) => {
          database.update(table, filter, change, by, transaction, options?.upsert);
          return database.find(table, filter)[0] ?? null;
        }),
      replaceOne: (filter: Filter, next: Omit<Doc, '_id'>, options?: Options) =>
        this.call(`${table}.replaceOne`, options, () =>
          database.replace(table, filter, { ...next, _id: String(filter['_id']) }, by, options?.upsert),
        ),
      deleteMany: (filter: Filter) =>
        this.call(`${table}.deleteMany`, null, () => {
          const found = database.all(table).filter((doc) => matches(doc, filter));
          for (const { _id } of found) database.remove(table, _id);
          return { deletedCount: found.length };
        }),
      bulkWrite: (operations: readonly BulkOperation[], options?: Options) =>
        this.call(`${table}.bulkWrite`, options, (transaction) => this.write(table, operations, transaction)),
    };
  }

  private write(table: string, operations: readonly BulkOperation[], transaction: Transaction | null) {
    const by = this.process.name;
    const counts = { insertedCount: 0, matchedCount: 0, upsertedCount: 0, deletedCount: 0 };
    for (const { insertOne, updateOne, deleteOne } of operations) {
      if (insertOne !== undefined) {
        this.database.insert(table, insertOne.document, by, transaction);
        counts.insertedCount += 1;
      } else if (updateOne !== undefined) {
        const { filter, update, upsert } = updateOne;
        const done = this.database.update(table, filter, update, by, transaction, upsert);
        counts.matchedCount += done.matched;
        counts.upsertedCount += done.upserted;
      } else if (deleteOne !== undefined)
        counts.deletedCount += this.database.replace(table, deleteOne.filter, null, by);
    }
    return counts;
  }

  /** One command: there, done, and back. What is on its way when the process dies arrives, or does not. */
  private async call<T>(
    label: string,
    options: Options | null,
    act: (transaction: Transaction | null) => T,
  ): Promise<T> {
    const { world, process } = this;
    const { lostCall, lostReply, abort } = this.weather();
    const name = `${process.name} ${label}`;
    const session = options?.session;
    const isLost = world.chance(lostCall);
    await world.wait(null, world.latencyMs, name);
    if (process.state === 'dead' && world.chance(0.5)) return never();
    if (isLost) return this.fail(name, 'call lost', session);
    if (session !== undefined && world.chance(abort)) session.abortAtTheDatabase();
    for (;;) {
      try {
        const result = act(session === undefined ? null : session.transaction());
        await world.wait(process, world.latencyMs, `${name} answered`);
        if (!world.chance(lostReply)) return result;
        break;
      } catch (error) {
        if (!(error instanceof DatabaseFailure)) throw error;
        if (error.failure !== 'blocked') {
          await world.wait(process, world.latencyMs, `${name} refused: ${error.failure}`);
          throw errorOf(error);
        }
        await world.wait(null, RETRY_MS, `${name} is blocked`);
      }
    }
    return this.fail(name, 'answer lost', session);
  }

  private async fail(name: string, how: string, session: Session | undefined): Promise<never> {
    await this.world.wait(this.process, this.world.latencyMs, `${name}: ${how}`);
    throw networkError(session === undefined ? null : TRANSIENT);
  }
}

/** A session as the driver has it: it numbers its transactions, and the database knows them by that number. */
class Session {
  readonly id: { readonly id: Binary };
  readonly hasEnded = false;
  private number = 0;
  private state: 'none' | 'open' | 'committing' = 'none';

  constructor(
    id: Binary,
    private readonly world: World,
    private readonly database: MemoryDatabase,
    private readonly process: Process,
    private readonly weather: () => StoreWeather,
  ) {
    this.id = { id };
  }

  inTransaction(): boolean {
    return this.state === 'open';
  }

  startTransaction(): void {
    this.number += 1;
    this.state = 'open';
  }

  /** As the database has it; throws where it has ended it. */
  transaction(): Transaction {
    return this.database.transactionOf(this.id.id.toString('hex'), this.number, this.process.name);
  }

  abortAtTheDatabase(): void {
    this.database.abort(this.transaction());
  }

  async commitTransaction(): Promise<void> {
    this.state = 'committing';
    const { world, process, number } = this;
    const { lostCall, lostReply, lateCommit } = this.weather();
    const name = `${process.name} commit ${number}`;
    const commit = (): void => {
      const transaction = this.database.transactionOf(this.id.id.toString('hex'), number, process.name);
      this.database.commit(transaction);
    };
    const isLost = world.chance(lostCall);
    const isLate = world.chance(lateCommit);
    if (isLate) {
      world.after(null, world.random.next() * LATE_MS_MAX, `${name} comes late`, () => {
        try {
          commit();
        } catch (error) {
          if (!(error instanceof DatabaseFailure)) throw error;
        }
      });
    }
    await world.wait(null, world.latencyMs, name);
    if (process.state === 'dead' && world.chance(0.5)) return never();
    if (isLost || isLate) {
      await world.wait(process, world.latencyMs, `${name}: nobody knows`);
      throw networkError(UNKNOWN);
    }
    try {
      commit();
    } catch (error) {
      if (!(error instanceof DatabaseFailure)) throw error;
      await world.wait(process, world.latencyMs, `${name} refused: ${error.failure}`);
      throw errorOf(error);
    }
    await world.wait(process, world.latencyMs, `${name} answered`);
    if (world.chance(lostReply)) throw networkError(UNKNOWN);
    this.state = 'none';
  }

  async abortTransaction(): Promise<void> {
    this.state = 'none';
    const name = `${this.process.name} abort ${this.number}`;
    await this.world.wait(null, this.world.latencyMs, name);
    try {
      this.database.abort(this.transaction());
    } catch (error) {
      if (!(error instanceof DatabaseFailure)) throw error;
    }
    await this.world.wait(this.process, this.world.latencyMs, `${name} answered`);
  }
}

function sorted(docs: readonly Doc[], sort: Sort | undefined): Doc[] {
  const fields = Object.entries(sort ?? {});
  return docs.toSorted((a, b) => {
    for (const [field, direction] of fields) {
      const order = compare(valueAt(a, field), valueAt(b, field)) * direction;
      if (order !== 0) return order;
    }
    return 0;
  });
}

function errorOf({ failure, message }: DatabaseFailure): Error {
  const code = { duplicateKey: 11_000, writeConflict: 112, noSuchTransaction: 251, blocked: 0 }[failure];
  const error = new MongoServerError({ message, code });
  if (failure !== 'duplicateKey') error.addErrorLabel(TRANSIENT);
  return error;
}

function networkError(label: string | null): Error {
  const error = new MongoNetworkError('the line broke');
  if (label !== null) error.addErrorLabel(label);
  return error;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
