import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Shortage, UndoReport, UndoStatus } from '@verbena/shared/undo/undo-plans.routes.js';
import type { Actor } from '#platform/http/principal.js';

/** What somebody wants to take back, and what became of it. */
export interface UndoPlanDocument {
  readonly _id: string;
  readonly program: string;
  readonly version: number;
  readonly instead: number;
  readonly rule: string | null;
  /** As entries write their moments. */
  readonly from: string;
  readonly until: string;
  readonly shortage: Shortage;
  readonly reason: string;
  /** Null: those concerned hear nothing of it. */
  readonly message: LocalizedText | null;
  readonly status: UndoStatus;
  readonly by: Actor;
  readonly startedAt: Date;
  /** When whoever is at work on it last said so. */
  readonly touchedAt: Date;
  readonly approvedBy: Actor | null;
  readonly approvedAt: Date | null;
  readonly endedAt: Date | null;
  readonly progress: { readonly members: number; readonly total: number };
  /** Once it is carried out: how many members, and points by currency. */
  readonly applied: { readonly members: number; readonly forgiven: Readonly<Record<string, number>> };
  readonly report: UndoReport | null;
}

/** One of a program: which of its plans is open. Two at once would each find what the other takes back. */
export interface UndoHeadDocument {
  readonly _id: string;
  readonly open: string | null;
}
