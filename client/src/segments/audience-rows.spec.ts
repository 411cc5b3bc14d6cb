import type { Audience } from '@verbena/shared/segments/audience.js';
import { audienceOf, type AudienceRow, rowsOf } from './audience-rows.js';

const attributes = [
  { id: 'city', schema: { type: 'string' as const } },
  { id: 'visits', schema: { type: 'integer' as const } },
  { id: 'vip', schema: { type: 'boolean' as const } },
];

test.each<Audience>([
  { tier: { atLeast: 'plata' } },
  { not: { tier: { is: 'oro' } } },
  { role: { atLeast: 'moderator' } },
  { all: [{ badge: 'primera' }, { not: { segment: 'prensa' } }, { member: 'city', op: 'eq', value: 'Málaga' }] },
  {
    any: [
      { member: 'visits', op: 'gte', value: -3 },
      { member: 'vip', op: 'eq', value: false },
    ],
  },
  {
    all: [
      { member: 'visits', op: 'lte', value: 3 },
      { member: 'city', op: 'missing' },
    ],
  },
  { all: [{ not: { member: 'visits', op: 'gte', value: 3 } }, { member: 'city', op: 'ne', value: 'Jaén' }] },
])('#2 what rows can show comes back as it was: %j', (audience) => {
  const rows = rowsOf(audience, attributes);
  expect(rows && audienceOf(rows, attributes)).toEqual(audience);
});

test.each<[Audience, Audience]>([
  [{ not: { member: 'city', op: 'exists' } }, { member: 'city', op: 'missing' }],
  [{ not: { member: 'city', op: 'ne', value: 'Málaga' } }, { member: 'city', op: 'eq', value: 'Málaga' }],
  [{ all: [{ badge: 'primera' }] }, { badge: 'primera' }],
])('#2 what says the same is written in one way: %j', (audience, expected) => {
  const rows = rowsOf(audience, attributes);
  expect(rows && audienceOf(rows, attributes)).toEqual(expected);
});

test.each<Audience>([
  { all: [{ badge: 'primera' }, { any: [{ badge: 'una' }, { badge: 'otra' }] }] },
  { not: { all: [{ badge: 'una' }, { badge: 'otra' }] } },
  { member: 'city', op: 'in', value: ['Málaga', 'Jaén'] },
  { member: 'gone', op: 'exists' },
  { member: 'visits', op: 'gte', value: 1.5 },
])('#2 of what rows cannot show nothing is shown: %j', (audience) => {
  expect(rowsOf(audience, attributes)).toBeNull();
});

test.each<Partial<AudienceRow>>([
  { kind: 'badge', of: '', test: 'has' },
  { kind: 'member', of: 'city', test: 'eq', value: '  ' },
  { kind: 'member', of: 'visits', test: 'gte', value: 'muchas' },
  { kind: 'member', of: 'vip', test: 'eq', value: '' },
])('#2 while something is missing there is no audience: %j', (row) => {
  const whole: AudienceRow = { kind: 'badge', of: 'primera', test: 'has', not: false, value: '' };
  expect(audienceOf({ join: 'all', rows: [whole, { ...whole, ...row }] }, attributes)).toBeUndefined();
  expect(audienceOf({ join: 'all', rows: [] }, attributes)).toBeUndefined();
});
