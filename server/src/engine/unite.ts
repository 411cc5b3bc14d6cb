import type { CapUse, HeldBadge, HeldTier, Lot, MemberState, Sent } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from './compiled-program.js';
import { takenOf, TAKEN_MAX } from './apply-effect.js';
import { comesBefore } from './apply-line.js';
import { findTier } from './decision-run.js';
import { added, earlier, joined, later, some } from './join-records.js';
import { own } from './own.js';
import { isAbove, type Ladder } from './tier-window.js';
import { uniteMissions } from './unite-missions.js';

/** Two states, and what uniting them reads besides. `refs` says what the other's pending points, holds and gifts are called here. */
export interface Union {
  readonly program: CompiledProgram;
  /** The ids of both, since nobody is invited by itself. */
  readonly members: readonly [mine: string, theirs: string];
  /** The account that lives on, and the one that ends in it. */
  readonly mine: MemberState;
  readonly theirs: MemberState;
  readonly refs: Readonly<Record<string, string>>;
}

type Part = keyof MemberState;
/** One way of uniting for every part that a state may have: whoever adds a part says here what becomes of it. */
type Ways = { readonly [P in Part]-?: (union: Union) => MemberState[P] | undefined };

/**
 * The state of a member to which another account was joined: it has what both had, and what either of them used up is used up.
 * Nothing is decided again: what both together would reach comes with the next activity. Pure.
 */
export function unite(union: Union): MemberState {
  const parts = Object.entries(ways).flatMap(([part, way]) => {
    const value = way(union);
    return value === undefined ? [] : [[part, value] as const];
  });
  // One entry for each part of a state, by the type of the ways.
  return Object.fromEntries(parts) as MemberState;
}

const ways: Ways = {
  // The journal that goes on is that of the account that lives on, and so is what it chose.
  seq: ({ mine }) => mine.seq,
  newestOccurredAt: ({ mine }) => mine.newestOccurredAt,
  zone: ({ mine }) => mine.zone,
  left: ({ mine }) => mine.left,
  closed: ({ mine }) => mine.closed,
  absorbed: ({ mine, theirs, members }) => absorbedBy(mine, theirs, members[1]),
  balances: ({ mine, theirs }) => added(mine.balances, theirs.balances),
  owed: ({ mine, theirs }) => some(added(mine.owed ?? {}, theirs.owed ?? {})),
  lots: ({ mine, theirs }) => joined(mine.lots, theirs.lots, uniteLots),
  earned: ({ mine, theirs }) =>
    joined(mine.earned, theirs.earned, (ours, other) => ({
      ever: ours.ever + other.ever,
      years: added(ours.years, other.years),
    })),
  // A counter that one of them lacks is filled anew, from both journals, before the next decision.
  counters: ({ mine, theirs }) =>
    Object.fromEntries(
      Object.entries(mine.counters).flatMap(([counter, buckets]) => {
        const others = own(theirs.counters, counter);
        return others === undefined ? [] : [[counter, added(buckets, others)]];
      }),
    ),
  caps: ({ mine, theirs }) =>
    joined(mine.caps, theirs.caps, (ours, other) =>
      joined(ours, other, (used: CapUse, more) => ({
        times: used.times + more.times,
        points: used.points + more.points,
      })),
    ),
  missions: uniteMissions,
  badges: ({ mine, theirs }) => joined(mine.badges, theirs.badges, earlierBadge),
  badgesGone: ({ mine, theirs }) =>
    some(
      joined(mine.badgesGone ?? {}, theirs.badgesGone ?? {}, (ours, other) => ({
        times: ours.times + other.times,
        count: ours.count + other.count,
        ...(ours.of === undefined && other.of === undefined ? {} : { of: added(ours.of ?? {}, other.of ?? {}) }),
      })),
    ),
  limits: ({ mine, theirs }) =>
    some(
      joined(mine.limits ?? {}, theirs.limits ?? {}, (ours, other) => {
        const use = { newest: later(ours.newest, other.newest), times: added(ours.times, other.times) };
        if (ours.taken === undefined && other.taken === undefined) return use;
        return { ...use, taken: [...takenOf(ours), ...takenOf(other)].toSorted().slice(-TAKEN_MAX) };
      }),
    ),
  tier: ({ program, mine, theirs }) => higherTier(program, mine.tier, theirs.tier),
  attributes: ({ mine, theirs }) => some({ ...theirs.attributes, ...mine.attributes }),
  joined: ({ mine, theirs }) =>
    mine.joined === undefined || theirs.joined === undefined
      ? (mine.joined ?? theirs.joined)
      : earlier(mine.joined, theirs.joined),
  invitedBy: invitationOf,
  referred: ({ mine, theirs }) => mine.referred ?? theirs.referred,
  pending: (union) => some({ ...union.mine.pending, ...named(union.theirs.pending, union.refs) }),
  holds: (union) => some({ ...union.mine.holds, ...named(union.theirs.holds, union.refs) }),
  transit: (union) => some({ ...union.mine.transit, ...named(union.theirs.transit, union.refs) }),
  sent: ({ mine, theirs }) => some(joined(mine.sent ?? {}, theirs.sent ?? {}, newerSent)),
  activeUntil: ({ mine, theirs }) => some(joined(mine.activeUntil ?? {}, theirs.activeUntil ?? {}, later)),
  noticed: noticesOf,
};

