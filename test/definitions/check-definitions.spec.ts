import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Factor } from '@verbena/shared/rules/amount.js';
import type { Condition } from '@verbena/shared/rules/condition.js';
import type { Earning } from '@verbena/shared/rules/rule.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { collectSources } from '@verbena/server/programs/definition-source.port.js';
import { calendarPlaces } from '#support/calendar-places.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier } from '#support/small-program.js';

const problemsOf = (given: Partial<Definitions>) => {
  const definitions = aSmallProgram(given);
  // What a test plants must be wrong in its references, not in its shape.
  expect(Definitions.parse(definitions)).toEqual(definitions);
  return checkDefinitions(definitions, definitionCompilers).map(({ path, code }) => `${path.join('.')} ${code}`);
};
const when = (condition: Condition) => ({ rules: [aRule({ when: condition })] });
const earning = (factor: Factor) => ({
  rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [factor] } }] })],
});

const capped = (fields: readonly (string | undefined)[]): Earning => ({
  currency: 'puntos',
  amount: { product: [{ ratio: [1, 1] }] },
  cap: fields.map((by) => ({ per: 'day', times: 1, ...(by === undefined ? {} : { by }) })),
});

test('the preset shopping-centre is a valid set, in shape and in reference', () => {
  expect(Definitions.parse(shoppingCentre)).toEqual(shoppingCentre);
  expect(checkDefinitions(shoppingCentre, definitionCompilers)).toEqual([]);
  expect(problemsOf({})).toEqual([]);
});

/** A definition with that day in each place of the set that takes one: a place that is missing here fails the test below. */
const withDay: Readonly<Record<string, (day: string) => Partial<Definitions>>> = {
  'rules.0.boosts.0.from': (from) => ({ rules: [aRule({ boosts: [{ ...boost, from }] })] }),
  'rules.0.boosts.0.until': (until) => ({ rules: [aRule({ boosts: [{ ...boost, until }] })] }),
  'missions.0.goal.per.from': (from) => ({
    missions: [aMission({ goal: { kind: 'count', target: 2, per: { days: 14, from } } })],
  }),
  'missions.0.window.from': (from) => ({ missions: [aMission({ window: { from } })] }),
  'missions.0.window.until': (until) => ({ missions: [aMission({ window: { until } })] }),
  'badges.0.expires.until': (until) => ({ badges: [aBadge({ expires: { until } })] }),
};
const boost = { id: 'uno', name: { es: 'Uno' }, ratio: [2, 1] as [number, number] };

test('M1 every day of a definition is one that there is, in a year that somebody means', () => {
  const places = calendarPlaces(Definitions).map(({ path }) => path.join('.'));
  expect(places.sort()).toEqual(Object.keys(withDay).sort());
  for (const [place, make] of Object.entries(withDay)) {
    for (const day of ['2026-02-30', '2027-99-99', '0000-01-01', '9999-12-31'])
      expect(problemsOf(make(day))).toContain(`${place} definition.noSuchDay`);
    for (const day of ['1900-01-01', '2028-02-29', '2100-12-31']) expect(problemsOf(make(day))).toEqual([]);
  }
});

test('every text of the preset is there in es and in en', () => {
  const texts: unknown[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('es' in value || 'en' in value) texts.push(value);
    else Object.values(value).forEach(collect);
  };
  collect(shoppingCentre);
  expect(texts.length).toBeGreaterThan(60);
  for (const text of texts) expect(text).toEqual({ es: expect.any(String), en: expect.any(String) });
});

