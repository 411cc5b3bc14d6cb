import { type Counter, followTerms, type LanePortion, planPortion } from './portions.js';

const terms = { limit: 100, version: 1, whenShort: 'nothing' } as const;
const counter: Counter = { limit: 100, version: 1, left: 100, over: 0 };
const lanes = (first: number, second: number): LanePortion[] => [
  { lane: '2.0', left: first, inHand: 0 },
  { lane: '2.1', left: second, inHand: 0 },
];

test('C8 a lane takes half of its even share, or what it needs, from what nobody has', () => {
  expect(planPortion(null, [], '2.0', { least: 1 }, terms)).toEqual({
    counter: { from: null, to: { ...counter, left: 75 } },
    portions: [{ lane: '2.0', from: null, left: 25, inHand: 1 }],
    answer: { left: 25, isAll: false, isHeld: false },
  });
  expect(planPortion(counter, lanes(3, 0), '2.0', { least: 60 }, terms)).toMatchObject({
    counter: { from: counter, to: { left: 43 } },
    portions: [{ lane: '2.0', from: 3, left: 60, inHand: 60 }],
  });
});

test('C8 portions shrink to 1 near the end, and all of it is given out', () => {
  let [left, taken] = [100, 0];
  const sizes: number[] = [];
  while (left > 0) {
    const { to } = planPortion({ ...counter, left }, lanes(0, 0), '2.0', { least: 1 }, terms).counter;
    sizes.push(left - to.left);
    taken += left - to.left;
    left = to.left;
  }
  expect(taken).toBe(100);
  expect(sizes.at(0)).toBe(25);
  expect(sizes.slice(-4)).toEqual([1, 1, 1, 1]);
});

test('C8 a lane that is short takes from another one, whoever led it', () => {
  const empty = { ...counter, left: 0 };
  expect(planPortion(empty, lanes(0, 9), '2.0', { least: 1 }, terms)).toMatchObject({
    counter: { from: empty, to: empty },
    portions: [
      { lane: '2.1', from: 9, left: 4, inHand: 0 },
      { lane: '2.0', from: 0, left: 5, inHand: 1 },
    ],
    answer: { left: 5, isAll: false, isHeld: false },
  });
  const gone = [...lanes(0, 0), { lane: '4.3', left: 1, inHand: 0 }];
  expect(planPortion(empty, gone, '2.0', { least: 1 }, terms).answer).toMatchObject({ left: 1, isAll: false });
});

test('C8 where all together is too little, it is moved only where a part is of use', () => {
  const low = { ...counter, left: 4 };
  expect(planPortion(low, lanes(1, 5), '2.0', { least: 11 }, terms)).toEqual({
    counter: { from: low, to: low },
    portions: [],
    answer: { left: 1, isAll: true, isHeld: false },
  });
  expect(planPortion(low, lanes(1, 5), '2.0', { least: 11 }, { ...terms, whenShort: 'partial' })).toMatchObject({
    counter: { to: { left: 0 } },
    answer: { left: 10, isAll: true },
  });
});

test('C8 what another lane’s group has in hand is not taken from under it, but of one that stays away', () => {
  const empty = { ...counter, left: 0 };
  const busy = [{ lane: '2.1', left: 9, inHand: 8 }];
  expect(planPortion(empty, busy, '2.0', { least: 1 }, terms).answer).toEqual({ left: 1, isAll: false, isHeld: false });
  expect(planPortion(empty, busy, '2.0', { least: 2 }, terms)).toMatchObject({
    portions: [],
    answer: { left: null, isAll: false, isHeld: true },
  });
  expect(planPortion(empty, busy, '2.0', { least: 2, isForced: true }, terms).answer.left).toBe(5);
  // However the other group ends, ten are not there.
  expect(planPortion(empty, busy, '2.0', { least: 10 }, terms).answer).toMatchObject({ isAll: true, isHeld: false });
  const partial = { ...terms, whenShort: 'partial' } as const;
  expect(planPortion(empty, busy, '2.0', { least: 10 }, partial).answer).toMatchObject({ isAll: false, isHeld: true });
});

test('C8 a raised limit leaves more, a lowered one less but never what is out already; an older version changes nothing', () => {
  const low = { ...counter, left: 20 };
  expect(followTerms(low, { ...terms, limit: 150, version: 2 })).toEqual({ limit: 150, version: 2, left: 70, over: 0 });
  expect(followTerms(low, { ...terms, limit: 90, version: 2 })).toEqual({ limit: 90, version: 2, left: 10, over: 0 });
  const over = followTerms(low, { ...terms, limit: 50, version: 2 });
  expect(over).toEqual({ limit: 50, version: 2, left: 0, over: 30 });
  expect(followTerms(over, { ...terms, limit: 100, version: 3 })).toEqual({
    limit: 100,
    version: 3,
    left: 20,
    over: 0,
  });
  expect(followTerms(over, { ...terms, limit: 999, version: 1 })).toBe(over);
});
