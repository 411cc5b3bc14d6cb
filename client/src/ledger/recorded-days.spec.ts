import { Format } from '@verbena/shared/words/format.js';
import { otherDay, recordedDays } from './recorded-days.js';

const format = new Format('es', 'Europe/Madrid');
const entry = (seq: number, at: string, occurredAt = at) => ({ seq, at, cause: { occurredAt } });

test('#21 a journal in which everything was recorded on its day needs no days above it', () => {
  const entries = [entry(2, '2026-11-29T10:00:00.000Z'), entry(1, '2026-11-28T10:00:00.000Z')];
  expect(recordedDays(entries, format)).toEqual(new Map());
});

test('#21 what came later stands below the day on which it came, and the day after it says where that ends', () => {
  const entries = [
    entry(6, '2026-11-30T10:00:00.000Z'),
    entry(5, '2026-11-29T12:00:00.000Z', '2026-11-04T10:00:00.000Z'),
    entry(4, '2026-11-29T11:00:00.000Z'),
    entry(3, '2026-11-27T10:00:00.000Z'),
    entry(2, '2026-11-24T10:00:00.000Z'),
  ];
  expect(recordedDays(entries, format)).toEqual(
    new Map([
      [5, '29 de noviembre de 2026'],
      [3, '27 de noviembre de 2026'],
    ]),
  );
});

test('#21 the day is the program’s, not that of UTC', () => {
  expect(otherDay('2026-11-28T23:30:00.000Z', '2026-11-29T08:00:00.000Z', format)).toBeUndefined();
  expect(otherDay('2026-11-28T22:30:00.000Z', '2026-11-29T08:00:00.000Z', format)).toBe('2026-11-28');
});
