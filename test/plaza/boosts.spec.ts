import type { Rounding } from '@verbena/shared/rules/amount.js';
import type { Boost } from '@verbena/shared/rules/rule.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aRule, aSmallProgram, aTier } from '#support/small-program.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';

const name = { es: 'Impulso' };
const product = [{ field: 'n' }, { tier: 'percent' as const }, { boost: 'feria' }, { boost: 'fieles' }];

function definitionsOf(boosts: readonly Boost[], given: { round?: Rounding; max?: number } = {}) {
  const rule = aRule({ boosts: [...boosts], earn: [{ currency: 'puntos', amount: { product, ...given } }] });
  return aSmallProgram({ rules: [rule], tiers: [aTier('base', 0), aTier('oro', 100, { percent: 125 })] });
}

const feria: Boost = { id: 'feria', name, ratio: [2, 1], from: '2017-05-10', until: '2017-05-12' };
/** For who has visited three times with this one. */
const fieles: Boost = {
  id: 'fieles',
  name,
  ratio: [3, 2],
  when: { count: { activity: 'visit', window: { period: 'ever' } }, op: 'gte', value: 3 },
};

const visit = (run: EngineRun, n: number, date: number, at = date) => {
  const day = (number: number) => `2017-05-${String(number).padStart(2, '0')}T10:00:00.000Z`;
  return run.submit({ type: 'visit', occurredAt: day(date), attributes: { n } }, day(at)).lines[0]?.amount;
};

test('C12 boosts and the tier multiply in one exact product, which is rounded once', () => {
  const run = new EngineRun(aCompiledProgram({ definitions: definitionsOf([feria, fieles]) }));
  expect(visit(run, 99, 1)).toBe(99);
  expect(visit(run, 33, 2)).toBe(33);
  // Oro since: 7 × 1.25 × 2 × 1.5 = 26.25; rounded on the way it would be 24.
  expect(visit(run, 7, 10)).toBe(26);
  expect(visit(run, 7, 13)).toBe(13);
  const up = new EngineRun(aCompiledProgram({ definitions: definitionsOf([feria, fieles], { round: 'up', max: 20 }) }));
  expect([visit(up, 5, 1), visit(up, 5, 1), visit(up, 5, 1), visit(up, 5, 10)]).toEqual([5, 5, 8, 15]);
  expect(visit(up, 50, 10)).toBe(20);
});

test('C12 a boost holds by the day on which it happened, not by the day on which it was told', () => {
  const run = new EngineRun(aCompiledProgram({ definitions: definitionsOf([feria, fieles]), time: 'wall' }));
  expect(visit(run, 5, 12, 20)).toBe(10);
  expect(visit(run, 5, 13, 20)).toBe(5);
});

test('C12 C5 what remains of a return is boosted as the whole was', () => {
  const run = new EngineRun(aCompiledProgram({ definitions: definitionsOf([feria, fieles]) }));
  visit(run, 10, 1);
  visit(run, 10, 1);
  expect(visit(run, 10, 11)).toBe(30);
  run.reverse(3, '2017-05-20T10:00:00.000Z', { n: 4 });
  expect(run.balance).toBe(10 + 10 + 12);
});

test('C12 a condition that names what is not there is refused with its place', () => {
  const wrong: Boost = { ...feria, when: { tier: { is: 'platino' } } };
  expect(checkDefinitions(definitionsOf([wrong, fieles]), definitionCompilers)).toMatchObject([
    { path: ['rules', 0, 'boosts', 0, 'when', 'tier'], code: 'definition.unknown.tiers' },
  ]);
});
