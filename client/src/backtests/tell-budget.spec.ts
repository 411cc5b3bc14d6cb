import type { BudgetOutcome } from '@verbena/shared/backtests/backtests.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { Format } from '@verbena/shared/words/format.js';
import type { Names } from '#programs/names.js';
import { es } from './backtests.es.js';
import { BudgetTeller, mondayOf } from './tell-budget.js';

test('D7 C8 the Monday of a week, also where it lies in the year before', () => {
  expect(['2026-W01', '2026-W45', '2026-W53', '2027-W01'].map(mondayOf)).toEqual([
    '2025-12-29',
    '2026-11-02',
    '2026-12-28',
    '2027-01-04',
  ]);
});

const definitions = {
  currencies: [{ id: 'puntos', unit: { one: { es: 'punto' }, other: { es: 'puntos' } } }],
} as unknown as Definitions;
const names = { rule: () => 'Compra', mission: () => 'Diez visitas' } as unknown as Names;
const teller = new BudgetTeller(definitions, es, names, new Format('es'));

function anOutcome(given: Partial<BudgetOutcome>): BudgetOutcome {
  const nobody = { members: 0, activities: 0 };
  return {
    ...{ budget: 'rule:compra', kind: 'rule', id: 'compra', currency: 'puntos', per: 'ever', limit: 100 },
    ...{
      whenShort: 'partial',
      asked: 100,
      given: { live: 0, draft: 100 },
      givenBack: 0,
      without: nobody,
      partly: nobody,
    },
    ...{ periodsCount: 1, ranOutCount: 0, periods: [] },
    ...given,
  };
}

test('D7 C8 what returns give back is no reason why less is given with a limit than without', () => {
  expect(teller.sentences(anOutcome({ given: { live: 0, draft: 60 }, givenBack: 40 })).slice(1)).toEqual([
    'Sin límite daría 60 puntos; con él, 60 puntos.',
    'Las devoluciones reponen 40 puntos.',
    'Alcanzaría para todos.',
  ]);
});

test('D7 C8 sentences of budgets and places can be said with one, too', () => {
  const without = { members: 1, activities: 3 };
  const period = { period: 'ever', asked: 3, given: { live: 0, draft: 1 }, givenBack: 1, without };
  const periods = [{ ...period, partly: { members: 0, activities: 0 }, ranOut: '2026-05-02' }];
  const one = { limit: 1, asked: 3, given: { live: 0, draft: 1 }, givenBack: 1, without, periods, ranOutCount: 1 };
  expect(teller.sentences(anOutcome(one))).toEqual([
    'Límite: 1 punto en total para todos; al final se da lo que quede.',
    'Sin límite daría 2 puntos; con él, 1 punto.',
    'Las devoluciones reponen 1 punto.',
    'Se agotaría el 2 de mayo de 2026.',
    '1 socio se quedaría alguna vez sin nada.',
  ]);
  const places = anOutcome({ ...one, budget: 'mission:diez', kind: 'mission', id: 'diez', currency: null });
  expect(teller.sentences(places)).toEqual([
    'Límite: 1 plaza en total.',
    'Sin límite ocuparía 2 plazas; con él, 1 plaza.',
    'Las devoluciones reponen 1 plaza.',
    'La última se ocuparía el 2 de mayo de 2026.',
    '1 socio se quedaría sin plaza.',
  ]);
});

test('D7 C8 two budgets of one rule are told apart', () => {
  expect(
    ['rule:compra', 'rule:compra:1', 'rule:compra:2'].map((budget) => teller.title(anOutcome({ budget }))),
  ).toEqual(['Puntos de la regla «Compra»', 'Puntos de la regla «Compra» (2)', 'Puntos de la regla «Compra» (3)']);
});
