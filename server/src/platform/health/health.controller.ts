import { Controller } from '@nestjs/common';
import { getHealth, getPartsHealth, type Health, type HealthStatus } from '@verbena/shared/platform/health.js';
import type { FastifyReply } from 'fastify';
import { Asking, Implements, Reply } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { HealthService } from './health.service.js';

@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Implements(getHealth)
  async get(@Reply() reply: FastifyReply, @Asking() principal: Principal): Promise<Health | HealthStatus> {
    const health = await this.health.report();
    void reply.header('cache-control', 'no-store');
    if (health.status === 'down') void reply.status(503);
    const runsIt = principal.kind === 'local' || (principal.kind === 'user' && principal.isOperator);
    return runsIt ? health : { status: health.status };
  }

  @Implements(getPartsHealth)
  async parts(@InScope() scope: Scope): Promise<Health> {
    return this.health.report(scope);
  }
}
