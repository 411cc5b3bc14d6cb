import type { LocalDate } from '@verbena/shared/platform/time.js';
import { addDays } from './calendar.js';
import { findTier, type DecisionRun } from './decision-run.js';
import { own } from './own.js';

/**
 * Assesses the tier after points were earned: the highest whose threshold the year of `occurredAt` reaches, if the year
 * after it is not over yet by the member's time. Above the present one it is taken at once; equal or above, it lasts longer.
 */
export function assessTier(run: DecisionRun): void {
  const { ladder } = run.program.tiers;
  const [base] = ladder;
  if (base === undefined) return;
  const { currency, zone } = base.definition;
  const { year } = run.seen.day[zone];
  const end = endOfYear(Number(year) + 1);
  const today = run.facts.calendar.now[zone];
  if (end < today) return;
  const earned = own(own(run.draft.state.earned, currency)?.years ?? {}, year) ?? 0;
  const reached = ladder.findLast((tier) => earned >= tier.definition.threshold);
  const held = run.draft.state.tier;
  const present = findTier(run.program, held) ?? base;
  if (reached === undefined || reached === base || reached.definition.threshold < present.definition.threshold) return;
  const { id, rev, threshold } = reached.definition;
  const heldUntil = held?.until ?? null;
  const until = heldUntil !== null && heldUntil > end ? heldUntil : end;
  if (threshold > present.definition.threshold) {
    const from = present.definition.id;
    run.record({ type: 'tier.moved', from, to: id, rev, direction: 'up', since: today, until });
    run.receipt.fire('tier', reached.definition);
  } else if (heldUntil === null || until > heldUntil) {
    run.record({ type: 'tier.extended', tier: id, rev, until });
  }
}

/** Takes a member whose tier ended one step down, for one year more; the lowest has no end. */
export function stepDown(run: DecisionRun): void {
  const { ladder } = run.program.tiers;
  const held = run.draft.state.tier;
  const present = findTier(run.program, held);
  const [base] = ladder;
  const ended = held?.until ?? null;
  if (present === null || base === undefined || ended === null) throw new Error('There is no tier that could end.');
  const below = ladder.findLast((tier) => tier.definition.threshold < present.definition.threshold) ?? base;
  const { id, rev } = below.definition;
  const until = below === base ? null : endOfYear(Number(ended.slice(0, 4)) + 1);
  const from = present.definition.id;
  run.record({ type: 'tier.moved', from, to: id, rev, direction: 'down', since: addDays(ended, 1), until });
  run.receipt.fire('tier', below.definition);
}

function endOfYear(year: number): LocalDate {
  return `${year}-12-31`;
}
