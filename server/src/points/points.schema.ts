import type { AdjustmentStatus } from '@verbena/shared/points/points.routes.js';

/** What somebody wants done by hand that waits for a second person, or was decided by one: points, or what gives them. */
export interface AdjustmentDocument {
  readonly _id: string;
  readonly program: string;
  /** 1, 2, 3 … in each program, without gaps: lists are read by it. */
  readonly number: number;
  readonly member: string;
  /** The entry that it would have become at once: who asks for the same twice has asked once. */
  readonly key: string;
  /** Of the whole request; absent, like `activity`, from those asked for before other things than adjustments waited. */
  readonly fingerprint?: string;
  readonly activity?: {
    readonly type: string;
    /** When it happened; absent where it happens when it is approved. */
    readonly occurredAt?: string;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly personal?: Readonly<Record<string, unknown>>;
  };
  /** What was too much, and of what; of an adjustment below 0 where it takes. */
  readonly currency: string;
  readonly amount: number;
  /** What it gives of other currencies. */
  readonly also?: readonly { readonly currency: string; readonly amount: number }[];
  readonly reason: string;
  readonly status: AdjustmentStatus;
  /** The login that asked; null for a command of this machine. */
  readonly askedBy: string | null;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly refusal: string | null;
}
