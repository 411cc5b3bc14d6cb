import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';

/** An activity that a module of ours vouches for: what a member chose, or what the program itself noticed. */
export interface SourceActivity {
  readonly scope: Scope;
  /** The member's id, which exists. */
  readonly member: string;
  /** Idempotency key among those that the house makes: it says whom it is about, and what. */
  readonly key: string;
  /** A type of the house (`member.joined` and such) or one that the program defines, also with `from: 'program'`; of what takes back, that of a reversal. */
  readonly type: string;
  /** ISO 8601, UTC, with milliseconds. */
  readonly occurredAt: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The key of an activity that was told before: this takes it back. */
  readonly takesBack?: string;
  /** Why somebody on the staff did this, which the member reads, and who. */
  readonly note?: { readonly reason: string; readonly by?: string };
}

/**
 * Who takes in what waits in the source outbox. Exactly one provider is found at boot by `@TakesActivities()`; it stands
 * above this room, which knows nothing of the ledger.
 */
export interface ActivityIntake {
  /**
   * Resolves once the activity is committed, now or earlier by the same key. Throws a `Refusal`: 429 and 5xx pass, so the
   * activity comes again; any other is for good.
   */
  take(activity: SourceActivity): Promise<void>;
}

export const TakesActivities = DiscoveryService.createDecorator();
