import type * as z from 'zod/mini';
import { RunIdInput } from '#leaderboards/board.js';
import { InstantInput, isPeriod, LocalDateInput } from './given-time.js';
import { Instant, LocalDate } from './time.js';

const passes = (schema: z.ZodMiniType, text: string): boolean => schema.safeParse(text).success;
const codesOf = (schema: z.ZodMiniType, text: string): unknown[] =>
  (schema.safeParse(text).error?.issues ?? []).map((issue) =>
    issue.code === 'custom' ? issue.params?.['code'] : issue.code,
  );

test.each([
  ['2026-11-22', true],
  ['2028-02-29', true],
  ['2000-02-29', true],
  ['1900-01-01', true],
  ['2100-12-31', true],
  // Not leap years: no fourth year, and a hundredth that is no four hundredth.
  ['2026-02-29', false],
  ['1900-02-29', false],
  ['2100-02-29', false],
  ['2026-02-30', false],
  ['2026-04-31', false],
  ['2026-11-00', false],
  ['2026-00-22', false],
  ['2026-13-01', false],
  ['2027-99-99', false],
  // Years that nobody means.
  ['1899-12-31', false],
  ['2101-01-01', false],
  ['0000-01-01', false],
  ['9999-12-31', false],
])('M1 L18 %s is a day that somebody may give: %s', (day, isDay) => {
  expect(passes(LocalDateInput, day)).toBe(isDay);
  expect(passes(InstantInput, `${day}T10:00:00Z`)).toBe(isDay);
  expect(isPeriod(day)).toBe(isDay);
  if (!isDay)
    for (const [schema, text] of [
      [LocalDateInput, day],
      [InstantInput, `${day}T10:00:00Z`],
    ] as const)
      expect(codesOf(schema, text)).toEqual(['noSuchDay']);
  // What the books hold is read for ever.
  expect(passes(LocalDate, day)).toBe(true);
});

test.each([
  '',
  'mañana',
  '2026-1-1',
  '20261122',
  '+002026-11-22',
  '12026-11-22',
  '2026-11-22 ',
  '2026-11-22T00:00:00Z',
])('M1 %j is no day in form, which is all that is said of it', (text) => {
  expect(codesOf(LocalDateInput, text)).toEqual(['invalid_format']);
  expect(passes(LocalDate, text)).toBe(false);
});

test.each([
  ['2026-11-22T23:59:59Z', '2026-11-22T23:59:59.000Z'],
  ['2026-11-22T10:00:00.5Z', '2026-11-22T10:00:00.500Z'],
  // Of a longer fraction the milliseconds count, cut, not rounded.
  ['2026-11-22T10:00:00.123999999Z', '2026-11-22T10:00:00.123Z'],
  ['2026-11-22T00:30:00+14:00', '2026-11-21T10:30:00.000Z'],
  ['2026-11-22T10:00:00-09:30', '2026-11-22T19:30:00.000Z'],
  ['2026-11-22T10:00:00-00:00', '2026-11-22T10:00:00.000Z'],
  ['2028-02-29T23:00:00-02:00', '2028-03-01T01:00:00.000Z'],
])('L18 the moment %s is %s', (text, instant) => {
  expect(passes(InstantInput, text)).toBe(true);
  expect(new Date(text).toISOString()).toBe(instant);
  expect(passes(Instant, instant)).toBe(true);
});

test.each([
  '2026-11-22T24:00:00Z',
  '2026-11-22T25:00:00Z',
  '2026-11-22T10:60:00Z',
  // A leap second was at 23:59:60.
  '2016-12-31T23:59:60Z',
  '2026-11-22t10:00:00Z',
  '2026-11-22T10:00:00z',
  '2026-11-22 10:00:00Z',
  '2026-11-22T10:00Z',
  '2026-11-22T10:00:00',
  '2026-11-22T10:00:00.Z',
  '2026-11-22T10:00:00.1234567890Z',
  '2026-11-22T10:00:00+24:00',
  '2026-11-22T10:00:00+01:60',
  '2026-11-22T10:00:00+0100',
  '+002026-11-22T10:00:00Z',
  '-000001-11-22T10:00:00Z',
  '2026-11-22',
])('L18 %s is no moment in form', (text) => {
  expect(codesOf(InstantInput, text)).toEqual(['invalid_format']);
});

test('L18 an instant of ours comes back as it went', () => {
  for (const text of ['2026-02-30T10:00:00.000Z', '2026-11-22T24:00:00.000Z', '2026-11-22T10:00:00Z', 'x'])
    expect(passes(Instant, text)).toBe(false);
});

test.each([
  ['ever', true],
  ['2026', true],
  ['2026-12', true],
  ['2026-13', false],
  ['2026-00', false],
  // Years of 53 weeks begin or end on a Thursday.
  ['2026-W53', true],
  ['2020-W53', true],
  ['2024-W53', false],
  ['2025-W53', false],
  ['2026-W54', false],
  ['2026-W00', false],
  ['2026-W01', true],
  ['2026-02-30', false],
  ['1899', false],
  ['2101-W01', false],
  ['0000', false],
])('M1 %s is a run of boards that there can be: %s', (run, isThere) => {
  expect(passes(RunIdInput, run)).toBe(isThere);
  if (!isThere) expect(codesOf(RunIdInput, run)).toEqual(['noSuchDay']);
});
