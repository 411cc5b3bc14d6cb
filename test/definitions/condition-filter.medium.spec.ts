import fc from 'fast-check';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Condition, FieldTest } from '@verbena/shared/rules/condition.js';
import { ulid } from 'ulid';
import { addDays, dayOf, periodKey } from '@verbena/server/engine/calendar.js';
import { compileCondition } from '@verbena/server/engine/compile-condition.js';
import { knownOf } from '@verbena/server/engine/compile-trigger.js';
import { filterOf } from '@verbena/server/engine/condition-filter.js';
import type { CompiledCounter } from '@verbena/server/engine/compiled-program.js';
import { comparedOf } from '@verbena/server/engine/field-values.js';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { Mongo } from '@verbena/server/platform/mongo/mongo.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `conditions_${ulid()}` }),
);

beforeAll(() => mongo.ready());
afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

const TODAY = '2026-11-25';
const LADDER = ['base', 'plata', 'oro'];
const thresholds = new Map(LADDER.map((id, place) => [id, place * 100]));
const word = fc.constantFrom('a', 'b', 'A', ' Ｂ');
const number = fc.integer({ min: -3, max: 3 });
const scalar = fc.oneof(word, number, fc.boolean());
const names = {
  fields: ['n', 'shop', 'isNew', 'tags', 'items.kind', 'items.n'],
  members: ['level', 'club', 'isStaff'],
};

const testOf = (key: 'field' | 'member', paths: readonly string[]) => {
  const at = fc.constantFrom(...paths).map((path) => ({ [key]: path }));
  return fc.oneof(
    fc.tuple(at, fc.constantFrom('eq', 'ne'), scalar).map(([path, op, value]) => ({ ...path, op, value })),
    fc
      .tuple(at, fc.constantFrom('gt', 'gte', 'lt', 'lte'), number)
      .map(([path, op, value]) => ({ ...path, op, value })),
    fc
      .tuple(at, fc.constantFrom('in', 'notIn'), fc.array(scalar, { minLength: 1, maxLength: 3 }))
      .map(([path, op, value]) => ({ ...path, op, value })),
    fc.tuple(at, fc.constantFrom('exists', 'missing')).map(([path, op]) => ({ ...path, op })),
  ) as unknown as fc.Arbitrary<FieldTest>;
};
const window = fc.oneof(
  fc.record({ days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ period: fc.constantFrom('day', 'week', 'month', 'year', 'ever') }),
);
const demand = { op: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'), value: fc.integer({ min: 0, max: 6 }) };
const leaf = fc.oneof(
  { weight: 4, arbitrary: testOf('field', names.fields) },
  { weight: 3, arbitrary: testOf('member', names.members) },
  { weight: 2, arbitrary: fc.record({ count: fc.record({ activity: fc.constant('visit'), window }), ...demand }) },
  {
    weight: 1,
    arbitrary: fc.record({
      sum: fc.record({ activity: fc.constant('visit'), field: fc.constant('n'), window }),
      ...demand,
    }),
  },
  { weight: 1, arbitrary: fc.record({ tier: fc.record({ atLeast: fc.constantFrom(...LADDER) }) }) },
  { weight: 1, arbitrary: fc.record({ tier: fc.record({ is: fc.constantFrom(...LADDER) }) }) },
  { weight: 1, arbitrary: fc.record({ badge: fc.constantFrom('fiel', 'nueva') }) },
) as unknown as fc.Arbitrary<Condition>;
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.record({ not: tie('tree') }),
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
})).tree;

const text = { type: 'string' } as const;
const folded = { ...text, 'x-compare': 'folded' } as const;
/** Some of the texts compare folded, some to the letter. */
const fields = {
  type: 'object',
  properties: {
    shop: folded,
    tags: { type: 'array', items: text },
    items: { type: 'array', items: { type: 'object', properties: { kind: folded } } },
  },
} as const;
const declared = {
  activityTypes: [{ id: 'visit', rev: 1, name: { es: 'Visita' }, attributes: fields }],
  memberAttributes: [{ id: 'club', name: { es: 'Club' }, schema: folded }],
};
const known = knownOf(declared);

