import fc from 'fast-check';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { LineKind } from '@verbena/shared/ledger/points-line.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aRule, aSmallProgram, aTier } from '#support/small-program.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('pockets');
const product = { product: [{ field: 'n' }] };
const base = aSmallProgram({
  rules: [
    aRule({ id: 'ahora', earn: [{ currency: 'puntos', amount: product }] }),
    aRule({ id: 'dias', earn: [{ currency: 'puntos', amount: product, pending: { days: 9 } }] }),
    aRule({
      id: 'accion',
      when: { field: 'n', op: 'gt', value: 60 },
      earn: [{ currency: 'puntos', amount: product, pending: { until: 'action', activity: 'paid' } }],
    }),
  ],
  tiers: [aTier('base', 0), aTier('oro', 300)],
});
const ways = [
  { expiry: { kind: 'months', months: 1 } },
  { expiry: { kind: 'days', days: 20, round: 'month' }, notice: 9 },
  { expiry: { kind: 'inactivity', days: 15 }, notice: 4 },
] as const;
const policies = ['withinBalance', 'negative', 'pendingOnly'] as const;
const programs = policies.flatMap((onReversal) =>
  ways.map((way) =>
    aCompiledProgram({
      definitions: {
        ...base,
        activityTypes: [...base.activityTypes, ...base.activityTypes.map((type) => ({ ...type, id: 'paid' }))],
        currencies: base.currencies.map((one) => ({ ...one, onReversal, ...way })),
      },
      time: 'wall',
    }),
  ),
);

/** One thing that happens, hours after the one before; `place` chooses among what there is to choose from. */
const act = fc.record({
  what: fc.constantFrom(
    'visit',
    'visit',
    'visit',
    'paid',
    'hold',
    'hold',
    'capture',
    'release',
    'adjust',
    'activate',
    'move',
    'cancel',
    'return',
    'reverse',
    'refund',
    'undo',
  ),
  hours: fc.oneof(fc.nat(60), fc.nat(60), fc.constantFrom(0, 240, 800)),
  n: fc.nat(100),
  place: fc.nat(20),
});
const histories = fc.tuple(fc.nat(8), fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }));
type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

function play([policy, acts]: History): EngineRun {
  const program = programs[policy];
  if (program === undefined) throw new Error('There is no such policy.');
  const run = new EngineRun(program);
  const gone = new Set<number>();
  let atMs = Date.parse('2016-11-20T10:00:00.000Z');
  for (const { what, hours, n, place } of acts) {
    atMs += hours * 3_600_000;
    const at = new Date(atMs).toISOString();
    const pick = (from: object | undefined): string =>
      Object.keys(from ?? {})[place % Math.max(1, Object.keys(from ?? {}).length)] ?? '9999-1';
    const house = (type: string, attributes: Record<string, unknown>) =>
      run.submit({ type, occurredAt: at, attributes });
    if (what === 'visit' || what === 'paid') house(what, { n });
    else if (what === 'hold')
      house('points.held', { currency: 'puntos', amount: n + 1, ...(place % 2 ? { until: at.slice(0, 10) } : {}) });
    else if (what === 'capture')
      house('points.captured', {
        hold: pick(run.state.holds),
        ...(place % 3 ? { amount: n + 1 } : {}),
        release: place % 2 === 0,
      });
    else if (what === 'release') house('points.released', { hold: pick(run.state.holds) });
    else if (what === 'adjust') house('points.adjusted', { currency: 'puntos', amount: n * 3 - 151 });
    else if (what === 'activate') house('points.activated', { pending: pick(run.state.pending) });
    else if (what === 'cancel') house('points.cancelled', { pending: pick(run.state.pending) });
    else if (what === 'move')
      house('points.rescheduled', {
        pending: pick(run.state.pending),
        on: new Date(atMs + (place - 5) * 86_400_000).toISOString().slice(0, 10),
      });
    else if (what === 'refund' || what === 'undo') {
      const type = what === 'refund' ? 'points.captured' : 'points.adjusted';
      const moves = run.journal.filter((one) => one.type === type && one.outcome === 'accepted' && !gone.has(one.seq));
      const entry = moves[place % Math.max(1, moves.length)];
      if (entry === undefined) continue;
      const back = run.reverse(entry.seq, at, undefined, what === 'refund' && n > 30 ? n : undefined);
      if (back.effects.some((one) => one.type === 'activity.reversed' && one.part === undefined)) gone.add(entry.seq);
    } else {
      const visits = run.journal.filter(({ type, seq }) => type === 'visit' && !gone.has(seq));
      const entry = visits[place % Math.max(1, visits.length)];
      if (entry === undefined) continue;
      const stands =
        run.journal.findLast(({ facts, remaining }) => facts.reversed?.seq === entry.seq && remaining)?.remaining ??
        entry.activity.attributes;
      if (what === 'return') run.reverse(entry.seq, at, { n: Math.min(n, Number(stands['n'])) });
      else {
        gone.add(entry.seq);
        run.reverse(entry.seq, at);
      }
    }
  }
  return run;
}

