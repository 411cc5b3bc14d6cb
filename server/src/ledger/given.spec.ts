import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { LineKind, Pocket, PointsLine } from '@verbena/shared/ledger/points-line.js';
import { givenBy, takenBy } from './given.js';

function line(kind: LineKind, amount: number, pocket?: Pocket): PointsLine {
  const by = { kind: 'currency' as const, id: 'puntos', rev: 1 };
  const lot = { activated: '2026-11-20', expires: null };
  return { currency: 'puntos', amount, kind, by, lot, ...(pocket === undefined ? {} : { pocket }) };
}

const taken: Effect = { type: 'points.adjusted', currency: 'puntos', amount: -70, short: 20 };
const transfer = {
  transfer: '1-1',
  to: '01JD0000000000000000000000',
  currency: 'puntos',
  amount: 40,
  on: '2026-11-20',
};

const cases: [what: string, lines: PointsLine[], effects: Effect[], given: number | undefined][] = [
  ['what a rule gave', [line('earn', 30), line('earn', 12)], [], 42],
  ['what a rule gave for later', [line('pend', 30, 'pending')], [], 30],
  ['what was pending and is usable now', [line('activate', -30, 'pending'), line('earn', 30)], [], 30],
  ['what a debt took again', [line('earn', 30), line('repay', -30), line('repay', -30, 'owed')], [], 30],
  ['what came so late that it ended at once', [line('earn', 30), line('expire', -30)], [], undefined],
  ['an adjustment that gives', [line('adjust', 70)], [{ ...taken, amount: 70, short: 0 }], 70],
  ['an adjustment that takes, all that was asked for', [line('adjust', -50)], [taken], 70],
  [
    'what goes to another member',
    [line('send', -40), line('send', 40, 'transit')],
    [{ type: 'transfer.sent', ...transfer }],
    40,
  ],
  ['what is set aside', [line('hold', -40), line('hold', 40, 'held')], [], undefined],
  ['what is spent', [line('capture', -40, 'held')], [], undefined],
];

test.each(cases)('M3 a hand counts for %s', (_, lines, effects, given) => {
  expect(givenBy({ lines, effects })).toEqual(given === undefined ? {} : { puntos: given });
});

test('M3 a reversal gives a day back what it took, not what was left to the member or is owed because it was spent', () => {
  expect(takenBy({ lines: [line('forgive', 20), line('reverse', -50)] })).toEqual({ puntos: 30 });
  expect(takenBy({ lines: [line('owe', 20), line('owe', 20, 'owed'), line('reverse', -50)] })).toEqual({ puntos: 30 });
  expect(takenBy({ lines: [line('cancel', -50, 'pending')] })).toEqual({ puntos: 50 });
  expect(takenBy({ lines: [] })).toEqual({});
});
