import { Injectable } from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { type HealthPart, ReportsHealth } from '#platform/health/health-part.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { SourceRelay } from '#platform/outbox/source-relay.js';
import { AsideService } from './aside.service.js';
import { LedgerService } from './ledger.service.js';

@Injectable()
@ReportsHealth()
export class LanesHealth implements HealthPart {
  readonly part = 'lanes';
  constructor(private readonly ledger: LedgerService) {}

  check(): Promise<PartHealth> {
    return Promise.resolve(this.ledger.lanesHealth());
  }
}

@Injectable()
@ReportsHealth()
export class OutboxHealth implements HealthPart {
  readonly part = 'outbox';
  constructor(
    private readonly ledger: LedgerService,
    private readonly sources: SourceRelay,
    private readonly aside: AsideService,
  ) {}

  /** Both outboxes, that of the lanes and that of the sources: the worse of the two. */
  async check(scope?: Scope): Promise<PartHealth> {
    const both = [this.ledger.outboxHealth(), this.sources.health()];
    const behind = both.find(({ code }) => code === 'behind');
    if (behind !== undefined || scope === undefined)
      return behind ?? both.find(({ status }) => status !== 'ok') ?? { status: 'ok' };
    return (await this.aside.isAny(scope)) ? { status: 'degraded', code: 'quarantine' } : { status: 'ok' };
  }
}
