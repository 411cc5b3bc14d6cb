import { Audience, testsOf } from '@verbena/shared/segments/audience.js';
import { type AudienceSubject, checkAudience, isIn, segmentsOf } from '@verbena/server/segments/audience.js';
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
  segments: new Set(['socias-de-honor']),
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
  [{ segment: 'socias-de-honor' }, who(), true],
  [{ segment: 'archivadas' }, who(), false],
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
      { segment: 'socias-de-honor' },
      { segment: 'archivadas' },
    ],
  };
  const known = { definitions, segments: new Set(['socias-de-honor']) };
  expect(checkAudience(known, audience, ['rights', 'read'])).toEqual([
    { path: ['rights', 'read', 'any', 0, 'tier'], code: 'definition.unknown.tiers', params: { id: 'bronce' } },
    {
      path: ['rights', 'read', 'any', 1, 'not', 'badge'],
      code: 'definition.unknown.badges',
      params: { id: 'ninguna' },
    },
    { path: ['rights', 'read', 'any', 2, 'member'], code: 'definition.unknown.memberAttribute', params: { id: 'age' } },
    { path: ['rights', 'read', 'any', 5, 'segment'], code: 'segment.unknown', params: { id: 'archivadas' } },
  ]);
  const deep = [1, 2, 3, 4, 5, 6].reduce<Audience>((inner) => ({ not: inner }), { badge: 'primera' });
  expect(checkAudience(known, deep, [])).toMatchObject([{ code: 'condition.tooDeep' }]);
});

test('#2 the condition of a segment names no segment', () => {
  const nested: Audience = { all: [{ badge: 'primera' }, { not: { segment: 'socias-de-honor' } }] };
  expect(checkAudience({ definitions, segments: null }, nested, ['condition'])).toEqual([
    { path: ['condition', 'all', 1, 'not', 'segment'], code: 'segment.nested' },
  ]);
});

test('#2 #5 somebody belongs to the lists that it stands on and the conditions that it fulfils', () => {
  const segments = [
    { slug: 'plata', condition: { tier: { atLeast: 'plata' } } },
    { slug: 'oro', condition: { tier: { atLeast: 'oro' } } },
    { slug: 'invitadas', condition: null },
    { slug: 'prensa', condition: null },
  ];
  // A list that is not in use any more is no segment.
  const lists = new Set(['prensa', 'archivadas']);
  expect([...segmentsOf(segments, lists, who({ tier: held('plata') }))]).toEqual(['plata', 'prensa']);
});

test('#4 the tests of an audience with the way to each', () => {
  expect(testsOf({ all: [{ badge: 'a-b' }, { not: { tier: { is: 'oro' } } }] })).toEqual([
    { test: { badge: 'a-b' }, path: ['all', 0] },
    { test: { tier: { is: 'oro' } }, path: ['all', 1, 'not'] },
  ]);
});
