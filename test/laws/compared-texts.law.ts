import fc from 'fast-check';
import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import { foldedText } from '@verbena/shared/platform/folded-text.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { FieldTest } from '@verbena/shared/rules/condition.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { seedsOf } from '#support/seeds.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from '#support/small-program.js';

const seeds = seedsOf('compared texts');
const name = { es: 'Nombre' };

/** Three words, each as several tills would send it. */
const spelled = fc
  .tuple(fc.constantFrom('Jardín', 'Straße', 'Ropa de niño'), fc.constantFrom('', ' ', '\u00A0'), fc.nat(4))
  .map(([word, around, how]) => {
    const forms = [word, word.toUpperCase(), word.normalize('NFD'), word.replace(' ', '  \t'), `\u200B${word}`];
    return `${around}${forms[how] ?? word}${around}`;
  });
const fieldTest = fc.oneof(
  fc.record({ op: fc.constantFrom('eq' as const, 'ne' as const), value: spelled }),
  fc.record({ op: fc.constantFrom('in' as const, 'notIn' as const), value: fc.array(spelled, { minLength: 1 }) }),
);
const terms = fc.record({
  rule: fieldTest,
  counted: fieldTest,
  summed: fieldTest,
  badge: fieldTest,
  member: fieldTest,
});
type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;
const visits = fc.array(
  fc.record({
    day: fc.nat(40),
    n: fc.integer({ min: 1, max: 9 }),
    kinds: fc.array(spelled, { maxLength: 3 }),
    club: fc.option(spelled),
    takenBack: fc.constantFrom('no', 'no', 'no', 'all', 'part'),
  }),
  { minLength: 1, maxLength: 16 },
);

/** A program that reads the values of texts wherever it can; `say` is how its own are written. */
function programOf(given: Terms, compare: { 'x-compare'?: 'folded' }, say: (text: string) => string): Definitions {
  const text = { type: 'string' as const, ...compare };
  const test = (field: string, { op, value }: (typeof given)['rule']): FieldTest =>
    ({ field, op, value: Array.isArray(value) ? value.map(say) : say(value) }) as FieldTest;
  const { field: member, ...known } = test('club', given.member);
  const where = (one: (typeof given)['rule']) => test('kinds', one);
  const items: ActivityType['attributes'] = {
    type: 'object',
    properties: { n: { type: 'integer' }, kinds: { type: 'array', items: text } },
  };
  const values = ['Jardín', 'ropa de niño'].map((value) => ({ value: say(value), name }));
  return aSmallProgram({
    activityTypes: [{ id: 'visit', rev: 1, name, attributes: items }],
    memberAttributes: [{ id: 'club', name, schema: text }],
    rules: [
      aRule({ id: 'campo', when: where(given.rule), earn: points(1) }),
      aRule({ id: 'dato', when: { member, ...known } as never, earn: points(10) }),
      aRule({
        id: 'veces',
        when: { count: { activity: 'visit', where: where(given.counted), window: { days: 9 } }, op: 'gte', value: 2 },
        earn: points(100),
      }),
      aRule({
        id: 'suma',
        when: {
          sum: { activity: 'visit', field: 'n', where: where(given.summed), window: { period: 'month' } },
          op: 'gt',
          value: 9,
        },
        earn: points(1_000),
      }),
    ],
    missions: [
      aMission({ id: 'distintas', goal: { kind: 'distinct', field: 'kinds', target: 3, per: 'month' } }),
      aMission({ id: 'todas', goal: { kind: 'set', field: 'kinds', values, per: 'month' } }),
    ],
    badges: [
      aBadge({ id: 'cuenta', grant: { kind: 'count', activity: 'visit', where: where(given.badge), target: 3 } }),
    ],
    tiers: [
      aTier('base', 0),
      aTier('alta', 0, {
        also: { match: 'any', of: [{ count: { activity: 'visit', where: where(given.badge) }, atLeast: 4 }] },
      }),
    ],
  });
}

/** What a member has, with the values of its missions as they are compared. */
function standingOf({ state }: EngineRun): unknown {
  const { balances, earned, badges, tier, missions } = state;
  return JSON.parse(JSON.stringify({ balances, earned, badges, tier, missions }), (key, value: unknown) =>
    key === 'items' && Array.isArray(value) ? value.map((item) => foldedText(String(item))) : value,
  );
}

const seen = { points: 0, differs: 0 };
afterAll(() => {
  expect(seen.points).toBeGreaterThan(100);
  expect(seen.differs).toBeGreaterThan(100);
});

test.each(seeds)(
  '#10 B9 what folds decides of every spelling as what does not decides of the folded text, returns too (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(terms, visits, (given, list) => {
        const runs = [
          {
            run: new EngineRun(aCompiledProgram({ definitions: programOf(given, { 'x-compare': 'folded' }, same) })),
            say: same,
          },
          { run: new EngineRun(aCompiledProgram({ definitions: programOf(given, {}, foldedText) })), say: foldedText },
          { run: new EngineRun(aCompiledProgram({ definitions: programOf(given, {}, same) })), say: same },
        ] as const;
        for (const { day, n, kinds, club, takenBack } of list) {
          const occurredAt = new Date(Date.UTC(2017, 0, 2 + day, 11)).toISOString();
          for (const { run, say } of runs) {
            if (club !== null)
              run.submit({ type: 'member.changed', occurredAt, attributes: { attributes: { club: say(club) } } });
            run.submit({ type: 'visit', occurredAt, attributes: { n, kinds: kinds.map(say) } });
            const { seq } = run.state;
            if (takenBack === 'all') run.reverse(seq);
            if (takenBack === 'part') run.reverse(seq, undefined, { n: 1, kinds: kinds.slice(1).map(say) });
          }
        }
        const [folded, plain, exact] = runs.map(({ run }) => standingOf(run));
        expect(folded).toEqual(plain);
        seen.points += runs[0].run.balance > 0 ? 1 : 0;
        seen.differs += JSON.stringify(folded) === JSON.stringify(exact) ? 0 : 1;
      }),
      { seed, numRuns: 120 },
    );
  },
);

function same(text: string): string {
  return text;
}
