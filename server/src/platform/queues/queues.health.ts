import { Injectable } from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { type HealthPart, ReportsHealth } from '#platform/health/health-part.port.js';
import { Redis } from '#platform/redis/redis.js';
import { HEARTBEAT_AGE_MS_MAX, HeartbeatWorker } from './heartbeat.js';

/** The queues do well when a heartbeat went through them lately; how long ago stands in `ms`. */
@Injectable()
@ReportsHealth()
export class QueuesHealth implements HealthPart {
  readonly part = 'queues';
  private readonly startedAt = performance.now();

  constructor(
    private readonly redis: Redis,
    private readonly heartbeat: HeartbeatWorker,
  ) {}

  async check(): Promise<PartHealth> {
    if (!this.redis.isReady) return { status: 'down', code: 'unreachable' };
    const ageMs = await this.heartbeat.ageMs();
    if (ageMs !== null && ageMs <= HEARTBEAT_AGE_MS_MAX) return { status: 'ok', ms: ageMs };
    // After a start, or after an outage of Redis, the first heartbeat is still to come.
    if (performance.now() - this.startedAt < HEARTBEAT_AGE_MS_MAX) return { status: 'ok', code: 'starting' };
    return { status: 'degraded', code: 'stalled', ...(ageMs === null ? {} : { ms: ageMs }) };
  }
}
