import fc from 'fast-check';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { EngineRun } from './engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from './small-program.js';

const name = { es: 'Nombre' };
const OTHER = '01J0000000000000000000ADV0';
const product = { product: [{ field: 'n' }] };
const small = aSmallProgram();

/**
 * What came after the first golden journals: streaks with freezes, pauses and grace, sets, sequences, stages, shared goals, points
 * that wait, holds, transfers, adjustments, boosts, badges that end, tiers that warn.
 */
export const everyKind: Definitions = aSmallProgram({
  activityTypes: [...small.activityTypes, ...small.activityTypes.map((type) => ({ ...type, id: 'paid' }))],
  currencies: small.currencies.map((one) => ({
    ...one,
    expiry: { kind: 'days', days: 60, round: 'month' },
    notice: 9,
    onReversal: 'negative',
    transfer: { perGift: 60, perDay: 100 },
  })),
  rules: [
    aRule({
      id: 'ahora',
      boosts: [
        { id: 'finde', name, ratio: [3, 2], weekdays: [6, 7] },
        { id: 'norte', name, ratio: [5, 4], when: { field: 'shop', op: 'eq', value: 'norte' } },
      ],
      earn: [
        {
          currency: 'puntos',
          amount: { product: [{ field: 'n' }, { tier: 'percent' }, { boost: 'finde' }, { boost: 'norte' }], max: 400 },
        },
      ],
    }),
    aRule({ id: 'dias', earn: [{ currency: 'puntos', amount: product, pending: { days: 9 } }] }),
    aRule({
      id: 'accion',
      when: { field: 'n', op: 'gt', value: 60 },
      earn: [{ currency: 'puntos', amount: product, pending: { until: 'action', activity: 'paid' } }],
    }),
    aRule({ id: 'de-coleccion', on: { mission: 'coleccion' }, earn: points(11) }),
  ],
  missions: [
    aMission({
      id: 'racha',
      goal: {
        kind: 'streak',
        unit: 'day',
        length: 3,
        freezes: { max: 3, start: 1, perCompletion: 1 },
        pause: { daysPerYear: 20 },
      },
    }),
    aMission({ id: 'semanas', goal: { kind: 'streak', unit: 'week', length: 3, graceDays: 2 } }),
    aMission({
      id: 'coleccion',
      goal: {
        kind: 'set',
        field: 'items.kind',
        values: ['pan', 'vino', 'flor'].map((value) => ({ value, name })),
        per: 'month',
      },
      reset: 'onCompletion',
    }),
    aMission({
      id: 'ruta',
      goal: {
        kind: 'sequence',
        steps: [
          { name, when: { field: 'shop', op: 'eq', value: 'norte' }, reward: { points: [], badges: ['paso'] } },
          { name, on: { activity: 'paid' } },
          { name },
        ],
        per: 'ever',
      },
    }),
    aMission({
      id: 'etapas',
      goal: { kind: 'sum', field: 'n', target: 200, per: 'month' },
      steps: [
        { at: 50, name, reward: { points: [{ currency: 'puntos', amount: 3 }], badges: [] } },
        { at: 120, name, reward: { points: [{ currency: 'puntos', amount: 5 }], badges: ['mitad'] } },
      ],
      requires: [{ badge: 'paso' }],
    }),
    aMission({ id: 'comun', goal: { kind: 'shared', field: 'n', target: 1_000, per: 'month' } }),
    aMission({
      id: 'sin-fallo',
      goal: { kind: 'count', target: 3, per: 'ever' },
      reset: 'onCompletion',
      failure: { on: { activity: 'visit' }, when: { field: 'shop', op: 'eq', value: 'cerrada' }, coolDownDays: 3 },
    }),
  ],
  badges: [
    aBadge({ id: 'paso' }),
    aBadge({ id: 'mitad', expires: { days: 20 } }),
    aBadge({ id: 'cinco', grant: { kind: 'count', activity: 'visit', target: 5 }, expires: { days: 30 } }),
  ],
  tiers: [
    aTier('base', 0),
    aTier('oro', 300, { percent: 130, noticeDays: 20, graceDays: 10, period: { kind: 'rolling', months: 2 } }),
  ].map((tier) => ({ ...tier, period: { kind: 'rolling' as const, months: 2 } })),
});

