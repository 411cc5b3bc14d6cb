import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import { ERRORS, type ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { Refusal } from '#platform/errors/refusal.js';
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

/** The same, where a request is done only by an accepted entry: one that was refused is a refusal by its code, with the entry in `result`. */
export function doneResultOf(entry: JournalEntry): ActivityResult {
  const result = resultOf(entry);
  if (entry.refusal !== null) throw new Refusal(refusalCodeOf(entry.refusal), {}, [], result);
  return result;
}

/** The code in the catalogue of a refusal that the engine recorded. */
export function refusalCodeOf(refusal: string): ErrorCode {
  if (!isCode(refusal)) throw new Error(`Nobody knows the refusal ${refusal}.`);
  return refusal;
}

function isCode(refusal: string): refusal is ErrorCode {
  return Object.hasOwn(ERRORS, refusal);
}
