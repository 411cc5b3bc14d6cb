import type { Hold, PendingPoints, Transit } from '@verbena/shared/ledger/member-state.js';
import { own } from './own.js';
import type { StateDraft } from './state-draft.js';

/** What becomes of points that were set aside under a ref: undefined, there are none; null, there are none any more. */
type Change<T> = (present: T | undefined) => T | null;

/** Changes pending points; null: they are gone. An effect about points that the same entry used up changes nothing. */
export function setPending(draft: StateDraft, ref: string, change: Change<PendingPoints>): void {
  const pending = changed(draft.state.pending, ref, change);
  if (pending === null) delete draft.state.pending;
  else draft.state.pending = pending;
}

/** Changes points that are held; null: they are gone. */
export function setHold(draft: StateDraft, ref: string, change: Change<Hold>): void {
  const holds = changed(draft.state.holds, ref, change);
  if (holds === null) delete draft.state.holds;
  else draft.state.holds = holds;
}

/** Changes points that are on their way to another member; null: they are gone. */
export function setTransit(draft: StateDraft, ref: string, change: Change<Transit>): void {
  const transit = changed(draft.state.transit, ref, change);
  if (transit === null) delete draft.state.transit;
  else draft.state.transit = transit;
}

/** A part of the state with one of its entries changed; null where nothing is left of it. */
function changed<T>(
  part: Readonly<Record<string, T>> | undefined,
  ref: string,
  change: Change<T>,
): Record<string, T> | null {
  const copy = { ...part };
  const next = change(own(copy, ref));
  if (next === null) delete copy[ref];
  else copy[ref] = next;
  return Object.keys(copy).length === 0 ? null : copy;
}
