import type { Undone } from '@verbena/shared/ledger/facts.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { type Amounts, givenBy } from './given.js';
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
  /** What its entry may give at most (`givenBy`); without it, what it gives. What would give more is refused by `GivesMore`. */
  readonly most?: Amounts;
  /** Of what staff take: refused where less is there. */
  readonly whole?: true;
}

/** So much a submission would give that may give less (`most`). Nothing of it is recorded. */
export class GivesMore extends Refusal {
  constructor(readonly gives: Amounts) {
    super('adjustment.limit');
  }
}

/** @throws {GivesMore} where an entry gives more than its submission may. */
export function refuseMore({ most }: Submission, entry: JournalEntry): void {
  if (most === undefined) return;
  const gives = givenBy(entry);
  if (Object.entries(gives).some(([currency, amount]) => amount > (most[currency] ?? 0))) throw new GivesMore(gives);
}

/**
 * Refuses `adjustment.tooMuch` where staff would take more than there is, and do not say that what there is will do. Nothing of it is
 * recorded, so the key is not used up.
 */
export function refuseShort({ whole, activity }: Submission, { effects, lines, refusal }: JournalEntry): void {
  if (whole !== true || activity.type !== 'points.adjusted') return;
  const taken = effects.find((effect) => effect.type === 'points.adjusted');
  const lent = lines.reduce((sum, { kind, pocket, amount }) => (kind === 'owe' && !pocket ? sum + amount : sum), 0);
  const short = taken?.type === 'points.adjusted' ? taken.short + lent : 0;
  // Where nothing is there, the engine refuses it.
  if (short === 0 && refusal !== 'points.notEnough') return;
  const left = taken?.type === 'points.adjusted' ? -taken.amount - short : 0;
  throw new Refusal('adjustment.tooMuch', { left }, [{ path: ['amount'], code: 'maximum', params: { maximum: left } }]);
}

/** What came of a submission. A replay is the entry of the first time. */
export type Outcome =
  /** Nothing was left to do: the clock's settlement had happened already. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'accepted'; readonly entry: JournalEntry }
  | { readonly kind: 'replayed'; readonly entry: JournalEntry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
