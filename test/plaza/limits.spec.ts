import type { Currency } from '@verbena/shared/currencies/currency.js';
import { compareDefinitions } from '@verbena/shared/programs/compare-definitions.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { tellTerms, TermsTeller } from '@verbena/shared/programs/tell-terms.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aMission, aRule, aSmallProgram } from '#support/small-program.js';

const at = (date: string, hour = '10:00') => `${date}T${hour}:00.000Z`;
const byN = { currency: 'puntos', amount: { product: [{ field: 'n' }] } };

const twice = { currency: 'puntos', amount: { product: [{ field: 'n' }, { ratio: [2, 1] as [number, number] }] } };

/** A member may earn so many points a day over all rules. */
function definitionsOf(perMember: Currency['perMember'], given: Partial<Definitions> = {}): Definitions {
  const base = aSmallProgram({
    rules: [aRule({ earn: [byN] }), aRule({ id: 'otra', earn: [{ ...byN, cap: { per: 'ever', times: 9 } }] })],
    ...given,
  });
  return { ...base, currencies: base.currencies.map((one) => (perMember ? { ...one, perMember } : one)) };
}

const runOf = (definitions: Definitions) => new EngineRun(aCompiledProgram({ definitions, time: 'wall' }));
const visit = (run: EngineRun, n: number, occurredAt: string) =>
  run.submit({ type: 'visit', occurredAt, attributes: { n } });
const amounts = ({ lines }: { lines: readonly { amount: number }[] }) => lines.map(({ amount }) => amount);
const used = (run: EngineRun, day: string) => run.state.caps['currency:puntos']?.[day]?.points;

describe('what one member may earn of a currency', () => {
  test('C8 over all rules together: the last ones in part, then nothing and why, and all again the next day', () => {
    const run = runOf(definitionsOf({ per: 'day', points: 25 }));
    expect(amounts(visit(run, 10, at('2017-05-02')))).toEqual([10, 10]);
    const last = visit(run, 10, at('2017-05-02', '12:00'));
    expect(amounts(last)).toEqual([5]);
    expect(last.receipt.fired[0]?.factors?.at(-1)).toEqual({ bound: 'cap', value: 5 });
    expect(last.receipt.missed).toEqual([['rule:otra', 1, 'cap:day', 25, 25]]);
    expect(amounts(visit(run, 10, at('2017-05-03')))).toEqual([10, 10]);
    // What happened on the full day and is told late meets it full.
    expect(amounts(visit(run, 10, at('2017-05-02', '13:00')))).toEqual([]);
    expect(run.balance).toBe(45);
    // The other rule's own cap counts how often it gave, and no more.
    expect(run.state.caps['otra']?.['ever']).toEqual({ times: 2, points: 20 });
  });

  test('C8 what a mission promises comes whole, and uses nothing of it', () => {
    const mission = aMission({ goal: { kind: 'count', target: 1, per: 'day' } });
    const run = runOf(
      definitionsOf({ per: 'day', points: 3 }, { rules: [aRule({ earn: [byN] })], missions: [mission] }),
    );
    expect(amounts(visit(run, 10, at('2017-05-02')))).toEqual([3, 10]);
    expect(used(run, '2017-05-02')).toBe(3);
  });

  test('C8 C5 what is taken back, in part or whole, can be earned again, also where a rule gives twice', () => {
    const run = runOf(definitionsOf({ per: 'day', points: 40 }, { rules: [aRule({ earn: [byN, twice] })] }));
    visit(run, 12, at('2017-05-02'));
    expect([run.balance, used(run, '2017-05-02')]).toEqual([36, 36]);
    run.reverse(1, at('2017-05-02', '11:00'), { n: 5 });
    expect([run.balance, used(run, '2017-05-02')]).toEqual([15, 15]);
    expect(amounts(visit(run, 10, at('2017-05-02', '12:00')))).toEqual([10, 15]);
    run.reverse(1, at('2017-05-02', '13:00'));
    run.reverse(3, at('2017-05-02', '13:00'));
    expect([run.balance, used(run, '2017-05-02')]).toEqual([0, 0]);
  });

  test('C8 C5 of a budget that all share, a rule that gives twice gives back what it took, and no more', () => {
    const base = definitionsOf(undefined, { rules: [aRule({ earn: [byN, twice] })] });
    const budget = { limit: 100, per: 'ever', whenShort: 'partial' } as const;
    const run = runOf({ ...base, currencies: base.currencies.map((one) => ({ ...one, budget })) });
    run.budgets = { 'currency:puntos@ever': 100 };
    visit(run, 12, at('2017-05-02'));
    const { effects } = run.reverse(1, at('2017-05-02', '11:00'), { n: 5 });
    const back = effects.flatMap((effect) => (effect.type === 'budget.used' ? [effect.amount] : []));
    expect(back.reduce((sum, amount) => sum + amount, 0)).toBe(-21);
  });

  test('C8 D2 of a group of rules the best is the one that gives most within it', () => {
    const group = { id: 'uno', pick: 'best' } as const;
    const rules = [aRule({ earn: [byN], group }), aRule({ id: 'otra', earn: [byN], group })];
    const run = runOf(definitionsOf({ per: 'day', points: 25 }, { rules }));
    expect(amounts(visit(run, 20, at('2017-05-02')))).toEqual([20]);
    expect(amounts(visit(run, 20, at('2017-05-02')))).toEqual([5]);
    expect(amounts(visit(run, 20, at('2017-05-02')))).toEqual([]);
  });

  test('C8 the terms say it, less is for the worse, and one that cannot be is refused', () => {
    const definitions = definitionsOf({ per: 'day', points: 25 });
    const [puntos] = definitions.currencies;
    if (puntos === undefined) throw new Error('There is no currency.');
    const told = (language: 'es' | 'en') =>
      tellTerms('currencies', puntos, new TermsTeller(definitions, language)).at(-1);
    expect(told('es')).toBe('Con lo que haces ganas como mucho 25 Nombre al día, sin contar las misiones.');
    expect(told('en')).toBe('By what you do you earn at most 25 Nombre a day, missions not counted.');
    const fewer = {
      ...definitions,
      currencies: [{ ...puntos, rev: 2, perMember: { per: 'day' as const, points: 20 } }],
    };
    const verdicts = (from: Definitions, to: Definitions) =>
      compareDefinitions(from, to).flatMap(({ sentences }) => sentences.map(({ verdict }) => verdict));
    expect([verdicts(definitions, fewer), verdicts(fewer, definitions)]).toEqual([['worse'], ['better']]);
    expect(checkDefinitions(definitions, definitionCompilers)).toEqual([]);
  });
});
