import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Principal } from '#platform/http/principal.js';
import type { JournalEntry } from './journal-entry.js';
import { effectsWithoutOthers, SOMEBODY } from './without-others.js';

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

/**
 * As far as whoever asks may read of members: an API key without `members.read` gets what this entry gave (its lines), and nothing
 * of who its member is and how it stands.
 */
export function shownTo(principal: Principal, result: ActivityResult): ActivityResult {
  const isShort = principal.kind === 'key' && !principal.permissions.includes('members.read');
  return isShort ? { ...result, member: SOMEBODY, effects: [], balances: {} } : result;
}

/** The same, where a request is done only by an accepted entry: one that was refused is a refusal by its code, with the entry in `result`. */
export function doneResultOf(entry: JournalEntry, principal: Principal): ActivityResult {
  const result = shownTo(principal, resultOf(entry));
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
