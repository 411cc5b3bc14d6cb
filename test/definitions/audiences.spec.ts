import { Audience, testsOf } from '@verbena/shared/segments/audience.js';
import { type AudienceSubject, checkAudience, isIn } from '@verbena/server/segments/audience.js';
import { aCompiledProgram } from '#support/engine-run.js';
import { aBadge, aSmallProgram, aTier } from '#support/small-program.js';

const definitions = aSmallProgram({
  tiers: [aTier('base', 0), aTier('plata', 100), aTier('oro', 300)],
  badges: [aBadge({ id: 'primera' })],
  memberAttributes: [{ id: 'city', name: { es: 'Ciudad' }, schema: { type: 'string', 'x-compare': 'folded' } }],
});
const program = aCompiledProgram({ definitions, time: 'wall' });
const who = (given: Partial<AudienceSubject['state']> = {}, role: AudienceSubject['role'] = 'member') => ({
  role,
  program,
  state: { tier: held('base'), badges: {}, attributes: {}, ...given },
});
const held = (id: string) => ({ id, rev: 1, since: null, until: null });

test.each<[Audience, AudienceSubject, boolean]>([
  [{ tier: { atLeast: 'plata' } }, who(), false],
  [{ tier: { atLeast: 'plata' } }, who({ tier: held('plata') }), true],
  [{ tier: { atLeast: 'plata' } }, who({ tier: held('oro') }), true],
  [{ tier: { is: 'plata' } }, who({ tier: held('oro') }), false],
  // Who began before the program had tiers stands on the lowest.
  [{ tier: { atLeast: 'base' } }, who({ tier: null }), true],
  [{ tier: { atLeast: 'plata' } }, who({ tier: null }), false],
  // A tier that the program has no more is nobody's.
  [{ tier: { atLeast: 'platino' } }, who({ tier: held('oro') }), false],
  [{ badge: 'primera' }, who({ badges: { primera: { rev: 1, on: '2026-01-01' } } }), true],
  [{ badge: 'constructor' }, who(), false],
  [{ member: 'city', op: 'eq', value: '  MÁLAGA' }, who({ attributes: { city: 'málaga' } }), true],
  [{ member: 'city', op: 'missing' }, who(), true],
  [{ role: { atLeast: 'moderator' } }, who({}, 'member'), false],
  [{ role: { atLeast: 'moderator' } }, who({}, 'moderator'), true],
  [{ role: { atLeast: 'moderator' } }, who({}, 'owner'), true],
  [{ not: { tier: { atLeast: 'plata' } } }, who(), true],
  [{ all: [{ tier: { atLeast: 'plata' } }, { badge: 'primera' }] }, who({ tier: held('oro') }), false],
  [{ any: [{ tier: { atLeast: 'plata' } }, { badge: 'primera' }] }, who({ tier: held('oro') }), true],
])('#1 #2 #5 an audience %j', (audience, subject, expected) => {
  expect(Audience.parse(audience)).toEqual(audience);
  expect(isIn(audience, subject)).toBe(expected);
});

test('#2 an audience asks nothing of an activity', () => {
  for (const other of [
    { field: 'n', op: 'eq', value: 1 },
    { count: { activity: 'visit', window: { days: 1 } }, op: 'gte', value: 1 },
  ])
    expect(Audience.safeParse({ all: [other] }).success).toBe(false);
});

test('#2 what the program does not define is refused with its place', () => {
  const audience: Audience = {
    any: [
      { tier: { atLeast: 'bronce' } },
      { not: { badge: 'ninguna' } },
      { member: 'age', op: 'exists' },
      { role: { atLeast: 'moderator' } },
    ],
  };
  expect(checkAudience(definitions, audience, ['rights', 'read'])).toEqual([
    { path: ['rights', 'read', 'any', 0, 'tier'], code: 'definition.unknown.tiers', params: { id: 'bronce' } },
    {
      path: ['rights', 'read', 'any', 1, 'not', 'badge'],
      code: 'definition.unknown.badges',
      params: { id: 'ninguna' },
    },
    { path: ['rights', 'read', 'any', 2, 'member'], code: 'definition.unknown.memberAttribute', params: { id: 'age' } },
  ]);
  const deep = [1, 2, 3, 4, 5, 6].reduce<Audience>((inner) => ({ not: inner }), { badge: 'primera' });
  expect(checkAudience(definitions, deep, [])).toMatchObject([{ code: 'condition.tooDeep' }]);
});

test('#4 the tests of an audience with the way to each', () => {
  expect(testsOf({ all: [{ badge: 'a-b' }, { not: { tier: { is: 'oro' } } }] })).toEqual([
    { test: { badge: 'a-b' }, path: ['all', 0] },
    { test: { tier: { is: 'oro' } }, path: ['all', 1, 'not'] },
  ]);
});
