import type { TierExtended, TierMoved } from '@verbena/shared/ledger/effect.js';
import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { HeldTier, MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { addDays } from './calendar.js';
import type { CompiledTier, TierStanding } from './compiled-program.js';
import { findTier, type DecisionRun } from './decision-run.js';
import {
  anchorOf,
  dropsOn,
  isAbove,
  isReached,
  standingIn,
  untilAfter,
  windowOf,
  type Ladder,
  type TierWindow,
} from './tier-window.js';

/** What of a member its tier is decided on. */
export type TierBooks = Pick<MemberState, 'tier' | 'earned' | 'counters' | 'joined' | 'attributes'>;

/** Assesses the tier after points were earned. */
export function assessTier(run: DecisionRun): void {
  const zone = run.program.tiers.ladder[0]?.definition.zone;
  if (zone === undefined) return;
  const raised = raiseTier(run.program, run.draft.state, run.seen.day[zone].date, run.facts.calendar.now[zone]);
  if (raised === null) return;
  run.record(raised);
  if (raised.type === 'tier.moved') run.receipt.fire('tier', { id: raised.to, rev: raised.rev });
}

/**
 * What becomes of a tier after something was earned: the highest that the period of `date` reaches, if the one after it is not
 * over yet by the member's time. Above the present one it is taken at once; equal or above, it lasts longer. Null: nothing.
 */
export function raiseTier(
  program: Ladder,
  books: TierBooks,
  date: LocalDate,
  today: LocalDate,
): TierMoved | TierExtended | null {
  const [base] = program.tiers.ladder;
  const found = reachedTier(program, books, date, today);
  if (found === null) return null;
  const { reached, present, window } = found;
  const held = books.tier;
  const { id, rev } = reached.definition;
  const heldUntil = held?.until ?? null;
  const until = heldUntil !== null && heldUntil > window.until ? heldUntil : window.until;
  if (isAbove(program, reached, present)) {
    const from = present.definition.id;
    // What was reached for ever, under whatever version, is what a tier that ends falls back to.
    const isForEver = present !== base && heldUntil === null && endOf(reached, until) !== null;
    const floor = present.definition.keep === true || isForEver ? from : held?.floor;
    const moved = {
      type: 'tier.moved',
      from,
      to: id,
      rev,
      direction: 'up',
      since: today,
      until: endOf(reached, until),
    } as const;
    return floor === undefined ? moved : { ...moved, floor };
  }
  const isLonger = endOf(reached, until) !== null && heldUntil !== null && until > heldUntil;
  return isLonger ? { type: 'tier.extended', tier: id, rev, until } : null;
}

/** The tier that a state reaches with what counts on `date`, if it is not below the present one; null where there is none, or it is over by `today`. */
function reachedTier(
  program: Ladder,
  state: TierBooks,
  date: LocalDate,
  today: LocalDate,
): { readonly reached: CompiledTier; readonly present: CompiledTier; readonly window: TierWindow } | null {
  const { ladder } = program.tiers;
  const [base] = ladder;
  if (base === undefined) return null;
  const { period } = base.definition;
  // What lies within the last months is asked of today, what lies in a year of the year in which it happened.
  const window = windowFor(state, base.definition, period?.kind === 'rolling' ? today : date);
  if (window.until < today) return null;
  const standing = standingIn(program, base.definition, state, window, today);
  const reached = ladder.findLast((tier) => isReached(tier, standing));
  const present = findTier(program, state.tier) ?? base;
  if (reached === undefined || reached === base || isAbove(program, present, reached)) return null;
  return { reached, present, window };
}

/** Whether a member stands today at a higher tier than it holds. */
export function standsHigher(program: Ladder, state: TierBooks, today: LocalDates): boolean {
  const date = today[program.tiers.ladder[0]?.definition.zone ?? 'program'];
  const found = reachedTier(program, state, date, date);
  return found !== null && isAbove(program, found.reached, found.present);
}

/** What happens when a tier ended and its grace is over: what `endOfTier` says. */
export function stepDown(run: DecisionRun): void {
  const lowered = lowerTier(run.program, run.draft.state);
  if (lowered === null) throw new Error('There is no tier that could end.');
  run.record(lowered);
  if (lowered.type === 'tier.moved') run.receipt.fire('tier', { id: lowered.to, rev: lowered.rev });
}

/** What becomes of a tier that ended, and its grace is over; null where it has no end. */
export function lowerTier(program: Ladder, books: TierBooks): TierMoved | TierExtended | null {
  const held = books.tier;
  const end = endOfTier(program, books);
  if (end === null) return null;
  const { present, base, ended, next } = end;
  const { id, rev } = next.definition;
  const joined = anchorOf(base.definition, books, ended);
  const isForEver = next === base || id === held?.floor;
  const until = isForEver ? null : endOf(next, untilAfter(base.definition, ended, joined));
  if (!isAbove(program, present, next) && until !== null) return { type: 'tier.extended', tier: id, rev, until };
  const from = present.definition.id;
  const floor = held?.floor === id ? undefined : held?.floor;
  const since = dropsOn(present.definition, ended);
  const moved = { type: 'tier.moved', from, to: id, rev, direction: 'down', since, until } as const;
  return floor === undefined ? moved : { ...moved, floor };
}

/** The first day on which a tier that has an end is no longer held, its days of grace included; null where it has none. */
export function overOn(program: Ladder, { tier }: Pick<TierBooks, 'tier'>): LocalDate | null {
  const present = findTier(program, tier);
  return present === null || tier === null || tier.until === null ? null : dropsOn(present.definition, tier.until);
}

/** Falls back to what is held without what is taken back: a lower tier, or the same one for less long. */
export function fallBack(run: DecisionRun, { id, rev, since, until, floor }: HeldTier): void {
  const held = run.draft.state.tier;
  if (id !== held?.id) {
    const moved = { type: 'tier.moved', from: held?.id ?? id, to: id, rev, direction: 'down', since, until } as const;
    run.record(floor === undefined ? moved : { ...moved, floor });
  } else if (until !== null) {
    const extended = { type: 'tier.extended', tier: id, rev, until } as const;
    run.record(floor === held.floor ? extended : { ...extended, floor: floor ?? null });
  }
  run.receipt.fire('tier', { id, rev });
}

/** Tells a member, some time before its tier ends, what becomes of it and what would keep it. */
export function warnOfTierEnd(run: DecisionRun): void {
  const { present, ended: until, next, missing } = mustEnd(run);
  const { id, rev } = present.definition;
  const on = dropsOn(present.definition, until);
  run.record({ type: 'tier.warned', tier: id, rev, until, on, to: next.definition.id, missing });
  run.receipt.fire('tier', present.definition);
}

/** What becomes of the tier that a member holds when it ends, should nothing more be earned. */
export interface TierEnd {
  readonly present: CompiledTier;
  readonly base: CompiledTier;
  /** The last day of it, before the days of grace. */
  readonly ended: LocalDate;
  /** What follows: the tier itself, where the period that ends with it reaches it again. */
  readonly next: CompiledTier;
  /** So much more earned in that period keeps it, as far as points do; and the first day of that period. */
  readonly missing: number;
  readonly first: LocalDate;
}

/**
 * What a decision will make of the tier held, for the clock, for notices and for screens alike: one step down, or what the period
 * that ended reaches; never below what is kept. Null where it has no end.
 */
export function endOfTier(program: Ladder, state: TierBooks): TierEnd | null {
  const { ladder } = program.tiers;
  const [base] = ladder;
  const present = findTier(program, state.tier);
  const ended = state.tier?.until ?? null;
  if (base === undefined || present === null || ended === null) return null;
  const standingOf = ({ definition }: CompiledTier): TierStanding =>
    standingIn(program, definition, state, windowFor(state, definition, ended), ended);
  const next = tierBelow(program, state, { present, base, standing: standingOf(base) });
  const { earned, first } = standingOf(present);
  return { present, base, ended, next, missing: Math.max(0, present.definition.threshold - earned), first };
}

function mustEnd(run: DecisionRun): TierEnd {
  const end = endOfTier(run.program, run.draft.state);
  if (end === null) throw new Error('There is no tier that could end.');
  return end;
}

/** The tier that follows on one that ended, by what the member stands at in the period that ended with it. */
function tierBelow(
  program: Ladder,
  state: TierBooks,
  { present, base, standing }: Pick<TierEnd, 'present' | 'base'> & { readonly standing: TierStanding },
): CompiledTier {
  const { ladder } = program.tiers;
  const { downgrade = 'oneStep' } = base.definition;
  const floor = ladder.find(({ definition }) => definition.id === state.tier?.floor) ?? base;
  const below = ladder.findLast((tier) => isAbove(program, present, tier)) ?? base;
  // Also of a year, though whoever reaches a tier again in it is told so at once: who was still in the days of grace of a higher one was not.
  const reached = ladder.findLast((tier) => isReached(tier, standing) && !isAbove(program, tier, present)) ?? base;
  const next = downgrade === 'reassess' || !isAbove(program, present, reached) ? reached : below;
  return isAbove(program, floor, next) ? floor : next;
}

function windowFor(state: TierBooks, definition: CompiledTier['definition'], date: LocalDate): TierWindow {
  return windowOf(definition, date, anchorOf(definition, state, date));
}

/** Null where a tier has no end: it is kept, or nobody goes down. */
function endOf({ definition: { keep, downgrade } }: CompiledTier, until: LocalDate): LocalDate | null {
  return keep === true || downgrade === 'never' ? null : until;
}

/** The day on which a member is told that its tier ends; null where it is not, or was. */
export function warnsOn(
  { noticeDays, graceDays = 0 }: CompiledTier['definition'],
  until: LocalDate,
  warned: LocalDate | undefined,
): LocalDate | null {
  return noticeDays === undefined || warned === until ? null : addDays(until, 1 + graceDays - noticeDays);
}
