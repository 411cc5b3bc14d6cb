import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { Condition, type FieldTest } from '@verbena/shared/rules/condition.js';
import { dayOf } from './calendar.js';
import { compileCondition } from './compile-condition.js';
import { counterId, CounterCollection } from './compile-counter.js';
import type { CompiledTier } from './compiled-program.js';
import type { Seen } from './seen.js';

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

function seenOf(given: Partial<Seen> = {}): Seen {
  const day = dayOf('2017-02-10');
  return { attributes: {}, day: { program: day, member: day }, before: empty, tier: null, counters: {}, ...given };
}

function compile(condition: Condition) {
  const thresholds = new Map([
    ['socio', 0],
    ['plata', 500],
    ['oro', 1_500],
  ]);
  return compileCondition(condition, {
    zone: 'program',
    attributes: null,
    thresholds,
    declared: { activityTypes: [] },
    counters: new CounterCollection(),
  });
}

function aTier(id: string, threshold: number): CompiledTier {
  const definition = {
    id,
    rev: 1,
    name: { es: id },
    currency: 'puntos',
    threshold,
    percent: 100,
    benefits: [],
    zone: 'program',
  } as const;
  return { definition: { ...definition, benefits: [] }, also: null, lacks: () => [] };
}

const attributes = { n: 5, text: 'rojo', yes: true, items: [{ n: 1 }, { n: 9 }], none: [] };

test.each<[FieldTest, boolean]>([
  [{ field: 'n', op: 'eq', value: 5 }, true],
  [{ field: 'n', op: 'eq', value: 6 }, false],
  [{ field: 'n', op: 'ne', value: 6 }, true],
  [{ field: 'n', op: 'gt', value: 5 }, false],
  [{ field: 'n', op: 'gte', value: 5 }, true],
  [{ field: 'n', op: 'lt', value: 6 }, true],
  [{ field: 'n', op: 'lte', value: 4 }, false],
  [{ field: 'text', op: 'in', value: ['verde', 'rojo'] }, true],
  [{ field: 'text', op: 'notIn', value: ['verde'] }, true],
  [{ field: 'text', op: 'gt', value: 1 }, false],
  [{ field: 'yes', op: 'eq', value: true }, true],
  [{ field: 'items.n', op: 'gt', value: 8 }, true],
  [{ field: 'items.n', op: 'eq', value: 1 }, true],
  [{ field: 'items.n', op: 'ne', value: 1 }, false],
  [{ field: 'absent', op: 'exists' }, false],
  [{ field: 'absent', op: 'missing' }, true],
  [{ field: 'absent', op: 'ne', value: 1 }, true],
  [{ field: 'absent', op: 'lt', value: 1 }, false],
  [{ field: 'none', op: 'exists' }, false],
  [{ field: 'constructor', op: 'exists' }, false],
])('D1 %j is %s, and its negation the opposite', (test, holds) => {
  const seen = seenOf({ attributes });
  expect(compile(test).test(seen)).toBe(holds);
  expect(compile({ not: test }).test(seen)).toBe(!holds);
  expect(compile({ not: { not: test } }).test(seen)).toBe(holds);
});

test('D1 all, any and not nest', () => {
  const isFive: Condition = { field: 'n', op: 'eq', value: 5 };
  const isSix: Condition = { field: 'n', op: 'eq', value: 6 };
  const seen = seenOf({ attributes });
  expect(compile({ all: [isFive, { not: isSix }] }).test(seen)).toBe(true);
  expect(compile({ all: [isFive, isSix] }).test(seen)).toBe(false);
  expect(compile({ any: [isSix, isFive] }).test(seen)).toBe(true);
  expect(compile({ not: { any: [isSix, isFive] } }).test(seen)).toBe(false);
  expect(compile({ not: { all: [isSix, isFive] } }).test(seen)).toBe(true);
});

test('D4 what did not hold is told by the first test that failed, with the value seen and needed', () => {
  const seen = seenOf({ attributes });
  const small: Condition = { field: 'n', op: 'gte', value: 7 };
  expect(compile({ all: [{ field: 'yes', op: 'eq', value: true }, small] }).explain(seen)).toEqual([
    'field:n:gte',
    5,
    7,
  ]);
  expect(compile({ not: { field: 'n', op: 'eq', value: 5 } }).explain(seen)).toEqual(['field:n:not:eq', 5, 5]);
  expect(compile({ field: 'text', op: 'in', value: ['verde', 'azul'] }).explain(seen)).toEqual([
    'field:text:in',
    'rojo',
    'verde, azul',
  ]);
});

