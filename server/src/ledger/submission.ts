import type { Undone } from '@verbena/shared/ledger/facts.js';
import type { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { JournalEntry, RecordedActivity } from './journal-entry.js';

/** A well-formed activity on its way to a decision: shape, type and rights were checked before. */
export interface Submission {
  readonly scope: Scope;
  readonly member: string;
  readonly shard: number;
  /** The `_id` of the entry that it becomes: hash of (program, source, key). */
  readonly entryId: string;
  /** Hash of the body as it was sent, without the key: the same key with another fingerprint is refused. */
  readonly fingerprint: string;
  readonly activity: RecordedActivity;
  /** For `undo.applied` only: what it takes back, as found out beside the lane; `undo.moved` where the member went on since. */
  readonly undone?: Undone;
}

/** What came of a submission. A replay is the entry of the first time. */
export type Outcome =
  /** Nothing was left to do: the clock's settlement had happened already. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'accepted'; readonly entry: JournalEntry }
  | { readonly kind: 'replayed'; readonly entry: JournalEntry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
