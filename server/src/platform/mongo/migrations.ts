import { setTimeout as sleep } from 'node:timers/promises';
import type mongoose from 'mongoose';
import { ulid } from 'ulid';
import { isDuplicateKey, type Mongo } from './mongo.js';

/** By name, which begins with its date. */
export type Migrations = Readonly<Record<string, () => Promise<void>>>;

/** A node that runs one says so well within this time; one that was not heard of for so long is gone. */
const SILENT_MS = 15_000;
const LOOK_MS = 250;

interface MigrationDocument {
  readonly _id: string;
  /** Who runs it, or ran it. */
  readonly by: string;
  readonly seenAt: Date;
  readonly doneAt: Date | null;
}
type Records = mongoose.mongo.Collection<MigrationDocument>;

/**
 * Runs what was never run on this database, in order of name; answers the names of what ran here. Of several nodes that start
 * at once one runs each, and the others wait for it. What fails fails the start, and is tried again by the next.
 */
export async function runOnce(mongo: Mongo, migrations: Migrations): Promise<string[]> {
  const records: Records = mongo.collection('migrations');
  const ran: string[] = [];
  for (const [name, migrate] of Object.entries(migrations).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const mine = { _id: name, by: ulid() };
    if ((await claim(records, mine)) === 'done') continue;
    const saysSo = () => void records.updateOne(mine, { $set: { seenAt: new Date() } }).catch(() => undefined);
    const timer = setInterval(saysSo, SILENT_MS / 5);
    try {
      await migrate();
      await records.updateOne(mine, { $set: { doneAt: new Date() } });
      ran.push(name);
    } catch (error) {
      await records.deleteOne(mine);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }
  return ran;
}

/** Waits until it is this node's to run, or done by another. */
async function claim(
  records: Records,
  { _id, by }: { readonly _id: string; readonly by: string },
): Promise<'mine' | 'done'> {
  for (;;) {
    const found = await records.findOne({ _id });
    if (found !== null && found.doneAt !== null) return 'done';
    const seenAt = new Date();
    if (found === null) {
      const isMine = await records.insertOne({ _id, by, seenAt, doneAt: null }).then(
        () => true,
        (error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
          return false;
        },
      );
      if (isMine) return 'mine';
    } else if (found.seenAt.getTime() < seenAt.getTime() - SILENT_MS) {
      const taken = await records.updateOne(
        { _id, by: found.by, doneAt: null, seenAt: found.seenAt },
        { $set: { by, seenAt } },
      );
      if (taken.modifiedCount === 1) return 'mine';
    } else await sleep(LOOK_MS);
  }
}
