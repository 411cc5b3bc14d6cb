import fc from 'fast-check';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aMission, aRule, aSmallProgram } from '#support/small-program.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('inactivity');
const OTHER = '01J0000000000000000000FR2E';
const DAYS = 15;
const product = { product: [{ field: 'n' }] };
const base = aSmallProgram({
  rules: [
    aRule({ earn: [{ currency: 'puntos', amount: product }] }),
    aRule({
      id: 'pedido',
      on: { activity: 'order' },
      earn: [{ currency: 'puntos', amount: product, pending: { days: 9 } }],
    }),
    aRule({ id: 'premio', on: { mission: 'mision' } }),
  ],
  missions: [aMission()],
});
const program = aCompiledProgram({
  definitions: {
    ...base,
    activityTypes: base.activityTypes.flatMap((type) => [type, { ...type, id: 'order' }]),
    currencies: base.currencies.map((one) => ({ ...one, expiry: { kind: 'inactivity', days: DAYS }, notice: 4 })),
  },
  time: 'wall',
});

/** One thing that happens, days after the one before; a return takes back one of what stands. */
const act = fc.record({
  what: fc.constantFrom('visit', 'visit', 'order', 'gift', 'adjust', 'take', 'return', 'part'),
  days: fc.oneof(fc.nat(4), fc.nat(20)),
  late: fc.oneof(fc.constant(0), fc.nat(20)),
  n: fc.integer({ min: 1, max: 100 }),
  place: fc.nat(20),
});
const acts = fc.array(act, { minLength: 5, maxLength: 40, size: 'max' });
const histories = fc.oneof(
  acts,
  acts.map((all) => all.filter(({ what }) => what !== 'take')),
);
type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

const dayMs = 86_400_000;
const at = (days: number): string => new Date(Date.parse('2016-11-20T10:00:00.000Z') + days * dayMs).toISOString();

/** Everything that is bought is given back in the end; the twin never bought anything. */
function play(history: History, buys: boolean): { run: EngineRun; days: number } {
  const run = new EngineRun(program);
  const standing = new Map<number, number>();
  let days = 0;
  for (const [index, { what, days: later, late, n, place }] of history.entries()) {
    days += later;
    const house = (type: string, attributes: Record<string, unknown>) =>
      run.submit({ type, occurredAt: at(days), attributes });
    if (what === 'gift')
      house('transfer.received', {
        ...{ transfer: `${index}-1`, from: OTHER, currency: 'puntos' },
        lots: [{ activated: at(0).slice(0, 10), expires: null, amount: n }],
      });
    else if (what === 'adjust' || what === 'take')
      house('points.adjusted', { currency: 'puntos', amount: what === 'take' ? -n : n });
    else if (buys && (what === 'visit' || what === 'order')) {
      run.submit({ type: what, occurredAt: at(days - late), attributes: { n } }, at(days));
      standing.set(run.state.seq, n);
    } else if (buys) {
      const [seq, left = 0] = [...standing][place % Math.max(1, standing.size)] ?? [];
      if (seq === undefined) continue;
      const remaining = n % (left + 1);
      if (what === 'return') standing.delete(seq);
      else standing.set(seq, remaining);
      run.reverse(seq, at(days), what === 'return' ? undefined : { n: remaining });
    }
  }
  for (const seq of standing.keys()) run.reverse(seq, at(days));
  return { run, days };
}

let lasted = 0;
let ended = 0;
afterAll(() => expect([lasted > 20, ended > 20]).toEqual([true, true]));

test.each(seeds)(
  'C3 C5 whoever is returned everything has its points no longer than a twin who bought nothing (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(histories, (history) => {
        const { run, days } = play(history, true);
        const { run: twin } = play(history, false);
        for (let day = days; day <= days + DAYS + 2; day += 1) {
          run.strike(at(day));
          twin.strike(at(day));
          // What was spent while it was alive stays spent, also where the twin had lost it.
          if (history.every(({ what }) => what !== 'take')) expect(run.balance).toBeLessThanOrEqual(twin.balance);
          if (run.balance > 0) {
            lasted += 1;
            expect((run.state.activeUntil?.['puntos'] ?? '~') <= (twin.state.activeUntil?.['puntos'] ?? '')).toBe(true);
          }
        }
        expect(run.balance).toBe(0);
        if (run.journal.some(({ facts }) => facts.reversed?.endsSooner !== undefined)) ended += 1;
        const state = run.journal.reduce((before, entry) => fold(before, entry), initialState(program));
        expect(state).toEqual(run.state);
      }),
      { seed, numRuns: 60 },
    );
  },
);
