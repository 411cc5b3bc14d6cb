import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { Standing } from '@verbena/shared/ledger/ledger.routes.js';
import { dayBefore } from '@verbena/shared/ledger/explain-lines.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledCurrency, CompiledProgram, CompiledTier, TierStanding } from '#engine/compiled-program.js';
import { valueOf, timesHeld } from '#engine/counted-apart.js';
import { countSince } from '#engine/decide-badges.js';
import { endOfTier } from '#engine/decide-tier.js';
import { endOfLot, inactiveOn } from '#engine/due.js';
import { own } from '#engine/own.js';
import { anchorOf, dropsOn, isAbove, standingIn, windowOf } from '#engine/tier-window.js';

const LOTS_MAX = 12;

/** Where a member stands in a program on its today: a pure reading of the state. The year is cut where the tiers cut theirs. */
export function standingOf(program: CompiledProgram, state: MemberState, today: LocalDates): Standing {
  const { ladder } = program.tiers;
  const base = ladder[0]?.definition;
  const date = today[base?.zone ?? 'program'];
  const window = base === undefined ? null : windowOf(base, date, anchorOf(base, state, date));
  const standing = base === undefined || window === null ? null : standingIn(program, base, state, window, date);
  // Who began before the program had tiers has none recorded, and stands on the lowest as every other.
  const tier = state.tier ?? (base === undefined ? null : { id: base.id, since: null, until: null });
  const position = ladder.findIndex(({ definition }) => definition.id === tier?.id);
  const next = position === -1 ? undefined : ladder[position + 1];
  return {
    seq: state.seq,
    balances: Object.fromEntries([...program.currencies.keys()].map((id) => [id, state.balances[id] ?? 0])),
    expiring: Object.fromEntries(
      Object.entries(state.lots).map(([currency, lots]) => [
        currency,
        expiringOf(lots, program.currencies.get(currency), state),
      ]),
    ),
    ...pocketsOf(state),
    earned: { ever: base === undefined ? 0 : (state.earned[base.currency]?.ever ?? 0), year: standing?.earned ?? 0 },
    tier:
      tier === null
        ? null
        : {
            id: tier.id,
            since: tier.since,
            until: tier.until,
            next: next === undefined || standing === null ? null : missingFor(next, standing),
            ...dropOf(program, state, date),
            ...(window === null || base?.period === undefined
              ? {}
              : { period: { first: window.first, last: window.last } }),
          },
    badges: Object.entries(state.badges).map(([id, held]) => ({
      id,
      on: held.on,
      ...(held.until === undefined ? {} : { until: held.until }),
      ...(held.of === undefined ? {} : { times: timesHeld(held) }),
    })),
    badgeProgress: badgeProgressOf(program, state),
  };
}

/** What keeps a member from a tier: points, and what it asks for besides. */
function missingFor(
  { definition: { id, threshold }, lacks }: CompiledTier,
  standing: TierStanding,
): NonNullable<Standing['tier']>['next'] {
  const lacking = lacks(standing);
  const missing = Math.max(0, threshold - standing.earned);
  return { id, threshold, missing, ...(lacking.length === 0 ? {} : { lacks: lacking }) };
}

/** How many points keep a member from one of the present tiers, as tiers are reached today; null where there is no such tier. */
export function missingTo(
  program: CompiledProgram,
  state: MemberState,
  today: LocalDates,
  tier: string,
): number | null {
  const { ladder } = program.tiers;
  const wanted = ladder.find(({ definition }) => definition.id === tier);
  const base = ladder[0]?.definition;
  if (wanted === undefined || base === undefined) return null;
  const date = today[base.zone];
  const standing = standingIn(program, base, state, windowOf(base, date, anchorOf(base, state, date)), date);
  return missingFor(wanted, standing)?.missing ?? null;
}

/** Pending points, the soonest first and those without a day last; holds; what is owed. */
function pocketsOf({ pending, holds, owed }: MemberState): Pick<Standing, 'pending' | 'holds' | 'owed'> {
  return {
    ...(pending === undefined
      ? {}
      : {
          pending: Object.entries(pending)
            .map(([ref, { currency, amount, on, until = null }]) => ({ ref, currency, amount, on, until }))
            .toSorted((left, right) => ((left.on ?? '9') < (right.on ?? '9') ? -1 : 1)),
        }),
    ...(holds === undefined
      ? {}
      : {
          holds: Object.entries(holds).map(([ref, { currency, lots, until }]) => {
            return { ref, currency, amount: lots.reduce((sum, lot) => sum + lot.amount, 0), until };
          }),
        }),
    ...(owed === undefined ? {} : { owed: { ...owed } }),
  };
}

/** What the clock will make of the tier held, in its last period; nothing where it stays. */
function dropOf(
  program: CompiledProgram,
  state: MemberState,
  date: string,
): Pick<NonNullable<Standing['tier']>, 'drop'> {
  const end = endOfTier(program, state);
  if (end === null || date < end.first || !isAbove(program, end.present, end.next)) return {};
  const on = dropsOn(end.present.definition, end.ended);
  return { drop: { on, to: end.next.definition.id, missing: end.missing } };
}

function badgeProgressOf(program: CompiledProgram, state: MemberState): Record<string, number> {
  return Object.fromEntries(
    program.badges.flatMap(({ definition: { id }, count }) => {
      if (count === null || own(state.badges, id) !== undefined) return [];
      // Where each value counts apart, the one that came furthest.
      const buckets = Object.keys(own(state.counters, count.counter) ?? {});
      const counted = buckets.map((bucket) => countSince(state, id, count.counter, valueOf(bucket)));
      return [[id, Math.min(Math.max(0, ...counted), count.target)]];
    }),
  );
}

/** The lots that end, those of one day together, the soonest first. */
function expiringOf(
  lots: MemberState['lots'][string],
  currency: CompiledCurrency | undefined,
  state: MemberState,
): { amount: number; until: string }[] {
  if (currency === undefined) return [];
  const inactive = inactiveOn(currency, state);
  const byDay = new Map<string, number>();
  for (const lot of lots) {
    const end = endOfLot(currency, lot, inactive);
    if (end !== null) byDay.set(end, (byDay.get(end) ?? 0) + lot.amount);
  }
  return [...byDay]
    .map(([end, amount]) => ({ until: dayBefore(end), amount }))
    .toSorted((one, other) => (one.until < other.until ? -1 : 1))
    .slice(0, LOTS_MAX);
}