test.each<[string, Partial<Definitions>, string[]]>([
  ['two rules of one id', { rules: [aRule(), aRule()] }, ['rules.1.id definition.duplicateId']],
  [
    'an unknown activity',
    { rules: [aRule({ on: { activity: 'purchase' } })] },
    ['rules.0.on.activity definition.unknown.activityTypes'],
  ],
  [
    'an unknown mission',
    { rules: [aRule({ on: { mission: 'otra' } })] },
    ['rules.0.on.mission definition.unknown.missions'],
  ],
  ['an unknown tier', { rules: [aRule({ on: { tier: 'otra' } })] }, ['rules.0.on.tier definition.unknown.tiers']],
  [
    'an unknown currency',
    { rules: [aRule({ earn: [{ currency: 'euros', amount: { product: [{ ratio: [1, 1] }] } }] })] },
    ['rules.0.earn.0.currency definition.unknown.currencies'],
  ],
  ['an unknown boost', earning({ boost: 'feria' }), ['rules.0.earn.0.amount.product.0.boost definition.unknown.boost']],
  ['an unknown field', earning({ field: 'm' }), ['rules.0.earn.0.amount.product.0.field definition.unknown.field']],
  [
    'an amount of a text',
    earning({ field: 'shop' }),
    ['rules.0.earn.0.amount.product.0.field definition.fieldNotInteger'],
  ],
  [
    'an amount of personal data',
    earning({ field: 'age' }),
    ['rules.0.earn.0.amount.product.0.field definition.fieldPersonal'],
  ],
  [
    'a condition on an unknown field',
    when({ field: 'x', op: 'exists' }),
    ['rules.0.when.field definition.unknown.field'],
  ],
  ['a value of another type', when({ field: 'n', op: 'eq', value: 'x' }), ['rules.0.when.value definition.valueType']],
  [
    'deep inside a condition',
    when({ any: [{ field: 'n', op: 'exists' }, { not: { all: [{ badge: 'no-hay' }] } }] }),
    ['rules.0.when.any.1.not.all.0.badge definition.unknown.badges'],
  ],
  [
    'a count of an unknown activity',
    when({ count: { activity: 'nada', window: { days: 7 } }, op: 'gt', value: 1 }),
    ['rules.0.when.count.activity definition.unknown.activityTypes'],
  ],
  [
    'a sum of a text',
    when({ sum: { activity: 'visit', field: 'shop', window: { period: 'day' } }, op: 'gt', value: 1 }),
    ['rules.0.when.sum.field definition.fieldNotInteger'],
  ],
  [
    'an unknown tier in a condition',
    when({ tier: { atLeast: 'oro' } }),
    ['rules.0.when.tier definition.unknown.tiers'],
  ],
  [
    'a condition too deep to read',
    when({ not: { not: { not: { not: { not: { not: { field: 'n', op: 'exists' } } } } } } }),
    ['rules.0.when.not.not.not.not.not.not condition.tooDeep'],
  ],
  [
    'a field where no activity brings one',
    { missions: [aMission()], rules: [aRule({ on: { mission: 'mision' }, when: { field: 'n', op: 'exists' } })] },
    ['rules.0.when.field definition.fieldNeedsActivity'],
  ],
  [
    '#67 caps by what is not there, a list, personal data or deep inside, and two that count the same',
    {
      rules: [
        aRule({ earn: [capped(['x', 'items', 'guest'])] }),
        aRule({ id: 'otra', earn: [capped(['shop', undefined, 'shop'])] }),
        aRule({ id: 'una', earn: [{ ...capped([undefined]), cap: { per: 'day', times: 1, by: 'items' } }] }),
      ],
    },
    [
      'rules.0.earn.0.cap.0.by definition.unknown.field',
      'rules.0.earn.0.cap.1.by definition.fieldNotPlain',
      'rules.0.earn.0.cap.2.by definition.fieldPersonal',
      'rules.1.earn.0.cap.2 rule.sameCap',
      'rules.2.earn.0.cap.by definition.fieldNotPlain',
    ],
  ],
  [
    '#67 a cap by a field where no activity brings one',
    { missions: [aMission()], rules: [aRule({ on: { mission: 'mision' }, earn: [capped(['n'])] })] },
    ['rules.0.earn.0.cap.0.by definition.fieldNeedsActivity'],
  ],
  [
    'boosts that end before they start, or on no day, or twice',
    {
      rules: [
        aRule({
          boosts: [
            { id: 'uno', name: { es: 'Uno' }, ratio: [2, 1], from: '2026-02-02', until: '2026-02-01' },
            { id: 'uno', name: { es: 'Uno' }, ratio: [2, 1], from: '2026-02-30' },
          ],
        }),
      ],
    },
    [
      'rules.0.boosts.0.until definition.endsBeforeStart',
      'rules.0.boosts.1.id definition.duplicateId',
      'rules.0.boosts.1.from definition.noSuchDay',
    ],
  ],
  [
    'a mission that collects objects, or personal data',
    {
      missions: [
        aMission({ id: 'una', goal: { kind: 'distinct', field: 'items', target: 2, per: 'month' } }),
        aMission({ id: 'otra', goal: { kind: 'distinct', field: 'guest', target: 2, per: 'month' } }),
      ],
    },
    ['missions.0.goal.field definition.fieldNotSimple', 'missions.1.goal.field definition.fieldPersonal'],
  ],
  [
    'a mission that gives an unknown badge, or one that counts for itself',
    {
      missions: [aMission({ reward: { points: [], badges: ['otra', 'visitas'] } })],
      badges: [aBadge({ id: 'visitas', grant: { kind: 'count', activity: 'visit', target: 5 } })],
    },
    ['missions.0.reward.badges.0 definition.unknown.badges', 'missions.0.reward.badges.1 definition.badgeNotReward'],
  ],
  [
    'a badge of an unknown activity',
    { badges: [aBadge({ grant: { kind: 'count', activity: 'nada', target: 1 } })] },
    ['badges.0.grant.activity definition.unknown.activityTypes'],
  ],
  [
    '#77 a badge by what is not there, deep inside or personal, and one for each value that ends',
    {
      badges: [
        aBadge({ id: 'uno', grant: { kind: 'count', activity: 'visit', target: 1, by: 'x' } }),
        aBadge({ id: 'dos', grant: { kind: 'count', activity: 'visit', target: 1, by: 'items' } }),
        aBadge({ id: 'tres', grant: { kind: 'count', activity: 'visit', target: 1, by: 'age' } }),
        aBadge({ id: 'cuatro', grant: { kind: 'count', activity: 'nada', target: 1, by: 'shop' } }),
        aBadge({
          id: 'cinco',
          grant: { kind: 'count', activity: 'visit', target: 1, by: 'shop' },
          expires: { days: 9 },
        }),
      ],
    },
    [
      'badges.0.grant.by definition.unknown.field',
      'badges.1.grant.by definition.fieldNotPlain',
      'badges.2.grant.by definition.fieldPersonal',
      'badges.3.grant.activity definition.unknown.activityTypes',
      'badges.4.expires badge.apartExpires',
    ],
  ],
  ['a ladder that starts above nothing', { tiers: [aTier('plata', 500)] }, ['tiers.0.threshold definition.lowestTier']],
  [
    'a ladder that does not rise',
    { tiers: [aTier('socio', 0), aTier('plata', 500), aTier('oro', 500)] },
    ['tiers.2.threshold definition.tierOrder'],
  ],
  [
    'a tier by another calendar than its points',
    { tiers: [aTier('socio', 0, { zone: 'member' })] },
    ['tiers.0.zone definition.tierZone'],
  ],
  [
    'two calendars of one ladder',
    {
      currencies: [
        {
          id: 'puntos',
          rev: 1,
          name: { es: 'P' },
          unit: { one: { es: 'p' }, other: { es: 'p' } },
          expiry: { kind: 'never' },
          zone: 'program',
        },
        {
          id: 'otros',
          rev: 1,
          name: { es: 'O' },
          unit: { one: { es: 'o' }, other: { es: 'o' } },
          expiry: { kind: 'never' },
          zone: 'program',
        },
      ],
      tiers: [aTier('socio', 0), aTier('plata', 5, { currency: 'otros' })],
    },
    ['tiers.1.currency definition.tierCurrency'],
  ],
  [
    'a type of the house',
    {
      activityTypes: [
        ...aSmallProgram().activityTypes,
        { id: 'clock.struck', rev: 1, name: { es: 'Reloj' }, attributes: { type: 'object', properties: {} } },
      ],
    },
    ['activityTypes.1.id definition.reservedType'],
  ],
  [
    'attributes that cannot be',
    {
      activityTypes: [
        {
          id: 'visit',
          rev: 1,
          name: { es: 'Visita' },
          attributes: {
            type: 'object',
            required: ['zeta'],
            properties: {
              a: { type: 'integer', minimum: 2, maximum: 1 },
              b: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
              c: { type: 'integer', 'x-atMost': 'zeta' },
              d: { type: 'integer', 'x-atMost': 'd' },
            },
          },
        },
      ],
    },
    [
      'activityTypes.0.attributes.required.0 attribute.unknown',
      'activityTypes.0.attributes.properties.a attribute.noValueFits',
      'activityTypes.0.attributes.properties.b.items attribute.listOfLists',
      'activityTypes.0.attributes.properties.c.x-atMost attribute.noSuchWhole',
      'activityTypes.0.attributes.properties.d.x-atMost attribute.noSuchWhole',
    ],
  ],
  [
    'what the forum tells, in another form than it does (#67)',
    {
      activityTypes: [
        {
          id: 'forum.reply',
          rev: 1,
          name: { es: 'Respuesta' },
          attributes: {
            type: 'object' as const,
            required: ['post', 'length', 'mood'],
            properties: {
              post: { type: 'integer' as const },
              length: { type: 'integer' as const },
              mood: { type: 'string' as const },
            },
          },
        },
      ],
    },
    [
      'activityTypes.0.attributes.required.1 attribute.notTold',
      'activityTypes.0.attributes.required.2 attribute.notTold',
      'activityTypes.0.attributes.properties.post.type attribute.toldAs',
    ],
  ],
])('D1 %s is refused with its place', (_, given, problems) => {
  expect(problemsOf(given)).toEqual(problems);
});

