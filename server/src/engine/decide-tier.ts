import type { LocalDate } from '@verbena/shared/platform/time.js';
import { addDays } from './calendar.js';
import type { CompiledTier } from './compiled-program.js';
import { findTier, type DecisionRun } from './decision-run.js';
import {
  anchorOf,
  dropsOn,
  isAbove,
  isReached,
  standingIn,
  untilAfter,
  windowOf,
  type TierWindow,
} from './tier-window.js';

/**
 * Assesses the tier after points were earned: the highest that the period of `occurredAt` reaches, if the one after it is not
 * over yet by the member's time. Above the present one it is taken at once; equal or above, it lasts longer.
 */
export function assessTier(run: DecisionRun): void {
  const { program } = run;
  const { ladder } = program.tiers;
  const [base] = ladder;
  if (base === undefined) return;
  const { zone, period } = base.definition;
  const today = run.facts.calendar.now[zone];
  // What lies within the last months is asked of today, what lies in a year of the year in which it happened.
  const window = windowFor(run, base, period?.kind === 'rolling' ? today : run.seen.day[zone].date);
  if (window.until < today) return;
  const standing = standingIn(program, base.definition, run.draft.state, window, today);
  const reached = ladder.findLast((tier) => isReached(tier, standing));
  const held = run.draft.state.tier;
  const present = findTier(program, held) ?? base;
  if (reached === undefined || reached === base || isAbove(program, present, reached)) return;
  const { id, rev } = reached.definition;
  const heldUntil = held?.until ?? null;
  const until = heldUntil !== null && heldUntil > window.until ? heldUntil : window.until;
  if (isAbove(program, reached, present)) {
    const from = present.definition.id;
    const floor = present.definition.keep === true ? from : held?.floor;
    const moved = {
      type: 'tier.moved',
      from,
      to: id,
      rev,
      direction: 'up',
      since: today,
      until: endOf(reached, until),
    } as const;
    run.record(floor === undefined ? moved : { ...moved, floor });
    run.receipt.fire('tier', reached.definition);
  } else if (endOf(reached, until) !== null && (heldUntil === null || until > heldUntil)) {
    run.record({ type: 'tier.extended', tier: id, rev, until });
  }
}

/**
 * What happens when a tier ended and its grace is over: one step down for one period more, or to what the period that ended
 * reaches; never below what is kept. The lowest has no end.
 */
export function stepDown(run: DecisionRun): void {
  const { program } = run;
  const { ladder } = program.tiers;
  const held = run.draft.state.tier;
  const present = findTier(program, held);
  const [base] = ladder;
  const ended = held?.until ?? null;
  if (present === null || base === undefined || ended === null) throw new Error('There is no tier that could end.');
  const next = lowerTier(run, present, base, ended);
  const { id, rev } = next.definition;
  const until = next === base ? null : endOf(next, untilAfter(base.definition, ended));
  if (!isAbove(program, present, next) && until !== null) {
    run.record({ type: 'tier.extended', tier: id, rev, until });
    return;
  }
  const from = present.definition.id;
  const floor = held?.floor === id ? undefined : held?.floor;
  const since = dropsOn(present.definition, ended);
  const moved = { type: 'tier.moved', from, to: id, rev, direction: 'down', since, until } as const;
  run.record(floor === undefined ? moved : { ...moved, floor });
  run.receipt.fire('tier', next.definition);
}

/** Tells a member, some time before its tier ends, what becomes of it and what would keep it. */
export function warnOfTierEnd(run: DecisionRun): void {
  const { program } = run;
  const held = run.draft.state.tier;
  const present = findTier(program, held);
  const [base] = program.tiers.ladder;
  const until = held?.until ?? null;
  if (present === null || base === undefined || until === null) throw new Error('There is no tier that could end.');
  const { id, rev } = present.definition;
  const on = dropsOn(present.definition, until);
  const to = lowerTier(run, present, base, until).definition.id;
  run.record({ type: 'tier.warned', tier: id, rev, until, on, to, missing: missingToKeep(run, present, until) });
  run.receipt.fire('tier', present.definition);
}

function missingToKeep(run: DecisionRun, present: CompiledTier, until: LocalDate): number {
  const { period, zone } = present.definition;
  const today = run.facts.calendar.now[zone];
  const window = windowFor(run, present, period?.kind === 'rolling' ? today : until);
  const { earned } = standingIn(run.program, present.definition, run.draft.state, window, today);
  return Math.max(0, present.definition.threshold - earned);
}

/** The tier that follows on one that ended on a day. */
function lowerTier(run: DecisionRun, present: CompiledTier, base: CompiledTier, ended: LocalDate): CompiledTier {
  const { program } = run;
  const { ladder } = program.tiers;
  const { downgrade = 'oneStep', period } = base.definition;
  const floor = ladder.find(({ definition }) => definition.id === run.draft.state.tier?.floor) ?? base;
  const below = ladder.findLast((tier) => isAbove(program, present, tier)) ?? base;
  // Years decide when something is earned in them; only what rolls, or is assessed anew, is asked at the end.
  const isAsked = downgrade === 'reassess' || period !== undefined;
  if (!isAsked) return isAbove(program, floor, below) ? floor : below;
  const standing = standingIn(program, base.definition, run.draft.state, windowFor(run, base, ended), ended);
  const reached = ladder.findLast((tier) => isReached(tier, standing) && !isAbove(program, tier, present)) ?? base;
  const next = downgrade === 'reassess' || !isAbove(program, present, reached) ? reached : below;
  return isAbove(program, floor, next) ? floor : next;
}

function windowFor(run: DecisionRun, { definition }: CompiledTier, date: LocalDate): TierWindow {
  return windowOf(definition, date, anchorOf(definition, run.draft.state, date));
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
