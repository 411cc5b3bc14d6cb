import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type { StringAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { compareDefinitions } from '@verbena/shared/programs/compare-definitions.js';
import { Definitions } from '@verbena/shared/programs/definitions.js';
import { explainDefinitionProblem } from '@verbena/shared/programs/explain-definition-problem.js';
import { tellTerms, TermsTeller } from '@verbena/shared/programs/tell-terms.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { uniteMissions } from '@verbena/server/engine/unite-missions.js';
import { reviseDefinitions } from '@verbena/server/programs/revise-definitions.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aMission, aRule, aSmallProgram, points } from '#support/small-program.js';

const name = { es: 'Nombre' };
const noon = (day: number): string => `2017-02-${String(day).padStart(2, '0')}T11:00:00.000Z`;

/** Visits whose shop is compared so. */
function visits(shop: Partial<StringAttribute> = {}): ActivityType[] {
  const text = { type: 'string' as const, ...shop };
  return [
    { id: 'visit', rev: 1, name, attributes: { type: 'object', properties: { shop: text, n: { type: 'integer' } } } },
  ];
}
const FOLDED = { 'x-compare': 'folded' } as const;
const visit = (run: EngineRun, shop: string, day = 1) =>
  run.submit({ type: 'visit', occurredAt: noon(day), attributes: { shop } });
const distinct = (given: Parameters<typeof aMission>[0] = {}) =>
  aMission({ goal: { kind: 'distinct', field: 'shop', target: 3, per: 'month' }, ...given });
const itemsOf = (run: EngineRun) => run.state.missions['mision']?.periods['2017-02']?.items;

test('#10 B9 a goal of different values keeps them as they were compared, and what is recorded is what was sent', () => {
  const run = new EngineRun(
    aCompiledProgram({ definitions: aSmallProgram({ activityTypes: visits(FOLDED), missions: [distinct()] }) }),
  );
  for (const shop of ['Norte', ' NORTE', 'Sur  Este', 'sur este']) visit(run, shop);
  expect(itemsOf(run)).toEqual(['norte', 'sur este']);
  expect(run.journal[1]?.activity.attributes).toEqual({ shop: ' NORTE' });
});

test('#10 a set keeps its values as it writes them, so that each is shown by its name', () => {
  const values = ['Norte', 'Sur'].map((value) => ({ value, name }));
  const missions = [aMission({ goal: { kind: 'set', field: 'shop', values, per: 'month' } })];
  const run = new EngineRun(
    aCompiledProgram({ definitions: aSmallProgram({ activityTypes: visits(FOLDED), missions }) }),
  );
  for (const shop of ['NORTE', 'norte ', 'oeste', 'sur']) visit(run, shop);
  expect(itemsOf(run)).toEqual(['Norte', 'Sur']);
  expect(run.balance).toBe(10);
});

test('#10 the receipt of a condition shows what was sent and what the rule says, and what folds is met', () => {
  const when = { field: 'shop', op: 'in' as const, value: ['Norte', 'Sur'] };
  const rules = [aRule({ when, earn: points(5) })];
  const [exact, folded] = [{}, FOLDED].map(
    (shop) => new EngineRun(aCompiledProgram({ definitions: aSmallProgram({ activityTypes: visits(shop), rules }) })),
  ) as [EngineRun, EngineRun];
  for (const run of [exact, folded]) for (const shop of ['NORTE', ' sur', 'Éste']) visit(run, shop);
  expect([exact.balance, folded.balance]).toEqual([0, 10]);
  expect(folded.journal.at(-1)?.decision.receipt?.missed).toEqual([
    ['rule:regla', 1, 'field:shop:in', 'Éste', 'Norte, Sur'],
  ]);
});

test('#10 what was folded by an earlier Unicode is one with what is folded by this one', () => {
  const run = new EngineRun(
    aCompiledProgram({ definitions: aSmallProgram({ activityTypes: visits(FOLDED), missions: [distinct()] }) }),
  );
  visit(run, 'Ꭰ');
  // A Unicode before the eighth had no small letter for it, and kept it as it was.
  const period = run.state.missions['mision']?.periods['2017-02'];
  if (period?.items !== undefined) period.items = ['Ꭰ'];
  visit(run, 'Ꭰ', 2);
  expect(itemsOf(run)).toEqual(['Ꭰ']);
  const other = new EngineRun(run.program);
  visit(other, 'Ꭰ');
  const united = uniteMissions({ program: run.program, mine: run.state, theirs: other.state });
  expect(united['mision']?.periods['2017-02']).toMatchObject({ progress: 1, items: ['Ꭰ'] });
});

test('E12 #10 a type that folds from now on revises the missions that read it: who began goes on to the letter', () => {
  const before = aSmallProgram({
    activityTypes: visits(),
    missions: [distinct(), aMission({ id: 'otra', on: { activity: 'buy' } })],
  });
  before.activityTypes.push(...visits().map((type) => ({ ...type, id: 'buy' })));
  const { activityTypes, ...rest } = before;
  const next = { ...rest, activityTypes: [...visits(FOLDED), ...activityTypes.slice(1)] };
  const revised = reviseDefinitions(next, [before]);
  expect(revised.missions.map(({ id, rev }) => [id, rev])).toEqual([
    ['mision', 2],
    ['otra', 1],
  ]);
  expect(revised.activityTypes.map(({ rev }) => rev)).toEqual([2, 1]);
  expect(reviseDefinitions(revised, [before, revised]).missions[0]?.rev).toBe(2);
  expect(compareDefinitions(before, revised)).toMatchObject([
    { kind: 'activityTypes', id: 'visit', change: 'changed', verdict: 'worse' },
  ]);
  const old = aCompiledProgram({ definitions: before, time: 'wall' });
  const began = new EngineRun(old);
  visit(began, 'Norte');
  began.program = aCompiledProgram({ definitions: revised, older: [before], time: 'wall' });
  const fresh = new EngineRun(began.program);
  for (const run of [began, fresh]) for (const shop of ['NORTE', 'norte']) visit(run, shop, 2);
  expect([itemsOf(began), itemsOf(fresh)]).toEqual([['Norte', 'NORTE', 'norte'], ['norte']]);
  expect([began.balance, fresh.balance]).toEqual([10, 0]);
});

test('#10 a counter that filters by what folds is another one, however the filter is spelled', () => {
  const idsOf = (shop: Partial<StringAttribute>, ...values: string[]): string[] => {
    const rules = values.map((value, index) => {
      const where = { field: 'shop', op: 'eq' as const, value };
      const count = { activity: 'visit', where, window: { period: 'ever' as const } };
      return aRule({ id: `regla-${index}`, when: { count, op: 'gte', value: 1 } });
    });
    const definitions = aSmallProgram({ activityTypes: visits(shop), rules });
    return [...aCompiledProgram({ definitions }).counters.byId.keys()];
  };
  const [exact] = idsOf({}, 'Norte');
  expect(exact).toBe('visit_count_ever_61df03uvsz');
  expect(idsOf({}, 'Norte', 'NORTE')).toHaveLength(2);
  expect(idsOf(FOLDED, 'Norte', ' NORTE')).toHaveLength(1);
  expect(idsOf(FOLDED, 'norte')).not.toEqual(idsOf({}, 'norte'));
});

test('#10 choices and values of a set that compare as one are told when they are published, in both languages', () => {
  const values = ['Norte', ' NORTE'].map((value) => ({ value, name }));
  const definitions = aSmallProgram({
    activityTypes: visits({ ...FOLDED, enum: ['Norte', 'Sur', 'NORTE'] }),
    missions: [aMission({ goal: { kind: 'set', field: 'shop', values, per: 'month' } })],
    memberAttributes: [{ id: 'club', name, schema: { type: 'string', enum: ['a', 'A'], ...FOLDED } }],
  });
  const problems = checkDefinitions(definitions, definitionCompilers);
  expect(problems.map(({ path, code }) => [path.join('.'), code])).toEqual([
    ['activityTypes.0.attributes.properties.shop.enum.2', 'attribute.sameChoice'],
    ['missions.0.goal.values.1.value', 'definition.duplicateId'],
    ['memberAttributes.0.schema.enum.1', 'attribute.sameChoice'],
  ]);
  const [es, en] = (['es', 'en'] as const).map((language) =>
    problems.map((problem) => explainDefinitionProblem(problem, language)).join(' '),
  );
  expect(es).toContain('La opción «NORTE» se compara igual que otra. Deja una sola.');
  expect(en).toContain('The choice “NORTE” reads the same as another one. Keep one of them.');
});

test('#10 a choice may be spelled otherwise where it folds; one declared with its accents apart takes the composed one', () => {
  const take = (shop: Partial<StringAttribute>, value: string) =>
    aCompiledProgram({ definitions: aSmallProgram({ activityTypes: visits(shop) }) })
      .activityTypes.get('visit')
      ?.validate({ shop: value });
  expect(take({ enum: ['Norte'], ...FOLDED }, ' NORTE')).toEqual([]);
  expect(take({ enum: ['Norte'] }, ' NORTE')).toEqual([
    { path: ['shop'], code: 'choice', params: { choices: 'Norte' } },
  ]);
  expect(take({ enum: ['Pen\u0303a'] }, 'Peña')).toEqual([]);
});

test('#10 definitions take folded and nothing else to compare by, only of texts, and say it in words', () => {
  const given = (schema: object): Definitions => ({
    ...aSmallProgram(),
    activityTypes: [
      { id: 'visit', rev: 1, name, attributes: { type: 'object', properties: { shop: schema } } },
    ] as ActivityType[],
  });
  const takes = (schema: object): boolean => Definitions.safeParse(given(schema)).success;
  expect(takes({ type: 'string', ...FOLDED })).toBe(true);
  expect([takes({ type: 'string', 'x-compare': 'exact' }), takes({ type: 'integer', ...FOLDED })]).toEqual([
    false,
    false,
  ]);
  const definitions = given({ type: 'string', 'x-label': { es: 'Tienda', en: 'Shop' }, ...FOLDED });
  const [es, en] = (['es', 'en'] as const).map((language) =>
    definitions.activityTypes.flatMap((type) =>
      tellTerms('activityTypes', type, new TermsTeller(definitions, language)),
    ),
  );
  expect(es).toEqual([
    'Al comparar «Tienda» dan igual las mayúsculas, el ancho de las letras y los espacios de más; los acentos cuentan.',
  ]);
  expect(en).toEqual([
    'When “Shop” is compared, capitals, the width of letters and extra spaces make no difference; accents do.',
  ]);
});
