import type { Badge } from '@verbena/shared/badges/badge.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { addDays } from './calendar.js';
import type { CompiledBadge, TriggerKey } from './compiled-program.js';
import { bucketOf } from './counted-apart.js';
import { Refusal, type DecisionRun } from './decision-run.js';
import { own } from './own.js';

/** Grants, in declared order, the badges that missions awarded in this round and those whose count is reached. */
export function decideBadges(run: DecisionRun, triggers: readonly TriggerKey[], awarded: ReadonlySet<string>): void {
  for (const badge of run.program.badges) {
    const { id, rev } = badge.definition;
    const held = own(run.draft.state.badges, id);
    const of = awarded.has(id) ? undefined : badge.count?.apart?.(run.activity.attributes);
    // What is held whole, as an older revision gave it, is not held for one value.
    if (held !== undefined && (of === undefined || held.of === undefined || own(held.of, of) !== undefined)) continue;
    if (!awarded.has(id) && !isReached(run, badge, triggers, of)) continue;
    const on = run.seen.day.program.date;
    const until = lastDayOfBadge(badge.definition, on);
    // It may have been over before it came: then nobody held it.
    if (until !== null && until < on) continue;
    const granted = { type: 'badge.granted', badge: id, rev, on } as const;
    run.record({ ...granted, ...(until === null ? {} : { until }), ...(of === undefined ? {} : { of }) });
    run.receipt.fire('badge', badge.definition);
  }
}

function isReached(
  run: DecisionRun,
  { count, definition }: CompiledBadge,
  triggers: readonly TriggerKey[],
  of: string | undefined,
): boolean {
  if (count === null || !triggers.includes(count.trigger)) return false;
  const counted = countSince(run.draft.state, definition.id, count.counter, of);
  if (counted >= count.target) return true;
  run.receipt.miss('badge', definition, ['progress:ever', counted, count.target]);
  return false;
}

/** How far the count of a badge is, for one value where each has its own, since it was last taken away. */
export function countSince(state: MemberState, badge: string, counter: string, of: string | undefined): number {
  const gone = own(state.badgesGone ?? {}, badge);
  const since = of === undefined ? gone?.count : own(gone?.of ?? {}, of);
  return countOf(state, counter, of) - (since ?? 0);
}

function countOf({ counters }: MemberState, counter: string, of?: string): number {
  return own(own(counters, counter) ?? {}, bucketOf('ever', of ?? null)) ?? 0;
}

/** The last day on which a badge of a day is held; null: it stays. */
function lastDayOfBadge({ expires }: Badge, on: LocalDate): LocalDate | null {
  if (expires === undefined) return null;
  return 'days' in expires ? addDays(on, expires.days) : expires.until;
}

/**
 * Takes a badge away because its time is over or staff say so, with all that it was granted for; what counts for it begins anew from
 * here.
 */
export function endBadge(run: DecisionRun, id: string, by: 'time' | 'staff'): void {
  const held = own(run.draft.state.badges, id);
  if (held === undefined) throw new Refusal('badge.notHeld');
  const { state } = run.draft;
  const counter = run.program.badges.find(({ definition }) => definition.id === id)?.count?.counter;
  const count = counter === undefined ? 0 : countOf(state, counter);
  const counts = Object.keys(held.of ?? {}).map((of) => [of, counter === undefined ? 0 : countOf(state, counter, of)]);
  const revoked = { type: 'badge.revoked', badge: id, rev: held.rev, by, count } as const;
  run.record(held.of === undefined ? revoked : { ...revoked, counts: Object.fromEntries(counts) });
  run.receipt.fire('badge', { id, rev: held.rev });
}
