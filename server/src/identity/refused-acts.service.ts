import { Injectable } from '@nestjs/common';
import { Refusal } from '#platform/errors/refusal.js';
import type { Principal } from '#platform/http/principal.js';
import { RateLimits } from './rate-limits.js';
import { REFUSED_ACTS_USER } from './rate-rules.js';

/** How often a member's own acts may be refused: each refusal stays in the journal for ever, and costs the member nothing. */
@Injectable()
export class RefusedActs {
  constructor(private readonly limits: RateLimits) {}

  /** Does something for a login by its own member, and counts it where it is refused. Throws what that throws, and `rate.exceeded`. */
  async count<T>(asking: Principal, act: () => Promise<T>): Promise<T> {
    if (asking.kind !== 'user') return act();
    this.limits.spend(REFUSED_ACTS_USER, asking.id);
    let isRefused = false;
    try {
      return await act();
    } catch (error) {
      // Not shape, rights, a full lane or a fault of ours: nothing is recorded of those.
      isRefused = error instanceof Refusal && [404, 409, 422].includes(error.status);
      throw error;
    } finally {
      if (!isRefused) this.limits.refund(REFUSED_ACTS_USER, asking.id);
    }
  }
}
