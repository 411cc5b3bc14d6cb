import fc from 'fast-check';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aRule, aSmallProgram, aTier } from '#support/small-program.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('what-comes-back');
const HOUR_MS = 3_600_000;

function programOf(currency: Partial<Definitions['currencies'][number]>): CompiledProgram {
  const small = aSmallProgram({
    rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })],
    tiers: [aTier('base', 0), aTier('oro', 300)],
  });
  const currencies = small.currencies.map((one) => ({ ...one, ...currency }));
  return aCompiledProgram({ definitions: { ...small, currencies }, time: 'wall' });
}

const ways = [
  { expiry: { kind: 'months', months: 1 } },
  { expiry: { kind: 'days', days: 20, round: 'month' }, notice: 9 },
  { expiry: { kind: 'inactivity', days: 15 }, notice: 4 },
] as const;
const ending = ways.map((way) => programOf(way));
const lasting = (['withinBalance', 'negative'] as const).map((onReversal) => programOf({ onReversal }));

/** One thing that happens, hours after the one before; `place` chooses among what there is to choose from. */
const act = (...what: string[]) =>
  fc.record({
    what: fc.constantFrom(...what),
    hours: fc.oneof(fc.nat(60), fc.nat(60), fc.constantFrom(0, 240, 800)),
    n: fc.integer({ min: 1, max: 100 }),
    place: fc.nat(20),
  });
const historiesOf = (programs: number, ...what: string[]) =>
  fc.tuple(fc.nat(programs - 1), fc.array(act(...what), { minLength: 5, maxLength: 40, size: 'max' }));
type History = ReturnType<typeof historiesOf> extends fc.Arbitrary<infer T> ? T : never;

/** A member to whom it all happens; the twin spends nothing, or is given nothing that is taken back. */
function play(program: CompiledProgram, acts: History[1], isTwin: boolean): EngineRun {
  const run = new EngineRun(program);
  const open = new Set<string>();
  const visits = new Map<number, number>();
  const captures = new Map<number, number>();
  let visit = 0;
  let atMs = Date.parse('2016-11-20T10:00:00.000Z');
  for (const { what, hours, n, place } of acts) {
    atMs += hours * HOUR_MS;
    const at = new Date(atMs).toISOString();
    const house = (type: string, attributes: Record<string, unknown>) =>
      run.submit({ type, occurredAt: at, attributes });
    if (what === 'visit') {
      house('visit', { n });
      visits.set((visit += 1), run.state.seq);
    } else if (what === 'gift') house('points.adjusted', { currency: 'puntos', amount: n });
    else if (what === 'return') {
      const one = [...visits.keys()][place % Math.max(1, visits.size)];
      if (one === undefined) continue;
      run.reverse(visits.get(one) ?? 0, at);
      visits.delete(one);
    } else if (what === 'mistake') {
      atMs += (place % 24) * HOUR_MS;
      if (isTwin) continue;
      house('points.adjusted', { currency: 'puntos', amount: n });
      run.reverse(run.state.seq, new Date(atMs).toISOString());
    } else if (isTwin) continue;
    else if (what === 'hold') {
      const held = house('points.held', { currency: 'puntos', amount: n });
      if (held.outcome === 'accepted') open.add(`${run.state.seq}-1`);
    } else if (what === 'capture') {
      const hold = [...open][place % Math.max(1, open.size)];
      const taken = hold === undefined ? 'refused' : house('points.captured', { hold }).outcome;
      if (hold === undefined || taken === 'refused') continue;
      captures.set(run.state.seq, -(run.journal.at(-1)?.lines ?? []).reduce((sum, { amount }) => sum + amount, 0));
      open.delete(hold);
    } else {
      const [seq, left] = [...captures][place % Math.max(1, captures.size)] ?? [];
      if (seq === undefined || left === undefined) continue;
      const amount = Math.min(n, left);
      run.cancel(seq, at, amount);
      if (amount === left) captures.delete(seq);
      else captures.set(seq, left - amount);
    }
  }
  const at = new Date(atMs).toISOString();
  for (const hold of open) if (!isTwin) run.submit({ type: 'points.captured', occurredAt: at, attributes: { hold } });
  const spent = run.journal.filter(({ type, outcome }) => type === 'points.captured' && outcome === 'accepted');
  for (const { seq } of spent)
    if (captures.has(seq) || !run.journal.some(({ facts }) => facts.reversed?.seq === seq)) run.cancel(seq, at);
  run.strike(at);
  return run;
}

function pick(programs: readonly CompiledProgram[], place: number): CompiledProgram {
  const found = programs[place];
  if (found === undefined) throw new Error('There is no such program.');
  return found;
}

const lotsOf = ({ state }: EngineRun) => state.lots['puntos'] ?? [];
let spent = 0;
let undone = 0;
let returned = 0;
afterAll(() => expect([spent > 20, undone > 20, returned > 20]).toEqual([true, true, true]));

function law(title: string, histories: fc.Arbitrary<History>, check: (history: History) => void): void {
  test.each(seeds)(`${title} (seed %i)`, (seed) => {
    fc.assert(fc.property(histories, check), { seed, numRuns: 60 });
  });
}

law(
  'C3 C4 whoever spends and has all of it cancelled has the lots of a twin who never spent, with their dates',
  historiesOf(ending.length, 'visit', 'visit', 'gift', 'hold', 'hold', 'capture', 'cancel'),
  ([place, acts]) => {
    const program = pick(ending, place);
    const run = play(program, acts, false);
    const twin = play(program, acts, true);
    if (run.journal.some(({ type }) => type === 'points.captured.reversed')) spent += 1;
    expect(lotsOf(run)).toEqual(lotsOf(twin));
    expect([run.state.activeUntil, run.state.earned, run.state.tier, run.state.holds]).toEqual([
      twin.state.activeUntil,
      twin.state.earned,
      twin.state.tier,
      undefined,
    ]);
    expect(run.journal.reduce((before, entry) => fold(before, entry), initialState(program))).toEqual(run.state);
  },
);

law(
  'C4 C5 also where purchases went back meanwhile, nobody has more or owes more than that twin',
  historiesOf(lasting.length, 'visit', 'visit', 'return', 'hold', 'hold', 'capture', 'cancel'),
  ([place, acts]) => {
    const run = play(pick(lasting, place), acts, false);
    const twin = play(pick(lasting, place), acts, true);
    if (run.journal.some(({ type }) => type === 'visit.reversed') && spent > 0) returned += 1;
    expect([run.balance, run.state.owed]).toEqual([twin.balance, twin.state.owed]);
  },
);

law(
  'C3 C6 a gift that is undone leaves what there would be without it, where nothing was spent',
  historiesOf(ending.length, 'visit', 'gift', 'mistake', 'mistake'),
  ([place, acts]) => {
    const run = play(pick(ending, place), acts, false);
    const twin = play(pick(ending, place), acts, true);
    if (run.journal.some(({ type }) => type === 'points.adjusted.reversed')) undone += 1;
    expect(lotsOf(run)).toEqual(lotsOf(twin));
    expect([run.state.activeUntil, run.state.earned, run.state.tier]).toEqual([
      twin.state.activeUntil,
      twin.state.earned,
      twin.state.tier,
    ]);
  },
);
