import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import { netOf, pendingOf } from './entry-view.js';

const by = { kind: 'rule', id: 'compra', rev: 1 } as const;
const lot = { activated: '2026-11-26', expires: null };
const line = (amount: number, more: object = {}): EntryRecorded['lines'][number] => ({
  ...{ currency: 'puntos', amount, kind: 'earn', by, lot },
  ...more,
});

test('C3 points that wait count apart from those that can be used, and each currency for itself', () => {
  const waiting = {
    lines: [line(50, { kind: 'pend', pocket: 'pending', ref: '1-1' }), line(7, { currency: 'estrellas' })],
  };
  expect([netOf(waiting, 'puntos'), pendingOf(waiting, 'puntos'), netOf(waiting, 'estrellas')]).toEqual([0, 50, 7]);
  const usable = { lines: [line(50), line(-50, { kind: 'activate', pocket: 'pending', ref: '1-1' })] };
  expect([netOf(usable, 'puntos'), pendingOf(usable, 'puntos')]).toEqual([50, -50]);
});
