import { es } from '@verbena/shared/ledger/ledger.es.js';
import { explainReceipt } from '@verbena/shared/ledger/explain-receipt.js';
import { Definitions } from '@verbena/shared/programs/definitions.js';
import { compareDefinitions } from '@verbena/shared/programs/compare-definitions.js';
import { tellTerms, TermsTeller } from '@verbena/shared/programs/tell-terms.js';
import { Format } from '@verbena/shared/words/format.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aMission, aRule, aSmallProgram } from '#support/small-program.js';

const base = aSmallProgram();
const [puntos] = base.currencies;
if (puntos === undefined) throw new Error('There is no currency.');
const MAY = '2026-05-05T10:00:00.000Z';
const product = [{ field: 'n' }];

function aProgram(whenShort: 'nothing' | 'partial', given: Partial<Definitions> = {}): Definitions {
  const budget = { limit: 100, per: 'month', whenShort } as const;
  return aSmallProgram({ rules: [aRule({ earn: [{ currency: 'puntos', amount: { product }, budget }] })], ...given });
}

function aRun(definitions: Definitions, budgets: EngineRun['budgets'] = {}): EngineRun {
  const run = new EngineRun(aCompiledProgram({ definitions, time: 'wall' }));
  run.budgets = budgets;
  return run;
}

const visit = (n: number, occurredAt = MAY) => ({ type: 'visit', occurredAt, attributes: { n } });

test('C8 a rule takes what it gives out of its budget, in the program’s period of what happened', () => {
  const run = aRun(aProgram('nothing'), { 'rule:regla@2026-05': 30 });
  const decision = run.submit(visit(30));
  expect(run.balance).toBe(30);
  expect(decision.asked).toEqual({ 'rule:regla@2026-05': 30 });
  const by = { kind: 'rule', id: 'regla' };
  expect(decision.effects).toContainEqual({
    type: 'budget.used',
    budget: 'rule:regla',
    period: '2026-05',
    amount: 30,
    by,
  });
});

test('C8 where less is left than a rule would give, it gives nothing or what is left, as its budget says, and tells why', () => {
  const nothing = aRun(aProgram('nothing'), { 'rule:regla@2026-05': 29 }).submit(visit(30));
  expect([nothing.outcome, nothing.lines]).toEqual(['accepted', []]);
  expect(nothing.receipt.missed).toEqual([['rule:regla', 1, 'budget:month', 29, 30]]);
  expect(nothing.effects).toEqual([]);

  const partial = aRun(aProgram('partial'), { 'rule:regla@2026-05': 29 }).submit(visit(30));
  expect(partial.lines.map(({ amount }) => amount)).toEqual([29]);
  expect(partial.receipt.fired[0]?.factors?.at(-1)).toEqual({ bound: 'budget', value: 29 });
  expect(aRun(aProgram('partial'), { 'rule:regla@2026-05': 0 }).submit(visit(30)).lines).toEqual([]);
});

test('C8 the member reads that what all share was used up', () => {
  const definitions = aProgram('nothing');
  const { receipt, effects, lines } = aRun(definitions, { 'rule:regla@2026-05': 0 }).submit(visit(3));
  const cause = { type: 'visit', occurredAt: MAY, channel: 'shop', source: 'program', attributes: {} };
  const reader = { language: 'es', words: es, format: new Format('es'), today: '2026-05-05' } as const;
  const { whyNot } = explainReceipt({ cause, receipt, effects, lines }, definitions, reader);
  expect(whyNot[0]?.because).toEqual(['El presupuesto de ese mes, que compartís todos, se agotó.']);
});

test('C8 a budget that nobody speaks of limits nothing, as where the past is tried under other rules', () => {
  const run = aRun(aProgram('nothing'));
  expect(run.submit(visit(5_000)).asked).toEqual({ 'rule:regla@2026-05': 5_000 });
  expect(run.balance).toBe(5_000);
});

test('C8 a currency’s budget counts what rules and missions give of it, one after another in a decision', () => {
  const budget = { limit: 100, per: 'ever', whenShort: 'partial' } as const;
  const definitions = aSmallProgram({
    currencies: [{ ...puntos, budget }],
    rules: [aRule({ earn: [{ currency: 'puntos', amount: { product } }] })],
    missions: [aMission({ goal: { kind: 'count', target: 1, per: 'ever' } })],
  });
  const run = aRun(definitions, { 'currency:puntos@ever': 12 });
  const decision = run.submit(visit(5));
  expect(decision.lines.map(({ amount }) => amount)).toEqual([5, 7]);
  expect(decision.asked).toEqual({ 'currency:puntos@ever': 15 });
  expect(decision.receipt.missed).toEqual([['mission:mision', 1, 'issuance:ever', 7, 10]]);
  // It is complete all the same: only points were short.
  expect(decision.effects.some(({ type }) => type === 'mission.completed')).toBe(true);
});

test('C8 of a group of rules, one whose budget has nothing left is passed over', () => {
  const budget = { limit: 10, per: 'ever', whenShort: 'nothing' } as const;
  const group = { id: 'grupo', pick: 'first' } as const;
  const definitions = aSmallProgram({
    rules: [
      aRule({ id: 'primera', group, earn: [{ currency: 'puntos', amount: { product: [{ ratio: [9, 1] }] }, budget }] }),
      aRule({ id: 'segunda', group }),
    ],
  });
  expect(aRun(definitions, { 'rule:primera@ever': 9 }).submit(visit(1)).lines[0]?.amount).toBe(9);
  expect(aRun(definitions, { 'rule:primera@ever': 8 }).submit(visit(1)).lines[0]?.amount).toBe(1);
});

