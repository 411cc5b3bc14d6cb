import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import { fixedGiftsOf, sumOf, waitOf } from '@verbena/server/referrals/fixed-gifts.js';
import type { Condition } from '@verbena/shared/rules/condition.js';
import type { Earning } from '@verbena/shared/rules/rule.js';
import { definitionCompilers } from '#support/definition-compilers.js';

const ADVOCATE: Condition = { field: 'role', op: 'eq', value: 'advocate' };
const plain = (points: number, given: Partial<Earning> = {}): Earning => ({
  currency: 'puntos',
  amount: { product: [{ ratio: [points, 1] }] },
  ...given,
});

function programOf(earn: Earning[], when?: Condition): CompiledProgram {
  const rules = shoppingCentre.rules.map((rule) =>
    rule.id === 'amiga' ? { ...rule, earn, ...(when === undefined ? {} : { when }) } : rule,
  );
  const version = { version: 1, definitions: { ...shoppingCentre, rules } };
  return compileProgram({ zone: 'Europe/Madrid', time: 'wall' }, version, [], definitionCompilers);
}

/** What each side gets where the referral's rule earns this. */
function giftsOf(earn: Earning[], when?: Condition): { friend: object; advocate: object } {
  const program = programOf(earn, when);
  const of = (role: 'friend' | 'advocate') => sumOf(fixedGiftsOf(program, 'referral.qualified', role));
  return { friend: of('friend'), advocate: of('advocate') };
}

test('I2 the demo gives 150 to the friend and 300 to who invites', () => {
  const amiga = shoppingCentre.rules.find(({ id }) => id === 'amiga');
  expect(giftsOf(amiga?.earn ?? [])).toEqual({ friend: { puntos: 150 }, advocate: { puntos: 300 } });
});

test.each<[string, Condition, object]>([
  ['not', { not: ADVOCATE }, { friend: { puntos: 5 }, advocate: {} }],
  ['any', { any: [ADVOCATE, { field: 'purchase', op: 'eq', value: 'x' }] }, { friend: {}, advocate: { puntos: 5 } }],
  ['all', { all: [ADVOCATE, { field: 'purchase', op: 'eq', value: 'x' }] }, { friend: {}, advocate: {} }],
  [
    'in',
    { field: 'role', op: 'in', value: ['friend', 'advocate'] },
    { friend: { puntos: 5 }, advocate: { puntos: 5 } },
  ],
  ['a tier', { tier: { atLeast: 'plata' } }, { friend: {}, advocate: {} }],
])('I2 a condition that asks for more than the role promises nothing: %s', (_, when, expected) => {
  expect(giftsOf([plain(5, { when })])).toEqual(expected);
  expect(giftsOf([plain(5)], when)).toEqual(expected);
});

test('I2 an amount that depends on anything promises nothing; fixed ones add up, rounded as declared', () => {
  const half = { product: [{ ratio: [5, 2] as [number, number] }] };
  expect(
    giftsOf([
      plain(10),
      plain(0, { amount: { product: [{ ratio: [1, 1] }, { tier: 'percent' }] } }),
      plain(0, { amount: half }),
      plain(0, { amount: { ...half, round: 'up' } }),
      plain(0, { amount: { ...half, min: 7 } }),
    ]).friend,
  ).toEqual({ puntos: 10 + 2 + 3 + 7 });
});

test('I2 the longest hold is told, and one without a day as such; none where all is usable at once', () => {
  const waits = (earn: Earning[]) => waitOf(programOf(earn), 'referral.qualified');
  expect(waits([plain(5)])).toBeUndefined();
  expect(waits([plain(5, { pending: { days: 3 } }), plain(5), plain(5, { pending: { days: 14 } })])).toEqual({
    days: 14,
  });
  expect(waits([plain(5, { pending: { days: 3 } }), plain(5, { pending: { until: 'action' } })])).toEqual({
    days: null,
  });
});
