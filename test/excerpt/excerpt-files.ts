import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ExportedMember } from '@verbena/shared/ledger/ledger.routes.js';
import type { ExpectedMember } from '#support/complete-journey.js';
import * as z from 'zod/mini';

const FOLDER = fileURLToPath(new URL('../../seeds/complete-journey-excerpt/', import.meta.url));

/** All baskets and redemptions of sixty whole households. */
export const BASKETS = `${FOLDER}baskets.csv.gz`;
export const REDEMPTIONS = `${FOLDER}redemptions.csv`;
export const EXPECTED = `${FOLDER}expected.ndjson`;
export const ACTIVITIES = 2_313 + 54;

/** What each household must have, as another program computed it. */
export function readExpectedLines(): ExpectedMember[] {
  return readLines(EXPECTED).map((line): ExpectedMember => JSON.parse(line));
}

export function readExport(file: string): ExportedMember[] {
  return readLines(file).map((line) => z.parse(ExportedMember, JSON.parse(line)));
}

/** Compares every field that another program computed, household by household. */
export function expectSame(actual: readonly ExportedMember[], expected: readonly ExpectedMember[]): void {
  expect(actual.map(({ externalId }) => externalId)).toEqual(
    expected.map(({ externalId }) => externalId).toSorted((one, other) => Number(one) - Number(other)),
  );
  const byId = new Map(actual.map((member) => [member.externalId, member]));
  for (const member of expected) expect(byId.get(member.externalId)).toMatchObject(member);
}

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8').trim().split('\n');
}
