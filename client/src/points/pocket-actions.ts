import type { HoldView, PendingView } from '@verbena/shared/ledger/ledger.routes.js';

/** What staff can do with points that are pending or set aside. */
export const PENDING_ACTIONS = ['activate', 'move', 'cancel'] as const;
export const HOLD_ACTIONS = ['capture', 'release'] as const;
export type PocketAction = (typeof PENDING_ACTIONS)[number] | (typeof HOLD_ACTIONS)[number];

/** An action that somebody began, with what it is about. */
export interface BegunAction {
  readonly action: PocketAction;
  readonly pocket: PendingView | HoldView;
}
