import { Inject, Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { RateLimits } from './rate-limits.js';
import { addressSubject, rateRulesOf } from './rate-rules.js';
import type { RateRule } from './sliding-window.js';

/** How often a network address may ask without a key or a login. */
@Injectable()
export class AddressLimit {
  private readonly rule: RateRule;

  constructor(
    @Inject(Config) config: Config,
    private readonly limits: RateLimits,
  ) {
    this.rule = rateRulesOf(config.rates).address;
  }

  /** Counts one request; throws `rate.exceeded` with the seconds to wait. */
  spend(ip: string): void {
    this.limits.spend(this.rule, addressSubject(ip));
  }
}
