import type { Effect } from '@verbena/shared/ledger/effect.js';
import { absorbedKey, absorbing } from '#engine/decide-merge.js';
import { refBase } from '#engine/decision-run.js';
import { entryIdOf, shardOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import { submissionOf } from './caused.js';
import type { JournalEntry, RecordedActivity } from './journal-entry.js';
import { inNames, NOWHERE } from './ref-names.js';
import type { Outcome, Submission } from './submission.js';

/** Joined accounts follow one another at most so often. */
const HOPS_MAX = 64;

/** Who takes submissions in, and where the end of an account stands. */
export interface Delivery {
  commit(submission: Submission): Promise<Outcome>;
  /** Entries by `_id`. */
  readEntries(ids: readonly string[]): Promise<readonly JournalEntry[]>;
  now(): number;
}

/** The id of the entry with which an account ends, whoever joins it to another one. */
export function closingIdOf(program: string, member: string): string {
  return entryIdOf(program, 'house', closingKey(member));
}

export function closingKey(member: string): string {
  return `closed:${member}`;
}

/**
 * Hands a submission to the member's lane; where that account was joined to another one, to that. There the account is taken in
 * first, under the key that the relay uses for it too: so whatever arrives after the end is decided on what both had, and
 * nothing waits for a row behind it. The keys make all of it count once. An undo does not go along: it was worked out for
 * the account that ended. Never rejects.
 */
export async function deliver(submission: Submission, delivery: Delivery): Promise<Outcome> {
  let present = submission;
  for (let hop = 0; hop < HOPS_MAX; hop += 1) {
    const outcome = await delivery.commit(present);
    if (outcome.kind !== 'refused' || outcome.refusal.code !== 'member.closed') return outcome;
    if (submission.undone !== undefined) return { kind: 'refused', refusal: new Refusal('undo.moved') };
    const { program } = present.scope;
    const [closing] = await delivery.readEntries([closingIdOf(program, present.member)]).catch(() => []);
    const closed = closing?.effects.find((effect) => effect.type === 'member.closed');
    if (closing === undefined || closed === undefined)
      return { kind: 'refused', refusal: new Refusal('server.unavailable') };
    const taken = await deliver(takingIn(closing, closed, delivery.now()), delivery);
    const absorbed = absorbedOf(taken);
    if (absorbed === null) return taken.kind === 'refused' ? taken : FAILED;
    present = {
      ...present,
      activity: named(present.activity, absorbed),
      member: closed.into,
      shard: shardOf(program, closed.into),
    };
  }
  return FAILED;
}

const FAILED: Outcome = { kind: 'refused', refusal: new Refusal('server.failed') };

/**
 * Has the account to which another one was joined take in what that had; nothing happens where that has not ended in the books
 * yet, or it was taken in already.
 */
export async function takeIn(program: string, member: string, delivery: Delivery): Promise<void> {
  const [closing] = await delivery.readEntries([closingIdOf(program, member)]);
  const closed = closing?.effects.find((effect) => effect.type === 'member.closed');
  if (closing !== undefined && closed !== undefined) await deliver(takingIn(closing, closed, delivery.now()), delivery);
}

type Closed = Extract<Effect, { type: 'member.closed' }>;
type Absorbed = Extract<Effect, { type: 'member.absorbed' }>;

/** What the end of an account caused, from its entry alone. */
function takingIn(closing: JournalEntry, { into, state }: Closed, nowMs: number): Submission {
  const { _id, program, member, seq, activity, facts } = closing;
  const { occurredAt } = activity;
  const caused = absorbing({ member, into, seq, occurredAt, state, earned: facts.closing?.earned ?? {} });
  const key = absorbedKey(member);
  return submissionOf({ key, program, cause: _id, depth: activity.depth + 1, activity: caused }, nowMs);
}

function absorbedOf(outcome: Outcome): Absorbed | null {
  if (outcome.kind !== 'accepted' && outcome.kind !== 'replayed') return null;
  return outcome.entry.effects.find((effect) => effect.type === 'member.absorbed') ?? null;
}

/** With the names that it has here for what it is about; what it was called there is told along, since both may have one called so. */
function named(activity: RecordedActivity, absorbed: Absorbed): RecordedActivity {
  let asked: string | null = null;
  const renamed = inNames(activity, (ref) => {
    const name = nameHere(ref, absorbed);
    if (name !== ref && name !== NOWHERE) asked = ref;
    return name;
  });
  return asked === null ? renamed : { ...renamed, attributes: { ...renamed.attributes, asked } };
}

/** What is called so in the account that ended. Names that came after it are those of the other. */
function nameHere(ref: string, { refs, changes }: Absorbed): string {
  if (Object.hasOwn(refs, ref)) return refs[ref] ?? ref;
  const since = refBase({ absorbed: changes.absorbed ?? [] });
  return Number(ref.split('-')[1]) > since ? ref : NOWHERE;
}
