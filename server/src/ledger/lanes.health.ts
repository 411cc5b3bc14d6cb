import { Injectable } from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { type HealthPart, ReportsHealth } from '#platform/health/health-part.port.js';
import { SourceRelay } from '#platform/outbox/source-relay.js';
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
  ) {}

  /** Both outboxes, that of the lanes and that of the sources: the worse of the two. */
  check(): Promise<PartHealth> {
    const lanes = this.ledger.outboxHealth();
    return Promise.resolve(lanes.status === 'ok' ? this.sources.health() : lanes);
  }
}
