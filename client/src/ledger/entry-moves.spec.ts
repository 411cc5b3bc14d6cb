import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import { balanceShownOf, movedOf } from './entry-moves.js';

const by = { kind: 'rule', id: 'compra', rev: 1 } as const;
const lot = { activated: '2026-11-26', expires: null };
const line = (amount: number, more: object = {}): EntryRecorded['lines'][number] => ({
  ...{ currency: 'puntos', amount, kind: 'earn', by, lot },
  ...more,
});

test('C3 what an entry moved: each currency for itself, and what just became usable once', () => {
  const both = { lines: [line(7), line(5, { currency: 'chispas', kind: 'pend', pocket: 'pending', ref: '1-1' })] };
  expect(movedOf(both)).toEqual([
    { currency: 'puntos', net: 7, pending: 0 },
    { currency: 'chispas', net: 0, pending: 5 },
  ]);
  expect(balanceShownOf(both, 'puntos')).toBe('puntos');
  expect(balanceShownOf({ lines: both.lines.slice(1) }, 'puntos')).toBe('chispas');
  expect(balanceShownOf({ lines: [] }, 'puntos')).toBe('puntos');
  const usable = { lines: [line(50), line(-50, { kind: 'activate', pocket: 'pending', ref: '1-1' })] };
  expect(movedOf(usable)).toEqual([{ currency: 'puntos', net: 50, pending: 0 }]);
  const takenBack = { lines: [line(-50, { kind: 'reverse', pocket: 'pending', ref: '1-1' })] };
  expect(movedOf(takenBack)).toEqual([{ currency: 'puntos', net: 0, pending: -50 }]);
  expect(movedOf({ lines: [line(3), line(-3)] })).toEqual([]);
});
