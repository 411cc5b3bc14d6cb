import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import type { HoldView, PendingView } from '@verbena/shared/ledger/ledger.routes.js';

/** What staff can do with points that are pending or set aside. */
export const PENDING_ACTIONS = ['activate', 'move', 'cancel'] as const;
export const HOLD_ACTIONS = ['capture', 'release'] as const;
export type PocketAction = (typeof PENDING_ACTIONS)[number] | (typeof HOLD_ACTIONS)[number] | 'refund';

/** An action that somebody began, with what it is about. */
export interface BegunAction {
  readonly action: PocketAction;
  readonly pocket: PendingView | HoldView;
}

/** A capture that staff begin to cancel: its points as they were set aside, named by the id of its entry; null where none are left of it. */
export function refundOf({ id: ref, canCancel: amount, lines }: Entry): BegunAction | null {
  const currency = lines.find(({ kind }) => kind === 'capture')?.currency;
  return amount === undefined || currency === undefined
    ? null
    : { action: 'refund', pocket: { ref, currency, amount, until: null } };
}
