import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { type AskedReading, READS_FILE } from '@verbena/server/platform/mongo/read-watch.js';

/** What stays short whatever a program grows to, so that reading all of it costs little. */
const SHORT: Readonly<Record<string, string>> = {
  programs: 'as many as there are companies here',
  lanes: 'at most 64',
  roots: 'one an hour, of which the latest are read',
  quarantine: 'what staff have to look at',
  reachedGoals: 'what all members together reached',
  undoPlans: 'what staff planned',
  backtests: 'what staff tried',
  sourceOutbox: 'what is on its way, and what was refused there',
  noticeOutbox: 'what is on its way',
  reconciliations: 'what was looked through, once a day',
};

/** Fields of which one value has much. */
const WIDE = ['program', 'shard', 'lane', 'status', 'board', 'list'];

/** What may be read in whole, each with why. */
const ALLOWED: Readonly<Record<string, string>> = {
  'members distinct {}': 'a migration, once',
  'members find {alias ?}': 'a migration, once',
  'users find {enrolments ?}': 'when staff look at what waits for an approval',
  'users find {_id ?, enrolments ?}': 'when staff look at what waits for an approval',
  'journal find {at <>, program, version}': 'once an undo, which reads the past of everybody',
  'journal find {facts.undone.plan, program}': 'once an undo, which reads the past of everybody',
  'memberStates find {program, shard} first by _id': 'a walk over everybody, shard by shard',
};

/**
 * What a server asked of its database that no index serves. The embedded one reads a whole collection as soon as a filter names a field
 * that the index has not, and for the first of many in an order, however few are wanted (`docs/decisions/0034`).
 */
export async function unservedReads(mongodbUri: string, database: string, dataDir: string): Promise<string[]> {
  const file = path.join(dataDir, READS_FILE);
  if (!existsSync(file)) return [];
  const readings = [...new Set(readFileSync(file, 'utf8').trim().split('\n'))].map(
    (line) => JSON.parse(line) as AskedReading,
  );
  const mongo = new Mongo(
    readConfig({ MONGODB_URI: mongodbUri, MONGODB_DATABASE: database, REDIS_URL: 'redis://unused' }),
  );
  await mongo.ready();
  try {
    const unserved: string[] = [];
    const indexes = new Map<string, string[][]>();
    for (const reading of readings) {
      const { collection } = reading;
      if (collection in SHORT) continue;
      const known = indexes.get(collection) ?? (await indexesOf(mongo, collection));
      indexes.set(collection, known);
      const sentence = sentenceOf(reading);
      if (!isServed(reading, known) && !(sentence in ALLOWED)) unserved.push(sentence);
    }
    return [...new Set(unserved)].toSorted();
  } finally {
    await mongo.onModuleDestroy();
  }
}

async function indexesOf(mongo: Mongo, collection: string): Promise<string[][]> {
  const found = await mongo
    .collection(collection)
    .listIndexes()
    .toArray()
    .catch(() => []);
  return found.map(({ key }) => Object.keys(key as object)).filter((keys) => keys.join(' ') !== '_id');
}

/** Whether the whole filter is an index's, or one of its fields alone leads to few: then the rest is looked at in what that finds. */
function isServed({ fields, firstBy }: AskedReading, indexes: readonly string[][]): boolean {
  if (fields['_id'] === '=') return true;
  const asked = Object.keys(fields);
  const isFirst = (name: string) => indexes.some(([first]) => first === name);
  if (asked.some((name) => name !== 'program' && fields[name] === '=' && isFirst(name))) return true;
  if (!indexes.some((keys) => asked.length > 0 && keys.slice(0, asked.length).every((name) => asked.includes(name))))
    return false;
  // Of a run the first are cheap only where it is said from where to where, or where it is that of one member.
  const isOnes = asked.some((name) => fields[name] === '=' && !WIDE.includes(name));
  return firstBy.length === 0 || isOnes || Object.values(fields).includes('<>');
}

function sentenceOf({ collection, command, fields, firstBy }: AskedReading): string {
  const asked = Object.entries(fields).map(([name, how]) => `${name}${how === '=' ? '' : ` ${how}`}`);
  return `${collection} ${command} {${asked.join(', ')}}${firstBy.length === 0 ? '' : ` first by ${firstBy.join(', ')}`}`;
}