const seen = new Set<string>();
/** It takes two to give points away, or to be joined: those are other laws. */
const ALONE = LineKind.options.filter((kind) => !['send', 'receive', 'settle', 'return', 'merge'].includes(kind));
afterAll(() => expect([...seen].sort()).toEqual(ALONE.toSorted()));

law(
  'C2 C4 C5 C6 C9 every pocket is the sum of its lines and never below zero; earned is what was earned; fold is decide',
  (history) => {
    const run = play(history);
    const sums = { balance: 0, pending: 0, held: 0, transit: 0, owed: 0 };
    let earned = 0;
    let state = initialState(run.program);
    for (const { seq, activity, lines, effects, decision } of run.journal) {
      for (const { amount, kind, pocket = 'balance' } of lines) {
        seen.add(kind);
        sums[pocket] += amount;
        expect(sums[pocket]).toBeGreaterThanOrEqual(0);
        if (kind === 'earn' || kind === 'reverse') earned += amount;
      }
      const { balances, lots, pending = {}, holds = {}, owed = {} } = decision.state;
      expect(balances['puntos'] ?? 0).toBe(sums.balance);
      expect((lots['puntos'] ?? []).reduce((sum, { amount }) => sum + amount, 0)).toBe(sums.balance);
      expect(Object.values(pending).reduce((sum, { amount }) => sum + amount, 0)).toBe(sums.pending);
      expect(
        Object.values(holds)
          .flatMap((hold) => hold.lots)
          .reduce((sum, { amount }) => sum + amount, 0),
      ).toBe(sums.held);
      expect(owed['puntos'] ?? 0).toBe(sums.owed);
      expect(decision.state.earned['puntos']?.ever ?? 0).toBe(earned);
      expect(earned).toBeGreaterThanOrEqual(0);
      state = fold(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
      expect(state).toEqual(decision.state);
    }
    expect(MemberState.parse(state)).toEqual(state);
  },
);

law('C2 C5 with everything taken back nothing was earned and nothing is pending, whatever was spent', (history) => {
  const run = play(history);
  const gone = new Set(
    run.journal.flatMap(({ effects }) =>
      effects.flatMap((one) => (one.type === 'activity.reversed' && one.part === undefined ? [one.seq] : [])),
    ),
  );
  for (const { type, seq } of [...run.journal]) if (type === 'visit' && !gone.has(seq)) run.reverse(seq);
  expect(run.state.earned['puntos']?.ever ?? 0).toBe(0);
  expect(run.state).not.toHaveProperty('pending');
  expect(Object.values(run.state.earned['puntos']?.years ?? {}).every((amount) => amount === 0)).toBe(true);
});

function law(title: string, check: (history: History) => void, numRuns = 30): void {
  test.each(seeds)(`${title} (seed %i)`, (seed) => {
    fc.assert(fc.property(histories, check), { seed, numRuns });
  });
}