const act = fc.record({
  what: fc.constantFrom(
    ...['visit', 'visit', 'visit', 'visit', 'visit', 'paid', 'hold', 'capture', 'release', 'adjust', 'activate'],
    ...[
      'move',
      'cancel',
      'return',
      'reverse',
      'send',
      'receive',
      'settle',
      'pause',
      'grant',
      'restore',
      'reach',
      'withdraw',
    ],
  ),
  hours: fc.oneof(fc.nat(30), fc.nat(30), fc.constantFrom(0, 24, 24, 240, 900)),
  n: fc.nat(100),
  place: fc.nat(20),
  shop: fc.constantFrom('norte', 'sur', 'cerrada'),
  kinds: fc.array(fc.constantFrom('pan', 'vino', 'flor', 'nada'), { maxLength: 3 }),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

export function kindHistories(): readonly (readonly Act[])[] {
  return fc.sample(fc.array(act, { minLength: 90, maxLength: 90 }), { seed: 19, numRuns: 4 });
}

/** Plays everything that members, staff and the house itself can do about what a member has. */
export function playKinds(run: EngineRun, acts: readonly Act[]): void {
  const gone = new Set<number>();
  let atMs = Date.parse('2016-12-01T10:00:00.000Z');
  for (const { what, hours, n, place, shop, kinds } of acts) {
    atMs += hours * 3_600_000;
    const at = new Date(atMs).toISOString();
    const dayAt = (days: number): string => new Date(atMs + days * 86_400_000).toISOString().slice(0, 10);
    const pick = (from: object | undefined): string =>
      Object.keys(from ?? {})[place % Math.max(1, Object.keys(from ?? {}).length)] ?? '9999-1';
    const house = (type: string, attributes: Record<string, unknown>) =>
      run.submit({ type, occurredAt: at, attributes });
    const back = (isWhole: boolean): void => {
      const visits = run.journal.filter(({ type, seq }) => type === 'visit' && !gone.has(seq));
      const entry = visits[place % Math.max(1, visits.length)];
      if (entry === undefined) return;
      if (isWhole) gone.add(entry.seq);
      run.reverse(entry.seq, at, isWhole ? undefined : { ...entry.activity.attributes, n: 0 });
    };
    const acting: Readonly<Record<string, () => unknown>> = {
      visit: () => house('visit', { n, shop, items: kinds.map((kind) => ({ kind, n: place })) }),
      paid: () => house('paid', { n }),
      hold: () =>
        house('points.held', { currency: 'puntos', amount: n + 1, ...(place % 2 ? { until: dayAt(5) } : {}) }),
      capture: () => house('points.captured', { hold: pick(run.state.holds), amount: n + 1, release: place % 2 === 0 }),
      release: () => house('points.released', { hold: pick(run.state.holds) }),
      adjust: () => house('points.adjusted', { currency: 'puntos', amount: n * 3 - 151 }),
      activate: () => house('points.activated', { pending: pick(run.state.pending) }),
      move: () => house('points.rescheduled', { pending: pick(run.state.pending), on: dayAt(place - 5) }),
      cancel: () => house('points.cancelled', { pending: pick(run.state.pending) }),
      return: () => back(false),
      reverse: () => back(true),
      send: () => house('transfer.sent', { currency: 'puntos', amount: n + 1, to: OTHER }),
      receive: () =>
        house('transfer.received', {
          transfer: `${place}-1`,
          from: OTHER,
          currency: 'puntos',
          lots: [{ activated: dayAt(-3), expires: dayAt(place - 2), amount: n + 1 }],
        }),
      settle: () => house(place % 3 ? 'transfer.settled' : 'transfer.returned', { transfer: pick(run.state.transit) }),
      // One more, another one instead of the last, that one given up, or as engine 1 said it.
      pause: () => {
        const last = run.state.missions['racha']?.pauses?.at(-1)?.from ?? null;
        const plan = n % 5 === 0 ? {} : { from: dayAt(1 + (n % 4)), until: dayAt(1 + (n % 4) + (place % 4)) };
        house('streak.paused', { mission: 'racha', ...plan, ...(n % 3 ? { instead: n % 2 ? last : null } : {}) });
      },
      grant: () => house('streak.granted', { mission: 'racha', freezes: 1 }),
      restore: () => house('streak.restored', { mission: 'racha', period: dayAt(-1 - (place % 3)) }),
      reach: () => house('goal.reached', { mission: 'comun', period: at.slice(0, 7) }),
      withdraw: () => house('badge.withdrawn', { badge: 'cinco' }),
    };
    acting[what]?.();
  }
}
