import type { CompiledBadge, TriggerKey } from './compiled-program.js';
import type { DecisionRun } from './decision-run.js';
import { own } from './own.js';

/** Grants, in declared order, the badges that missions awarded in this round and those whose count is reached. */
export function decideBadges(run: DecisionRun, triggers: readonly TriggerKey[], awarded: ReadonlySet<string>): void {
  for (const badge of run.program.badges) {
    const { id, rev } = badge.definition;
    if (own(run.draft.state.badges, id) !== undefined) continue;
    if (!awarded.has(id) && !isReached(run, badge, triggers)) continue;
    run.record({ type: 'badge.granted', badge: id, rev, on: run.seen.day.program.date });
    run.receipt.fire('badge', badge.definition);
  }
}

function isReached(run: DecisionRun, { count, definition }: CompiledBadge, triggers: readonly TriggerKey[]): boolean {
  if (count === null || !triggers.includes(count.trigger)) return false;
  const counted = own(own(run.draft.state.counters, count.counter) ?? {}, 'ever') ?? 0;
  if (counted >= count.target) return true;
  run.receipt.miss('badge', definition, ['progress:ever', counted, count.target]);
  return false;
}
