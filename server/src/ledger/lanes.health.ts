import { Injectable } from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { type HealthPart, ReportsHealth } from '#platform/health/health-part.port.js';
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
  constructor(private readonly ledger: LedgerService) {}

  check(): Promise<PartHealth> {
    return Promise.resolve(this.ledger.outboxHealth());
  }
}