/** What a counter holds: days around now, some periods that are over. */
const buckets = fc.dictionary(
  fc.constantFrom(TODAY, addDays(TODAY, -1), addDays(TODAY, -30), '2026-W48', '2026-W47', '2026-11', '2026', 'ever'),
  fc.integer({ min: 0, max: 4 }),
  { maxKeys: 5 },
);
const document = fc.record({
  attributes: fc.record(
    {
      n: number,
      shop: word,
      isNew: fc.boolean(),
      tags: fc.array(word, { maxLength: 3 }),
      items: fc.array(fc.record({ kind: word, n: number }, { requiredKeys: [] }), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
  known: fc.option(fc.record({ level: number, club: word, isStaff: fc.boolean() }, { requiredKeys: [] })),
  counted: fc.array(buckets, { minLength: 3, maxLength: 3 }),
  tier: fc.option(fc.constantFrom(...LADDER)),
  badges: fc.uniqueArray(fc.constantFrom('fiel', 'nueva')),
});

/** Those buckets that such a counter can have. */
function bucketsOf(
  counter: CompiledCounter | undefined,
  all: Readonly<Record<string, number>>,
): Record<string, number> {
  const period = counter?.bucket ?? 'day';
  const fits = (key: string): boolean =>
    period === 'day'
      ? key.length === 10
      : key === periodKey(dayOf(TODAY), period) || (period === 'week' && key.includes('W'));
  return Object.fromEntries(Object.entries(all).filter(([key]) => fits(key)));
}

test.each([1, 2_026])(
  'A2 L1 in memory and in the database, a condition holds of the same documents (seed %i)',
  async (seed) => {
    const [documents = []] = fc.sample(fc.array(document, { minLength: 120, maxLength: 120 }), { seed, numRuns: 1 });
    const conditions = fc.sample(condition, { seed, numRuns: 60 });
    const counters = new Map<string, CompiledCounter>();
    const scope = {
      zone: 'program' as const,
      attributes: fields,
      thresholds,
      declared,
      counters: { declare: (one: CompiledCounter) => void counters.set(one.id, one) },
    };
    const compiled = conditions.map((one) => compileCondition(one, scope));
    const ids = [...counters.keys()];
    const states = documents.map(({ known, counted, tier, badges }) => ({
      counters: Object.fromEntries(
        ids.map((id, place) => [id, bucketsOf(counters.get(id), counted[place % counted.length] ?? {})]),
      ),
      badges: Object.fromEntries(badges.map((badge) => [badge, { rev: 1, on: TODAY }])),
      tier: tier === null ? null : { id: tier, rev: 1, since: null, until: null },
      ...(known === null ? {} : { attributes: known }),
    }));
    const collection = mongo.collection<{ _id: number; activity: object; state: object }>(`documents_${seed}`);
    await collection.insertMany(
      documents.map(({ attributes }, place) => ({
        _id: place,
        activity: { attributes: comparedOf(fields, attributes) },
        state: { ...states[place], attributes: comparedOf(known, documents[place]?.known ?? undefined) },
      })),
    );
    const day = dayOf(TODAY);
    const today = { program: TODAY, member: TODAY };
    let found = 0;
    for (const [place, one] of conditions.entries()) {
      const wanted = documents.flatMap(({ attributes, tier }, index) => {
        // Conditions read these parts of a state and no other.
        const before = states[index] as unknown as MemberState;
        const held = tier === null ? null : { definition: { id: tier, threshold: thresholds.get(tier) ?? 0 } };
        const seen = { attributes, day: { program: day, member: day }, before, tier: held, counters: before.counters };
        return compiled[place]?.test(seen as unknown as Parameters<(typeof compiled)[0]['test']>[0]) ? [index] : [];
      });
      const filter = filterOf(one, {
        attributes: 'activity.attributes',
        fields,
        declared,
        state: 'state',
        zone: 'program',
        today,
        ladder: LADDER,
      });
      const rows = await collection.find(filter, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray();
      expect({ one, ids: rows.map(({ _id }) => _id) }).toEqual({ one, ids: wanted });
      found += wanted.length > 0 && wanted.length < documents.length ? 1 : 0;
    }
    // Most of them tell some documents from others: a law over nothing would hold too.
    expect(found).toBeGreaterThan(20);
  },
);
