import type { Badge } from '@verbena/shared/badges/badge.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { addDays } from './calendar.js';
import type { CompiledBadge, TriggerKey } from './compiled-program.js';
import { Refusal, type DecisionRun } from './decision-run.js';
import { own } from './own.js';

/** Grants, in declared order, the badges that missions awarded in this round and those whose count is reached. */
export function decideBadges(run: DecisionRun, triggers: readonly TriggerKey[], awarded: ReadonlySet<string>): void {
  for (const badge of run.program.badges) {
    const { id, rev } = badge.definition;
    if (own(run.draft.state.badges, id) !== undefined) continue;
    if (!awarded.has(id) && !isReached(run, badge, triggers)) continue;
    const on = run.seen.day.program.date;
    const until = lastDayOfBadge(badge.definition, on);
    // It may have been over before it came: then nobody held it.
    if (until !== null && until < on) continue;
    const granted = { type: 'badge.granted', badge: id, rev, on } as const;
    run.record(until === null ? granted : { ...granted, until });
    run.receipt.fire('badge', badge.definition);
  }
}

function isReached(run: DecisionRun, { count, definition }: CompiledBadge, triggers: readonly TriggerKey[]): boolean {
  if (count === null || !triggers.includes(count.trigger)) return false;
  const counted =
    countOf(run.draft.state, count.counter) - (own(run.draft.state.badgesGone ?? {}, definition.id)?.count ?? 0);
  if (counted >= count.target) return true;
  run.receipt.miss('badge', definition, ['progress:ever', counted, count.target]);
  return false;
}

function countOf({ counters }: MemberState, counter: string): number {
  return own(own(counters, counter) ?? {}, 'ever') ?? 0;
}

/** The last day on which a badge of a day is held; null: it stays. */
function lastDayOfBadge({ expires }: Badge, on: LocalDate): LocalDate | null {
  if (expires === undefined) return null;
  return 'days' in expires ? addDays(on, expires.days) : expires.until;
}

/** Takes a badge away because its time is over or staff say so; what counts for it begins anew from here. */
export function endBadge(run: DecisionRun, id: string, by: 'time' | 'staff'): void {
  const held = own(run.draft.state.badges, id);
  if (held === undefined) throw new Refusal('badge.notHeld');
  const counter = run.program.badges.find(({ definition }) => definition.id === id)?.count?.counter;
  const count = counter === undefined ? 0 : countOf(run.draft.state, counter);
  run.record({ type: 'badge.revoked', badge: id, rev: held.rev, by, count });
  run.receipt.fire('badge', { id, rev: held.rev });
}
