import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import type { JournalEntry } from './journal-entry.js';

/** What became of an activity, read from its entry alone: so a replay reads the same, to the byte. */
export function resultOf(entry: JournalEntry): ActivityResult {
  return {
    id: entry._id,
    key: entry.activity.key,
    type: entry.activity.type,
    member: entry.member,
    seq: entry.seq,
    outcome: entry.outcome,
    refusal: entry.refusal,
    occurredAt: entry.activity.occurredAt,
    at: entry.at,
    lines: [...entry.lines],
    effects: [...entry.effects],
    balances: { ...entry.balances },
  };
}
