import { frozen, matches, type Doc, type Filter } from './match.js';

/** A transaction of the fake database: what it wrote, seen by nobody else until it commits. */
export interface Transaction {
  readonly by: string;
  readonly number: number;
  readonly snapshot: number;
  readonly beganMs: number;
  readonly writes: Map<string, { readonly table: string; readonly doc: Doc | null }>;
  readonly locks: Set<string>;
  state: 'open' | 'committed' | 'aborted';
}

export type Failure = 'duplicateKey' | 'writeConflict' | 'noSuchTransaction' | 'blocked';

/** Why the fake database did not do something. `blocked`: a transaction holds the document; ask again. */
export class DatabaseFailure extends Error {
  constructor(
    readonly failure: Failure,
    what: string,
  ) {
    super(`${failure}: ${what}`);
  }
}

/** What a mutant's database does not check. */
export interface Unchecked {
  /** The fields of a filter on a table that are left out of every write that names them. */
  readonly filters?: ReadonlyMap<string, readonly string[]>;
  /** Tables whose `_id` is not unique. */
  readonly unique?: ReadonlySet<string>;
  /** Tables whose other unique keys are not. */
  readonly indexes?: ReadonlySet<string>;
}

interface Row {
  readonly doc: Doc;
  readonly version: number;
}

interface Table {
  readonly rows: Map<string, Row>;
  /** By the values of a unique index, `_id`. */
  readonly keys: Map<string, string>;
  readonly uniques: (readonly string[])[];
}

export interface Update {
  readonly $set?: Readonly<Record<string, unknown>>;
  readonly $setOnInsert?: Readonly<Record<string, unknown>>;
}

/** A transaction holds what it wrote so long at most, as in MongoDB. */
const TRANSACTION_MS_MAX = 60_000;

/**
 * A document database in memory with what ours rests on: unique keys, single documents changed whole, and transactions with
 * snapshot reads, write conflicts and locks. All of it happens at once; how long a call takes and what becomes of its answer is
 * for others to say.
 */
export class MemoryDatabase {
  private readonly tables = new Map<string, Table>();
  private readonly sessions = new Map<string, Transaction>();
  private readonly locks = new Map<string, Transaction>();
  private version = 0;
  private strays = 0;
  /** Told of every document that is written for good. */
  onWrite: (table: string, doc: Doc, by: string) => void = () => undefined;

  constructor(
    private readonly nowMs: () => number,
    private readonly unchecked: Unchecked = {},
  ) {}

  /** Every document of a table, as committed. */
  all(table: string): Doc[] {
    return [...this.table(table).rows.values()].map(({ doc }) => doc);
  }

  find(table: string, filter: Filter): Doc[] {
    const id = filter['_id'];
    const { rows } = this.table(table);
    if (typeof id === 'string') {
      const row = rows.get(id);
      return row !== undefined && matches(row.doc, filter) ? [row.doc] : [];
    }
    return this.all(table).filter((doc) => matches(doc, filter));
  }

  addUnique(table: string, fields: readonly string[]): void {
    const { uniques } = this.table(table);
    if (!uniques.some((one) => one.join() === fields.join())) uniques.push(fields);
  }

  insert(table: string, doc: Doc, by: string, transaction: Transaction | null): void {
    if (this.unchecked.unique?.has(table) === true && this.isThere(table, doc._id, transaction)) {
      this.insert(table, this.strayOf(doc), by, transaction);
      return;
    }
    const { rows, keys, uniques } = this.table(table);
    const taken = rows.get(doc._id);
    if (taken !== undefined && transaction !== null && taken.version > transaction.snapshot)
      throw new DatabaseFailure('writeConflict', `${table} ${doc._id}`);
    if (this.isThere(table, doc._id, transaction)) throw new DatabaseFailure('duplicateKey', `${table} ${doc._id}`);
    for (const fields of this.unchecked.indexes?.has(table) === true ? [] : uniques) {
      const key = keyOf(fields, doc);
      this.lock(`${table} ${key}`, transaction);
      if (keys.has(key)) throw new DatabaseFailure('duplicateKey', `${table} ${key}`);
    }
    this.put(table, doc, by, transaction);
  }

  /** Changes one document by its `_id` and whatever else the filter says; answers how many were found and how many made. */
  update(
    table: string,
    filter: Filter,
    change: Update,
    by: string,
    transaction: Transaction | null,
    isUpsert = false,
  ): { readonly matched: number; readonly upserted: number } {
    const id = idOf(filter);
    const found = this.seen(table, id, transaction);
    if (found !== null && matches(found, this.checkedOf(table, filter))) {
      this.refuseChanged(table, id, transaction);
      this.put(table, { ...found, ...change.$set, _id: id }, by, transaction);
      return { matched: 1, upserted: 0 };
    }
    if (!isUpsert) return { matched: 0, upserted: 0 };
    const equal = Object.entries(filter).filter(([, wanted]) => typeof wanted !== 'object' || wanted === null);
    const doc = { ...Object.fromEntries(equal), ...change.$setOnInsert, ...change.$set, _id: id };
    this.insert(table, doc, by, transaction);
    return { matched: 0, upserted: 1 };
  }