test('a personal field enters no receipt: only its outcome does', () => {
  const condition: Condition = { field: 'name', op: 'eq', value: 'Begoña' };
  const compiled = compileCondition(condition, {
    zone: 'program',
    attributes: { type: 'object', properties: { name: { type: 'string', 'x-personal': true } } },
    thresholds: new Map(),
    declared: { activityTypes: [] },
    counters: new CounterCollection(),
  });
  expect(compiled.explain(seenOf({ attributes: { name: 'Lucía' } }))).toEqual(['field:name:eq', null, null]);
});

test('D1 counts and sums read buckets of the calendar, and of rolling windows the days with today', () => {
  const perDay = counterId({ activity: 'purchase', bucket: 'day', zone: 'program' });
  const perMonth = counterId({ activity: 'purchase', field: 'totalMinor', bucket: 'month', zone: 'program' });
  const counters = {
    [perDay]: { '2017-02-03': 1, '2017-02-04': 2, '2017-02-10': 4, '2017-02-11': 8 },
    [perMonth]: { '2017-01': 500, '2017-02': 700 },
  };
  const seen = seenOf({ counters });
  const last7: Condition = { count: { activity: 'purchase', window: { days: 7 } }, op: 'gte', value: 7 };
  expect(compile(last7).test(seen)).toBe(false);
  expect(compile(last7).explain(seen)).toEqual(['count:gte', 6, 7]);
  const month: Condition = {
    sum: { activity: 'purchase', field: 'totalMinor', window: { period: 'month' } },
    op: 'eq',
    value: 700,
  };
  expect(compile(month).test(seen)).toBe(true);
  expect(compile(month).test(seenOf())).toBe(false);
});

test('G6 tier tests go by the ladder, badge tests by what is held before the decision', () => {
  const seen = seenOf({
    tier: aTier('plata', 500),
    before: { ...empty, badges: { exploradora: { rev: 1, on: '2017-01-01' } } },
  });
  expect(compile({ tier: { atLeast: 'plata' } }).test(seen)).toBe(true);
  expect(compile({ tier: { atLeast: 'oro' } }).test(seen)).toBe(false);
  expect(compile({ tier: { atLeast: 'oro' } }).explain(seen)).toEqual(['tier:atLeast', 'plata', 'oro']);
  expect(compile({ tier: { is: 'plata' } }).test(seen)).toBe(true);
  expect(compile({ badge: 'exploradora' }).test(seen)).toBe(true);
  expect(compile({ not: { badge: 'exploradora' } }).explain(seen)).toEqual(['badge:not', true, 'exploradora']);
});

test('counters are named by what they count, so that two definitions share one, and any store takes the name', () => {
  const ids = [
    counterId({ activity: 'purchase', bucket: 'ever', zone: 'member' }),
    counterId({ activity: 'purchase', bucket: 'ever', zone: 'program' }),
    counterId({ activity: 'coupon.redeemed', bucket: 'day', zone: 'program' }),
    counterId({ activity: 'purchase', field: 'departments.amountMinor', bucket: 'day', zone: 'program' }),
    counterId({
      activity: 'purchase',
      bucket: 'day',
      zone: 'program',
      where: { field: 'store', op: 'eq', value: '1' },
    }),
    counterId({
      activity: 'purchase',
      bucket: 'day',
      zone: 'program',
      where: { field: 'store', op: 'eq', value: '2' },
    }),
  ];
  expect(new Set(ids).size).toBe(5);
  expect(ids.every((id) => /^[A-Za-z0-9:_-]+$/.test(id))).toBe(true);
});

test('the language takes its own JSON and nothing else', () => {
  const good: Condition = { all: [{ any: [{ not: { field: 'n', op: 'in', value: [1, 'x'] } }] }, { badge: 'oro' }] };
  expect(Condition.parse(good)).toEqual(good);
  for (const bad of [
    {},
    { all: [] },
    { field: 'n', op: 'eq' },
    { field: 'n', op: 'like', value: 'x' },
    { field: 'a$b', op: 'exists' },
    { n: 1 },
    'n > 1',
  ]) {
    expect(Condition.safeParse(bad).success).toBe(false);
  }
});
