import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { fold } from './fold.js';

const empty: MemberState = {
  seq: 0,
  newestOccurredAt: null,
  balances: {},
  lots: {},
  earned: {},
  counters: {},
  caps: {},
  missions: {},
  badges: {},
  tier: null,
};

function entry(seq: number, occurredAt: string, effects: Effect[], lines: PointsLine[] = []) {
  return { seq, activity: { occurredAt }, lines, effects };
}

function aLine(amount: number, activated = '2017-02-07', expires: string | null = '2018-02-08'): PointsLine {
  const kind = amount > 0 ? 'earn' : 'expire';
  return { currency: 'puntos', amount, kind, by: { kind: 'rule', id: 'compra', rev: 1 }, lot: { activated, expires } };
}

test('entries follow one another without gaps, or the fold says so', () => {
  const one = fold(empty, entry(1, '2017-02-07T10:00:00.000Z', []));
  expect(() => fold(one, entry(3, '2017-02-07T10:00:00.000Z', []))).toThrow('Entry 3 does not follow on state 1.');
  expect(() => fold(one, entry(1, '2017-02-07T10:00:00.000Z', []))).toThrow();
});

test('C9 nothing is taken that is not there', () => {
  expect(() => fold(empty, entry(1, '2017-02-07T10:00:00.000Z', [], [aLine(-1)]))).toThrow('would become -1');
  const some = fold(empty, entry(1, '2017-02-07T10:00:00.000Z', [], [aLine(5), aLine(5, '2017-02-08', '2018-02-09')]));
  expect(() => fold(some, entry(2, '2017-02-07T10:00:00.000Z', [], [aLine(-6)]))).toThrow('fall below zero');
  expect(() => fold(some, entry(2, '2017-02-07T10:00:00.000Z', [], [aLine(-1, '2017-02-09', '2018-02-10')]))).toThrow(
    'no lot',
  );
});

test('C3 lots stand soonest expiry first, of equal expiry oldest first, what never ends last', () => {
  const lines = [
    aLine(1, '2017-01-01', null),
    aLine(2, '2017-03-01', '2018-03-02'),
    aLine(3, '2016-02-29', '2017-03-01'),
    aLine(4, '2016-02-28', '2017-03-01'),
    aLine(5, '2016-12-01', null),
  ];
  const { lots } = fold(empty, entry(1, '2017-03-01T10:00:00.000Z', [], lines));
  expect(lots['puntos']?.map(({ amount }) => amount)).toEqual([4, 3, 2, 5, 1]);
});

test('the newest moment stays the newest when a late entry comes', () => {
  const newer = fold(empty, entry(1, '2017-02-07T10:00:00.000Z', []));
  expect(fold(newer, entry(2, '2017-01-07T10:00:00.000Z', [])).newestOccurredAt).toBe('2017-02-07T10:00:00.000Z');
});

test('B5 buckets are forgotten only once nothing within 400 days can reach them; what has no end stays', () => {
  const effects: Effect[] = [
    { type: 'counter.added', counter: 'c', bucket: '2017-01-05', amount: 1 },
    { type: 'counter.added', counter: 'c', bucket: 'ever', amount: 1 },
    { type: 'cap.used', rule: 'r', cap: 'r', period: '2017-01', times: 1, points: 1, left: null },
    { type: 'mission.progressed', mission: 'm', rev: 1, period: '2017-01', progress: 1, target: 9 },
    { type: 'mission.progressed', mission: 's', rev: 1, period: '2017-W01', progress: 1, target: 4, week: '2017-W01' },
  ];
  const first = fold(empty, entry(1, '2017-01-05T10:00:00.000Z', effects));
  const within = fold(first, entry(2, '2018-02-09T10:00:00.000Z', []));
  expect(within.counters).toEqual(first.counters);
  expect(within.caps).toEqual(first.caps);
  expect(within.missions).toEqual(first.missions);
  const beyond = fold(within, entry(3, '2018-05-01T10:00:00.000Z', []));
  expect(beyond.counters).toEqual({ c: { ever: 1 } });
  expect(beyond.caps).toEqual({ r: {} });
  expect(beyond.missions).toEqual({
    m: { completions: 0, periods: {}, weeks: {} },
    s: { completions: 0, periods: {}, weeks: {} },
  });
  expect(within.counters).toEqual(first.counters);
});

test('B5 E6 free weeks beyond 400 days stay while a late activity could still join them; others go', () => {
  const weeks = ['2016-W48', '2016-W50', '2016-W51', '2016-W52', '2017-W01'];
  const effects = weeks.map((week): Effect => ({
    type: 'mission.progressed',
    mission: 's',
    rev: 1,
    period: week,
    progress: 1,
    target: 9,
    week,
  }));
  const marked = fold(empty, entry(1, '2017-01-05T10:00:00.000Z', effects));
  // 402 days before 12 February 2018 lies Friday of 2017-W01.
  const later = fold(marked, entry(2, '2018-02-12T10:00:00.000Z', []));
  expect(Object.keys(later.missions['s']?.weeks ?? {})).toEqual(['2016-W50', '2016-W51', '2016-W52', '2017-W01']);
  const gone = fold(later, entry(3, '2018-06-12T10:00:00.000Z', []));
  expect(gone.missions['s']?.weeks).toEqual({});
});

test('state.extended fills new counters and drops those that are no longer kept', () => {
  const counted = fold(
    empty,
    entry(1, '2017-02-07T10:00:00.000Z', [{ type: 'counter.added', counter: 'old', bucket: 'ever', amount: 3 }]),
  );
  const effect: Effect = { type: 'state.extended', counters: { fresh: { '2017-02': 2 }, none: {} }, dropped: ['old'] };
  expect(fold(counted, entry(2, '2017-02-07T10:00:00.000Z', [effect])).counters).toEqual({
    fresh: { '2017-02': 2 },
    none: {},
  });
  expect(counted.counters).toEqual({ old: { ever: 3 } });
});

test('C10 state.repaired puts everything right but the number of the entry', () => {
  const wrong = fold(empty, entry(1, '2017-02-07T10:00:00.000Z', [], [aLine(5)]));
  const right: MemberState = { ...wrong, balances: { puntos: 4 } };
  const repaired = fold(wrong, entry(2, '2017-02-07T10:00:00.000Z', [{ type: 'state.repaired', state: right }]));
  expect(repaired).toEqual({ ...right, seq: 2 });
});
