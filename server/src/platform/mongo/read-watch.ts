import { appendFileSync } from 'node:fs';
import type mongoose from 'mongoose';

/** Where the kinds of reading stand, in the data folder of a server that is under test. */
export const READS_FILE = 'reads.jsonl';

/** The fields that a filter names, each with how: `=` one value or some, `<>` from where to where, `?` anything else. */
export type AskedFields = Readonly<Record<string, '=' | '<>' | '?'>>;

/** One kind of reading: what is asked of which collection. */
export interface AskedReading {
  readonly collection: string;
  readonly command: string;
  readonly fields: AskedFields;
  /** The order in which the first so many are wanted; empty where all are, or only one. */
  readonly firstBy: readonly string[];
}

/**
 * Only in tests: writes each kind of reading that the server asks for, once, as a line of JSON, so that a test can hold it against
 * the indexes (`test/support/unserved-reads.ts`).
 */
export function watchReads(client: mongoose.mongo.MongoClient, file: string): void {
  const known = new Set<string>();
  client.on('commandStarted', ({ commandName, command }) => {
    for (const reading of readingsOf(commandName, command as Command)) {
      const line = JSON.stringify(reading);
      if (known.has(line)) continue;
      known.add(line);
      appendFileSync(file, `${line}\n`);
    }
  });
}

type Filter = Readonly<Record<string, unknown>>;
type Command = Readonly<Record<string, unknown>> & {
  readonly filter?: Filter;
  readonly query?: Filter;
  readonly updates?: readonly { readonly q: Filter }[];
  readonly deletes?: readonly { readonly q: Filter }[];
  readonly pipeline?: readonly { readonly $match?: Filter }[];
  readonly sort?: ReadonlyMap<string, unknown> | Filter;
  readonly limit?: number;
};

const FILTERS: Readonly<Record<string, (command: Command) => readonly (Filter | undefined)[]>> = {
  find: ({ filter }) => [filter],
  distinct: ({ query }) => [query],
  findAndModify: ({ query }) => [query],
  aggregate: ({ pipeline }) => [pipeline?.[0]?.$match],
  update: ({ updates = [] }) => updates.map(({ q }) => q),
  delete: ({ deletes = [] }) => deletes.map(({ q }) => q),
};

function readingsOf(name: string, command: Command): AskedReading[] {
  const { sort = {}, limit = 0 } = command;
  const order = sort instanceof Map ? [...sort.keys()].map(String) : Object.keys(sort);
  return (FILTERS[name]?.(command) ?? []).map((filter = {}) => ({
    collection: String(command[name]),
    command: name,
    fields: Object.fromEntries(Object.entries(fieldsOf(filter)).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    firstBy: limit > 1 ? order : [],
  }));
}

function fieldsOf(filter: Filter): AskedFields {
  const fields: Record<string, '=' | '<>' | '?'> = {};
  for (const [name, value] of Object.entries(filter)) {
    if (name === '$and') for (const part of value as Filter[]) Object.assign(fields, fieldsOf(part));
    else fields[name] = howOf(value);
  }
  return fields;
}

function howOf(value: unknown): '=' | '<>' | '?' {
  if (value === null) return '?';
  if (typeof value !== 'object' || value instanceof Date || '_bsontype' in value) return '=';
  const operators = Object.keys(value);
  if (!operators.some((one) => one.startsWith('$'))) return '=';
  if (operators.length === 1 && ['$eq', '$in'].includes(operators[0] ?? '')) return '=';
  return ['$gt', '$lt'].every((end) => operators.some((one) => one.startsWith(end))) ? '<>' : '?';
}
