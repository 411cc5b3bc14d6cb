import type { JournalEntry } from './journal-entry.js';
import { versionOf } from './reversal.js';

const interval = { from: '2026-11-01T00:00:00.000Z', until: '2026-11-02T00:00:00.000Z' };
const at = '2026-11-01T10:00:00.000Z';
const entry = (member: string, facts: object = {}) => ({ member, version: 2, at, facts }) as JournalEntry;
const correction = (member: string) => entry(member, { undone: { version: 2, instead: 1, ...interval } });

test('K8 an entry stands under what its own account’s undo put in the place of its version, not another’s that was joined', () => {
  const bought = entry('ana');
  expect(versionOf(bought, [bought, correction('ana')])).toBe(1);
  expect(versionOf(bought, [bought, correction('ben')])).toBe(2);
});
