import { Injectable } from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { Redis } from '#platform/redis/redis.js';
import { type HealthPart, ReportsHealth } from './health-part.port.js';

@Injectable()
@ReportsHealth()
export class DatabaseHealth implements HealthPart {
  readonly part = 'database';
  constructor(private readonly mongo: Mongo) {}

  async check(): Promise<PartHealth> {
    return { status: 'ok', ms: round(await this.mongo.ping()) };
  }
}

@Injectable()
@ReportsHealth()
export class RedisHealth implements HealthPart {
  readonly part = 'redis';
  constructor(private readonly redis: Redis) {}

  async check(): Promise<PartHealth> {
    if (!this.redis.isReady) return { status: 'down', code: 'unreachable' };
    return { status: 'ok', ms: round(await this.redis.ping()) };
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
