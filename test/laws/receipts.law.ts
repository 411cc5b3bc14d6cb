import fc from 'fast-check';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { explainReceipt } from '@verbena/shared/ledger/explain-receipt.js';
import { en } from '@verbena/shared/ledger/ledger.en.js';
import { es } from '@verbena/shared/ledger/ledger.es.js';
import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import { RECEIPT_MISSED_MAX } from '@verbena/shared/ledger/receipt.js';
import { Format } from '@verbena/shared/words/format.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { decideRecorded } from '@verbena/server/engine/decide-recorded.js';
import { ENGINE } from '@verbena/server/engine/engine-number.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { deliveries, type Delivery } from '#support/plaza-histories.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('receipts');
const plaza = aCompiledProgram({ time: 'wall' });
/** As `plaza`, with twenty rules more on each purchase, of which hardly any fires: more than a stored receipt tells. */
const picky = aCompiledProgram({
  time: 'wall',
  definitions: {
    ...shoppingCentre,
    rules: [
      ...shoppingCentre.rules,
      ...Array.from({ length: 20 }, (_, index) => ({
        id: `grande-${index}`,
        rev: 1,
        name: { es: `Compra de más de ${index + 50} mil` },
        on: { activity: 'purchase' },
        when: { field: 'totalMinor', op: 'gte' as const, value: (index + 50) * 100_000 },
        earn: [{ currency: 'puntos', amount: { product: [{ ratio: [1, 1] as [number, number] }] } }],
        zone: 'program' as const,
      })),
    ],
  },
});

describe('receipts', () => {
  law('D4 each entry says why, and each activity that gave nothing why not, in both languages', plaza, (run) => {
    for (const { decision, activity } of run.journal) {
      const told: Pick<EntryRecorded, 'cause' | 'receipt' | 'effects' | 'lines' | 'outcome'> = {
        ...decision,
        cause: { ...activity, attributes: { ...activity.attributes }, channel: 'shop', source: 'program' },
      };
      for (const [language, words] of [['es', es] as const, ['en', en] as const]) {
        const format = new Format(language);
        const { why, whyNot } = explainReceipt(told, shoppingCentre, { language, words, format, today: '2017-01-01' });
        const given = decision.lines.length + decision.effects.filter(({ type }) => type !== 'counter.added').length;
        const silent = [activity.type, given, why.length, whyNot.length];
        if (given === 0) expect([...silent, whyNot.length > 0]).toEqual([...silent, true]);
        else if (decision.lines.length > 0) expect([...silent, why.length > 0]).toEqual([...silent, true]);
        for (const { because } of [...why, ...whyNot]) expect(because.join(' ')).not.toMatch(/undefined|NaN/);
      }
    }
  });

  law('D4 every entry comes out the same when it is decided again on the fold of those before it', picky, (run) => {
    let state = initialState(run.program);
    for (const entry of run.journal) {
      const { facts, activity, decision } = entry;
      const at = activity.occurredAt;
      const asked = { ...activity, member: '01J0000000000000000000FR1E', key: `k${entry.seq}` };
      const again = decideRecorded(run.program, state, { engine: ENGINE, facts, at, activity: asked }, true);
      expect([again?.lines, again?.effects, again?.outcome]).toEqual([
        decision.lines,
        decision.effects,
        decision.outcome,
      ]);
      const stored = decision.receipt;
      expect(stored.missed.length).toBeLessThanOrEqual(RECEIPT_MISSED_MAX);
      expect(again?.receipt.missed.slice(0, stored.missed.length)).toEqual(stored.missed);
      expect(again?.receipt.cut).toBeUndefined();
      // What was cut from the stored one is there.
      if (stored.cut === true)
        expect((again?.receipt.missed.length ?? 0) + (again?.receipt.fired.length ?? 0)).toBeGreaterThanOrEqual(
          stored.missed.length + stored.fired.length,
        );
      const told = (again?.receipt.missed.length ?? 0) + (again?.receipt.fired.length ?? 0);
      if (activity.type === 'purchase') expect(told).toBeGreaterThanOrEqual(20);
      state = fold(state, entry);
    }
  });

  test('D4 an entry of an engine that is gone is not decided again', () => {
    const run = new EngineRun(plaza);
    run.submit({ type: 'purchase', occurredAt: '2017-02-07T10:00:00.000Z', attributes: { totalMinor: 1_000 } });
    const [entry] = run.journal;
    if (entry === undefined) throw new Error('There is an entry.');
    const { facts, activity } = entry;
    const given = { facts, at: activity.occurredAt, activity };
    expect(decideRecorded(plaza, initialState(plaza), { ...given, engine: ENGINE - 1 })).toBeNull();
    expect(decideRecorded(plaza, initialState(plaza), { ...given, engine: ENGINE })?.lines).toEqual(entry.lines);
  });
});

function law(title: string, program: CompiledProgram, check: (run: EngineRun) => void): void {
  test.each(seeds)(`${title} (seed %i)`, (seed) => {
    const property = fc.property(deliveries, (history: readonly Delivery[]) => {
      const run = new EngineRun(program);
      for (const { activity, at } of history) run.submit(activity, at);
      check(run);
    });
    fc.assert(property, { seed, numRuns: 15 });
  });
}