test('E5 a mission for the first so many counts on without a place, and completes with the next activity once one is free', () => {
  const definitions = aSmallProgram({
    missions: [aMission({ goal: { kind: 'count', target: 2, per: 'month' }, budget: { limit: 50, per: 'ever' } })],
  });
  const run = aRun(definitions, { 'mission:mision@ever': 0 });
  run.submit(visit(1));
  const full = run.submit(visit(1));
  expect(full.receipt.missed).toEqual([['mission:mision', 1, 'places:ever', 0, 1]]);
  expect(run.state.missions['mision']).toMatchObject({
    completions: 0,
    periods: { '2026-05': { progress: 2, done: false } },
  });
  run.budgets = { 'mission:mision@ever': 1 };
  expect(run.submit(visit(1)).effects.map(({ type }) => type)).toContain('mission.completed');
  expect(run.balance).toBe(10);
});

test('C8 C5 what a return takes back is there again: whole, in part, and of completions, each in its period', () => {
  const currency = { limit: 1_000, per: 'month', whenShort: 'nothing' } as const;
  const definitions = aProgram('nothing', {
    currencies: [{ ...puntos, budget: currency }],
    missions: [aMission({ goal: { kind: 'count', target: 1, per: 'ever' }, budget: { limit: 5, per: 'year' } })],
  });
  const run = aRun(definitions);
  run.submit(visit(40));
  run.submit(visit(20, '2026-06-05T10:00:00.000Z'));
  const used = (decision: ReturnType<EngineRun['reverse']>) =>
    decision.effects.flatMap((effect) =>
      effect.type === 'budget.used' ? [`${effect.budget}@${effect.period} ${effect.amount}`] : [],
    );
  expect(used(run.reverse(1, undefined, { n: 10 }))).toEqual(['rule:regla@2026-05 -30', 'currency:puntos@2026-05 -30']);
  expect(used(run.reverse(1)).toSorted()).toEqual(['currency:puntos@2026-05 -10', 'rule:regla@2026-05 -10']);
  expect(used(run.reverse(2)).toSorted()).toEqual([
    'currency:puntos@2026-05 -10',
    'currency:puntos@2026-06 -20',
    'mission:mision@2026 -1',
    'rule:regla@2026-06 -20',
  ]);
  expect(run.balance).toBe(0);
});

test('C8 pending points that are cancelled are there again, and a return afterwards gives back only the rest', () => {
  const budget = { limit: 100, per: 'month', whenShort: 'nothing' } as const;
  const earn = [{ currency: 'puntos', amount: { product }, budget, pending: { until: 'action' } }] as const;
  const run = aRun(aSmallProgram({ rules: [aRule({ earn: [...earn] })] }));
  run.submit(visit(40));
  run.reverse(1, undefined, { n: 25 });
  const type = 'points.cancelled';
  const cancelled = run.submit({ type, occurredAt: MAY, attributes: { pending: '1-1', reason: 'Error' } });
  expect(cancelled.effects).toMatchObject([
    { type: 'budget.used', budget: 'rule:regla', period: '2026-05', amount: -25 },
  ]);
  expect(run.reverse(1).effects.filter((effect) => effect.type === 'budget.used')).toEqual([]);
});

test('C8 a budget that cannot be is refused, naming its field', () => {
  const wrong = Definitions.safeParse(
    aProgram('nothing', {
      rules: [
        aRule({
          earn: [{ currency: 'puntos', amount: { product }, budget: { limit: 0, per: 'month', whenShort: 'nothing' } }],
        }),
      ],
    }),
  );
  expect(wrong.error?.issues.map(({ path }) => path.join('.'))).toEqual(['rules.0.earn.0.budget.limit']);
  const shared = aSmallProgram({
    missions: [aMission({ goal: { kind: 'shared', target: 10, per: 'month' }, budget: { limit: 5, per: 'ever' } })],
  });
  expect(checkDefinitions(shared, definitionCompilers)).toEqual([
    expect.objectContaining({ path: ['missions', 0, 'budget'], code: 'mission.sharedPlaces' }),
  ]);
});

test('C8 the terms say it, and a lower limit is to members’ harm, a higher one to their benefit', () => {
  const budget = { limit: 50, per: 'ever' } as const;
  const definitions = aProgram('partial', { missions: [aMission({ budget })] });
  const teller = new TermsTeller(definitions, 'es');
  const [rule, mission] = [definitions.rules[0], definitions.missions[0]];
  if (rule === undefined || mission === undefined) throw new Error('Something is missing.');
  expect(tellTerms('rules', rule, teller).at(-1)).toBe(
    'Hay como mucho 100 Nombre al mes para todos; al final se da lo que quede.',
  );
  expect(tellTerms('missions', mission, teller).at(-1)).toBe(
    'Hay 50 plazas en total: es para quien la completa primero.',
  );

  const with40 = { ...definitions, missions: [{ ...mission, rev: 2, budget: { ...budget, limit: 40 } }] };
  const told = (from: Definitions, to: Definitions) =>
    compareDefinitions(from, to).flatMap(({ sentences }) => sentences);
  expect(told(definitions, with40)).toMatchObject([
    {
      verdict: 'worse',
      text: { es: 'En la misión «Nombre», el número de plazas pasa de 50 plazas en total a 40 plazas en total.' },
    },
  ]);
  expect(told(with40, definitions)).toMatchObject([{ verdict: 'better' }]);
});