/** Missions each of which sets off the next. */
function chain(length: number): ReturnType<typeof aMission>[] {
  return Array.from({ length }, (_, index) =>
    aMission({ id: `m${index}`, on: index === 0 ? { activity: 'visit' } : { mission: `m${index - 1}` } }),
  );
}

test('what sets off what is at most eight deep', () => {
  expect(problemsOf({ missions: chain(8) })).toEqual([]);
  expect(problemsOf({ missions: chain(9) })).toEqual(['missions.0.on definition.tooDeep']);
});

test('a circle is refused', () => {
  const circle = [aMission({ id: 'm0', on: { mission: 'm1' } }), aMission({ id: 'm1', on: { mission: 'm0' } })];
  expect(problemsOf({ missions: circle })).toEqual([
    'missions.0.on definition.tooDeep',
    'missions.1.on definition.tooDeep',
  ]);
});

test('a list of definitions has exactly one owner, or the server does not boot', () => {
  const sources = Object.values(definitionCompilers);
  expect(collectSources(sources)).toEqual(definitionCompilers);
  expect(() => collectSources(sources.slice(1))).toThrow('activityTypes must have one definition source and has 0.');
  expect(() => collectSources([...sources, definitionCompilers.tiers])).toThrow(
    'tiers must have one definition source and has 2.',
  );
});
