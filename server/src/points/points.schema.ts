import type { AdjustmentStatus } from '@verbena/shared/points/points.routes.js';

/** An adjustment that waits for a second person, or was decided by one. */
export interface AdjustmentDocument {
  readonly _id: string;
  readonly program: string;
  /** Rises within the program: lists are read by it. */
  readonly number: number;
  readonly member: string;
  /** Who asks for the same twice has asked once. */
  readonly key: string;
  readonly currency: string;
  readonly amount: number;
  readonly reason: string;
  readonly status: AdjustmentStatus;
  /** The login that asked; null for a command of this machine. */
  readonly askedBy: string | null;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly refusal: string | null;
}