  /** Removes or replaces one document; answers how many were found. */
  replace(table: string, filter: Filter, next: Doc | null, by: string, isUpsert = false): number {
    const id = idOf(filter);
    const found = this.seen(table, id, null);
    const isThere = found !== null && matches(found, this.checkedOf(table, filter));
    if (!isThere && !isUpsert) return 0;
    if (next !== null) this.put(table, next, by, null);
    else this.remove(table, id);
    return isThere ? 1 : 0;
  }

  remove(table: string, id: string): void {
    this.lock(`${table} ${id}`, null);
    this.table(table).rows.delete(id);
  }

  /** The transaction of a session, begun with its first command. A newer number ends an older one that is still open. */
  transactionOf(session: string, number: number, by: string): Transaction {
    const known = this.sessions.get(session);
    if (known !== undefined && known.number > number) throw new DatabaseFailure('noSuchTransaction', session);
    if (known?.number === number) {
      this.expire(known);
      if (known.state === 'aborted') throw new DatabaseFailure('noSuchTransaction', session);
      return known;
    }
    if (known !== undefined) this.abort(known);
    const begun: Transaction = {
      by,
      number,
      snapshot: this.version,
      beganMs: this.nowMs(),
      writes: new Map(),
      locks: new Set(),
      state: 'open',
    };
    this.sessions.set(session, begun);
    return begun;
  }

  /** Again and again the same: one that is committed stays so. */
  commit(transaction: Transaction): void {
    this.expire(transaction);
    if (transaction.state === 'aborted') throw new DatabaseFailure('noSuchTransaction', transaction.by);
    if (transaction.state === 'committed') return;
    transaction.state = 'committed';
    this.release(transaction);
    for (const { table, doc } of transaction.writes.values()) if (doc !== null) this.keep(table, doc, transaction.by);
  }

  abort(transaction: Transaction): void {
    if (transaction.state !== 'open') return;
    transaction.state = 'aborted';
    this.release(transaction);
  }

  killSession(session: string): void {
    const known = this.sessions.get(session);
    if (known !== undefined) this.abort(known);
  }

  private put(table: string, doc: Doc, by: string, transaction: Transaction | null): void {
    this.lock(`${table} ${doc._id}`, transaction);
    if (transaction === null) this.keep(table, doc, by);
    else transaction.writes.set(`${table} ${doc._id}`, { table, doc: frozen(doc) });
  }

  private keep(table: string, doc: Doc, by: string): void {
    const { rows, keys, uniques } = this.table(table);
    this.version += 1;
    const kept = frozen(doc);
    rows.set(doc._id, { doc: kept, version: this.version });
    for (const fields of uniques) keys.set(keyOf(fields, doc), doc._id);
    this.onWrite(table, kept, by);
  }

  private seen(table: string, id: string, transaction: Transaction | null): Doc | null {
    const own = transaction?.writes.get(`${table} ${id}`);
    return own !== undefined ? own.doc : (this.table(table).rows.get(id)?.doc ?? null);
  }

  private isThere(table: string, id: string, transaction: Transaction | null): boolean {
    return this.seen(table, id, transaction) !== null;
  }

  /** A transaction may not change what was changed since it began. */
  private refuseChanged(table: string, id: string, transaction: Transaction | null): void {
    const version = this.table(table).rows.get(id)?.version ?? 0;
    if (transaction !== null && version > transaction.snapshot)
      throw new DatabaseFailure('writeConflict', `${table} ${id}`);
  }

  private lock(what: string, transaction: Transaction | null): void {
    const holder = this.locks.get(what);
    if (holder !== undefined && holder !== transaction) {
      this.expire(holder);
      if (holder.state === 'open') throw new DatabaseFailure(transaction === null ? 'blocked' : 'writeConflict', what);
    }
    if (transaction === null) return;
    this.locks.set(what, transaction);
    transaction.locks.add(what);
  }

  private release(transaction: Transaction): void {
    for (const what of transaction.locks) if (this.locks.get(what) === transaction) this.locks.delete(what);
  }

  private expire(transaction: Transaction): void {
    if (transaction.state === 'open' && this.nowMs() - transaction.beganMs > TRANSACTION_MS_MAX)
      this.abort(transaction);
  }

  private checkedOf(table: string, filter: Filter): Filter {
    const left = this.unchecked.filters?.get(table);
    return left === undefined
      ? filter
      : Object.fromEntries(Object.entries(filter).filter(([field]) => !left.includes(field)));
  }

  private strayOf(doc: Doc): Doc {
    this.strays += 1;
    return { ...doc, _id: `${doc._id}#${this.strays}` };
  }

  private table(name: string): Table {
    let table = this.tables.get(name);
    if (table === undefined) {
      table = { rows: new Map(), keys: new Map(), uniques: [] };
      this.tables.set(name, table);
    }
    return table;
  }
}

function keyOf(fields: readonly string[], doc: Doc): string {
  return fields.map((field) => `${field}=${String(doc[field])}`).join(' ');
}

function idOf(filter: Filter): string {
  const id = filter['_id'];
  if (typeof id !== 'string') throw new Error('The fake database changes single documents by their _id.');
  return id;
}
