import { Controller } from '@nestjs/common';
import { getHealth, type Health } from '@verbena/shared/platform/health.js';
import type { FastifyReply } from 'fastify';
import { Implements, Reply } from '#platform/http/implements.decorator.js';
import { HealthService } from './health.service.js';

@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Implements(getHealth)
  async get(@Reply() reply: FastifyReply): Promise<Health> {
    const health = await this.health.report();
    void reply.header('cache-control', 'no-store');
    if (health.status === 'down') void reply.status(503);
    return health;
  }
}
