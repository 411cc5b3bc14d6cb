import { Injectable } from '@nestjs/common';
import * as z from 'zod/mini';
import { Redis } from '#platform/redis/redis.js';
import { DoesJob, job, type JobHandler } from './job.js';

const EVERY_MS = 15_000;
/** Older than this, the queues stand still whatever Redis says of itself. */
export const HEARTBEAT_AGE_MS_MAX = 4 * EVERY_MS;

export const heartbeat = job({
  name: 'queues.heartbeat',
  payload: z.strictObject({}),
  schedule: { everyMs: EVERY_MS },
  scheduledPayload: {},
  retries: 0,
});

/** A job that went all the way through is the only proof that jobs do; a worker that lost its connection still pings. */
@Injectable()
@DoesJob(heartbeat)
export class HeartbeatWorker implements JobHandler<typeof heartbeat.payload> {
  constructor(private readonly redis: Redis) {}

  async run(): Promise<void> {
    await this.redis.commands.set(this.redis.key('queues', 'heartbeat'), String(Date.now()), {
      expiration: { type: 'PX', value: 10 * HEARTBEAT_AGE_MS_MAX },
    });
  }

  /** How long ago a heartbeat was completed, by whichever node; null when none is known. */
  async ageMs(): Promise<number | null> {
    const at = await this.redis.commands.get(this.redis.key('queues', 'heartbeat'));
    return at === null ? null : Math.max(0, Date.now() - Number(at));
  }
}
