import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Row } from '@verbena/server/commands/import/row.js';

/** Half a year of real shopping, which lies beside a checkout when there is one; not part of the product. */
export const COMPLETE_JOURNEY = fileURLToPath(new URL('../../../shared/data/complete-journey/', import.meta.url));

export const hasCompleteJourney = existsSync(COMPLETE_JOURNEY);

export const readBaskets = (): Row[] => readRows('baskets-2017-h1.csv.gz');
export const readRedemptions = (): Row[] => readRows('coupon-redemptions-2017-h1.csv');

/** What each member must have, by another program's computation; only the fields that it states are compared. */
export interface ExpectedMember {
  readonly externalId: string;
  readonly earned: number;
  readonly earnedByYear: Readonly<Record<string, number>>;
  readonly tier: string;
  readonly badges: readonly string[];
  readonly missions: Readonly<Record<string, number>>;
  readonly purchases: number;
}

export function readExpected(): ExpectedMember[] {
  return readText('expected-plaza-h1.ndjson.gz')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): ExpectedMember => JSON.parse(line));
}

function readRows(name: string): Row[] {
  return parse(readText(name), { columns: true, skip_empty_lines: true });
}

function readText(name: string): string {
  const bytes = readFileSync(COMPLETE_JOURNEY + name);
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
