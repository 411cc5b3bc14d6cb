import { MongoClient } from 'mongodb';

interface StoredLine {
  readonly currency: string;
  readonly amount: number;
  readonly pocket?: string;
}

interface StoredEntry {
  readonly _id: string;
  readonly program: string;
  readonly member: string;
  readonly lane: string;
  readonly q: number;
  readonly seq: number;
  readonly activity: { readonly key: string; readonly source: string; readonly type: string };
  readonly lines: readonly StoredLine[];
  readonly balances: Readonly<Record<string, number>>;
}

interface StoredState {
  readonly _id: string;
  readonly seq: number;
  readonly state: {
    readonly seq: number;
    readonly balances: Readonly<Record<string, number>>;
    readonly lots: Readonly<Record<string, readonly { readonly amount: number }[]>>;
  };
}

interface StoredLane {
  readonly _id: string;
  readonly q: number;
}

/** What was found in the ledger's collections, and every breach of an invariant as a sentence. */
export interface LedgerFindings {
  readonly entries: number;
  readonly members: number;
  /** How often each key of source `program` has an entry. */
  readonly byKey: ReadonlyMap<string, number>;
  readonly breaches: readonly string[];
}

/**
 * Reads the ledger with the bare driver and checks, by another way than the server's own: I1 each balance is the sum of its
 * lines and of its lots · I2 a key has at most one entry · I4 `seq` is dense within a member and `q` within a lane, and the
 * outbox has exactly the lane's groups · I5 no balance is below zero. I3 is the caller's, who knows what was acknowledged.
 */
export async function readLedger(mongodbUri: string, database: string): Promise<LedgerFindings> {
  const client = new MongoClient(mongodbUri);
  try {
    const db = client.db(database);
    const entries = await db.collection<StoredEntry>('journal').find().sort({ member: 1, seq: 1 }).toArray();
    const states = await db.collection<StoredState>('memberStates').find().toArray();
    const lanes = await db.collection<StoredLane>('lanes').find().toArray();
    const outbox = await db
      .collection<{ lane: string; q: number }>('outbox')
      .find({}, { projection: { lane: 1, q: 1 } })
      .toArray();
    return findingsOf(entries, states, lanes, outbox);
  } finally {
    await client.close();
  }
}

function findingsOf(
  entries: readonly StoredEntry[],
  states: readonly StoredState[],
  lanes: readonly StoredLane[],
  outbox: readonly { readonly lane: string; readonly q: number }[],
): LedgerFindings {
  const breaches: string[] = [];
  const byKey = new Map<string, number>();
  const sums = new Map<string, Map<string, number>>();
  const seqs = new Map<string, number>();
  const groups = new Map<string, Set<number>>();
  for (const entry of entries) {
    const { key, source } = entry.activity;
    if (source === 'program') byKey.set(key, (byKey.get(key) ?? 0) + 1);
    const seq = (seqs.get(entry.member) ?? 0) + 1;
    if (entry.seq !== seq) breaches.push(`I4 member ${entry.member} has seq ${entry.seq} where ${seq} belongs`);
    seqs.set(entry.member, entry.seq);
    const sum = sums.get(entry.member) ?? new Map<string, number>();
    sums.set(entry.member, sum);
    for (const { currency, amount, pocket } of entry.lines)
      if (pocket === undefined) sum.set(currency, (sum.get(currency) ?? 0) + amount);
    for (const [currency, balance] of Object.entries(entry.balances)) {
      if (balance !== (sum.get(currency) ?? 0))
        breaches.push(
          `I1 entry ${entry._id} says ${balance} ${currency}, its lines add up to ${sum.get(currency) ?? 0}`,
        );
      if (balance < 0) breaches.push(`I5 entry ${entry._id} leaves ${balance} ${currency}`);
    }
    const group = groups.get(entry.lane) ?? new Set<number>();
    group.add(entry.q);
    groups.set(entry.lane, group);
  }
  for (const [key, count] of byKey) if (count > 1) breaches.push(`I2 the key ${key} has ${count} entries`);
  for (const { _id, seq, state } of states) {
    if (seq !== seqs.get(_id) || state.seq !== seq)
      breaches.push(`I4 the state of ${_id} stands at ${seq}, its journal at ${seqs.get(_id) ?? 0}`);
    for (const [currency, balance] of Object.entries(state.balances)) {
      const lots = (state.lots[currency] ?? []).reduce((total, lot) => total + lot.amount, 0);
      const lines = sums.get(_id)?.get(currency) ?? 0;
      if (balance !== lines || balance !== lots)
        breaches.push(`I1 ${_id} holds ${balance} ${currency}, lines ${lines}, lots ${lots}`);
      if (balance < 0) breaches.push(`I5 ${_id} holds ${balance} ${currency}`);
    }
    seqs.delete(_id);
  }
  for (const member of seqs.keys()) breaches.push(`I4 member ${member} has a journal and no state`);
  for (const { _id, q } of lanes) {
    const found = groups.get(_id) ?? new Set<number>();
    const rows = new Set(outbox.filter((row) => row.lane === _id).map((row) => row.q));
    for (let number = 1; number <= q; number += 1) {
      if (!found.has(number)) breaches.push(`I4 group ${_id}:${number} has no entry`);
      if (!rows.has(number)) breaches.push(`I4 group ${_id}:${number} has no outbox row`);
    }
    if (Math.max(0, ...found) > q || Math.max(0, ...rows) > q)
      breaches.push(`I4 lane ${_id} stands at ${q}, below its groups`);
    groups.delete(_id);
  }
  for (const lane of groups.keys()) breaches.push(`I4 groups of ${lane}, a lane that does not exist`);
  return { entries: entries.length, members: states.length, byKey, breaches };
}

/** How far the lanes are, and how far the projection of the boards is in all of them, as sums of group numbers. */
export async function readProgress(
  mongodbUri: string,
  database: string,
): Promise<{ readonly head: number; readonly watermark: number }> {
  const client = new MongoClient(mongodbUri);
  try {
    const db = client.db(database);
    const sumOf = (rows: readonly { readonly q?: number }[]): number => rows.reduce((sum, { q = 0 }) => sum + q, 0);
    const cursors = await db.collection<StoredLane>('projections').find({ projection: 'boards' }).toArray();
    return { watermark: sumOf(cursors), head: sumOf(await db.collection<StoredLane>('lanes').find().toArray()) };
  } finally {
    await client.close();
  }
}
