import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import type { JournalEntry } from './journal-entry.js';
import { effectsWithoutOthers } from './without-others.js';

/** What became of an activity, read from its entry alone: so a replay reads the same, to the byte. No id of another member is in it. */
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
    effects: effectsWithoutOthers(entry.effects),
    balances: { ...entry.balances },
  };
}
