import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { JournalEntry } from './journal-entry.js';
import { withAbsorbed } from './merged-past.js';

const line = { currency: 'puntos', amount: 5, kind: 'pend', pocket: 'pending', ref: '1-1' } as PointsLine;
const given = { seq: 1, lines: [line], effects: [] };
const entry = (seq: number, more: object): JournalEntry =>
  ({
    seq,
    member: 'ben',
    at: '2026-11-01',
    lines: [],
    effects: [],
    facts: {},
    activity: { type: 'visit' },
    ...more,
  }) as unknown as JournalEntry;

test('#9 C5 K8 what a return of a joined account was told has the numbers and names that its entries have here', () => {
  const badge = { ...given, badge: 'insignia' };
  const remainder = { mission: 'mision', rev: 1, period: '2026-11', count: 0, completion: given, steps: [given] };
  const reversed = { ...given, missions: [remainder], badges: [badge], promotions: [{ ...given, tier: 'oro' }] };
  const theirs = [entry(1, { lines: [line] }), entry(2, { facts: { reversed } })];
  const absorbed = { type: 'member.absorbed', from: 'ben', seq: 3, refs: { '1-1': '7-1' } };
  const mine = entry(7, { member: 'ana', at: '2026-11-02', effects: [absorbed] });
  const [first, second] = withAbsorbed([mine], new Map([['ben', theirs]]));
  const here = { seq: -2, lines: [{ ...line, ref: '7-1' }], effects: [] };
  expect(first).toMatchObject(here);
  expect(second?.facts.reversed).toEqual({
    ...here,
    missions: [{ ...remainder, completion: here, steps: [here] }],
    badges: [{ ...here, badge: 'insignia' }],
    promotions: [{ ...here, tier: 'oro' }],
  });
});