/** The accounts that are part of a member to which another one is joined. */
export function absorbedBy(mine: MemberState, theirs: MemberState, from: string): string[] {
  return [...(mine.absorbed ?? []), ...(theirs.absorbed ?? []), from];
}

function named<T>(part: Readonly<Record<string, T>> | undefined, refs: Union['refs']): Record<string, T> {
  return Object.fromEntries(
    Object.entries(part ?? {}).map(([ref, value]) => {
      const name = own(refs, ref);
      if (name === undefined) throw new Error(`Nobody named ${ref} anew.`);
      return [name, value];
    }),
  );
}

function uniteLots(mine: Lot[], theirs: Lot[]): Lot[] {
  const lots = [...mine];
  for (const lot of theirs) {
    const same = lots.findIndex(({ activated, expires }) => activated === lot.activated && expires === lot.expires);
    const present = lots[same];
    if (present === undefined) lots.push(lot);
    else lots[same] = { ...present, amount: present.amount + lot.amount };
  }
  return lots.toSorted((one, other) => (comesBefore(one, other) ? -1 : 1));
}

/** The one that was earned first; it ends with the later of both ends. For values it is held only where both are. */
function earlierBadge(mine: HeldBadge, theirs: HeldBadge): HeldBadge {
  const { rev, on } = theirs.on < mine.on ? theirs : mine;
  return {
    rev,
    on,
    ...(mine.until === undefined || theirs.until === undefined ? {} : { until: later(mine.until, theirs.until) }),
    ...(mine.of === undefined || theirs.of === undefined ? {} : { of: { ...theirs.of, ...mine.of } }),
  };
}

/** The higher tier, also where it is none of the present ones, with the later end of those that have one; a floor once reached stays. */
export function higherTier(program: Ladder, mine: HeldTier | null, theirs: HeldTier | null): HeldTier | null {
  const { ladder } = program.tiers;
  const rankOf = (id: string | undefined): number => ladder.findIndex(({ definition }) => definition.id === id);
  if (mine === null || theirs === null) return mine ?? theirs;
  const [ours, other] = [findTier(program, mine), findTier(program, theirs)];
  const isLower = ours !== null && other !== null && isAbove(program, other, ours);
  const [high, low] = isLower ? [theirs, mine] : [mine, theirs];
  const isSame = high.id === low.id;
  const until =
    high.until === null || (isSame && low.until === null)
      ? null
      : low.until === null
        ? high.until
        : later(high.until, low.until);
  // What one of them holds without an end is kept below what ends.
  const forEver = until !== null && low.until === null && low.id !== ladder[0]?.definition.id ? low.id : undefined;
  const floor = [high.floor, low.floor, forEver].toSorted((one, other) => rankOf(other) - rankOf(one))[0];
  const since = isSame && high.since !== null && low.since !== null ? earlier(high.since, low.since) : high.since;
  return {
    id: high.id,
    rev: high.rev,
    since,
    until,
    ...(floor === undefined ? {} : { floor }),
    ...(until !== null && high.warned === until ? { warned: until } : {}),
  };
}

/** An invitation counts once in a life, and never between accounts of one person. */
function invitationOf({ mine, theirs, members }: Union): MemberState['invitedBy'] {
  if (mine.referred === true || theirs.referred === true) return undefined;
  const same = new Set([...members, ...(mine.absorbed ?? []), ...(theirs.absorbed ?? [])]);
  return [mine.invitedBy, theirs.invitedBy].find((one) => one !== undefined && !same.has(one.advocate));
}

/** Of a day what was given adds up; else the newer day counts. */
function newerSent(mine: Sent, theirs: Sent): Sent {
  if (mine.on === theirs.on) return { on: mine.on, amount: mine.amount + theirs.amount };
  return mine.on > theirs.on ? mine : theirs;
}

/** Up to where both were told; whoever had no points of a currency had nothing to be told. */
function noticesOf({ mine, theirs }: Union): MemberState['noticed'] {
  const told: Record<string, string> = {};
  for (const currency of Object.keys({ ...mine.noticed, ...theirs.noticed })) {
    const sides = [mine, theirs].filter(({ lots }) => (own(lots, currency) ?? []).length > 0);
    const dates = (sides.length === 0 ? [mine, theirs] : sides).map(({ noticed }) => own(noticed ?? {}, currency));
    const known = dates.filter((date) => date !== undefined);
    const [first] = known.toSorted();
    if (first !== undefined && (known.length === dates.length || sides.length === 0)) told[currency] = first;
  }
  return some(told);
}
