import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Job, Queue, Worker } from 'bullmq';
import * as z from 'zod/mini';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { answersWithin, Redis } from '#platform/redis/redis.js';
import { HEARTBEAT_AGE_MS_MAX, HeartbeatWorker } from './heartbeat.js';
import type { JobSpec } from './job.js';
import { JobRegistry } from './job-registry.js';

const QUEUE = 'jobs';
const JOBS_AT_ONCE = 4;
const WATCH_MS = 30_000;
/** A job that is under way when the process ends has so long; then another node takes it up. */
const CLOSE_MS = 3_000;
/** So long for Redis to say that it has a job. */
const ANSWER_MS = 3_000;
type Client = ReturnType<Redis['newClient']>;

/**
 * Jobs in BullMQ, over connections of their own. Redis may be away, at the start too: nothing here waits for it at boot,
 * schedules are set when it comes, and only who asks for a job is refused meanwhile.
 */
@Injectable()
export class QueuesService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Queues');
  private readonly clients: Client[] = [];
  private queue: Queue | null = null;
  private worker: Worker | null = null;
  private watch: NodeJS.Timeout | null = null;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly redis: Redis,
    private readonly registry: JobRegistry,
    private readonly heartbeat: HeartbeatWorker,
  ) {}

  onApplicationBootstrap(): void {
    const prefix = this.redis.key('bull');
    // Who hands in a job while Redis is away hears so at once.
    const client = this.newClient({ disableOfflineQueue: true });
    client.on('ready', () => void this.schedule());
    this.queue = new Queue(QUEUE, { connection: client, prefix });
    // What goes wrong with the connection is logged once, by the client itself.
    this.queue.on('error', () => undefined);
    if (this.config.role === 'worker' || this.config.role === 'all') this.startWorker(prefix);
    // A Redis that was emptied has lost the schedules with it.
    this.watch = setInterval(() => void this.mend(), WATCH_MS);
    this.watch.unref();
  }

  /** Throws `server.unavailable` while nobody could take a job up: before something is written that waits for one. */
  refuseUnavailable(): void {
    if (this.queue === null || !this.redis.isReady) throw new Refusal('server.unavailable');
  }

  /** Hands in a job; throws `server.unavailable` at once while Redis is away, and after a moment where it says nothing. */
  async add<S extends z.ZodMiniType>(spec: JobSpec<S>, payload: z.input<S>): Promise<void> {
    this.refuseUnavailable();
    const added = this.queue?.add(spec.name, z.parse(spec.payload, payload), optionsOf(spec));
    if (added !== undefined && !(await answersWithin(added, ANSWER_MS))) throw new Refusal('server.unavailable');
    await added;
  }

  async onModuleDestroy(): Promise<void> {
    if (this.watch !== null) clearInterval(this.watch);
    // Without Redis there is nobody to take leave of.
    const isForced = !this.redis.isReady;
    await withinMs(this.worker?.close(isForced), isForced ? 0 : CLOSE_MS);
    await withinMs(this.queue?.close(), isForced ? 0 : CLOSE_MS);
    for (const client of this.clients) if (client.isOpen) client.destroy();
  }

  private startWorker(prefix: string): void {
    const worker = new Worker(QUEUE, (job) => this.run(job), {
      // Its commands wait until Redis is back. Refused at once, they would have BullMQ ask again and again without a
      // pause: it takes only its own words for a lost connection, and the whole process would stand still.
      connection: this.newClient({ disableOfflineQueue: false }),
      prefix,
      concurrency: JOBS_AT_ONCE,
    });
    worker.on('error', () => undefined);
    worker.on('failed', (job, error) =>
      this.logger.error(`The job ${job?.name} failed: ${error.stack ?? error.message}`),
    );
    this.worker = worker;
  }

  private async run(given: Job): Promise<void> {
    const known = this.registry.find(given.name);
    if (known === null) throw new Error(`No handler does the job "${given.name}".`);
    await known.handler.run(z.parse(known.spec.payload, given.data));
  }

  /** Sets every schedule, again and again the same, and ends those of jobs that there are no more: they would go on for ever. */
  private async schedule(): Promise<void> {
    try {
      const known = new Set<string>();
      for (const { name, schedule } of this.registry.jobs) if (schedule !== undefined) known.add(name);
      for (const { key } of (await this.queue?.getJobSchedulers()) ?? [])
        if (!known.has(key)) await this.queue?.removeJobScheduler(key);
      for (const spec of this.registry.jobs) {
        if (spec.schedule === undefined) continue;
        const rule =
          'cron' in spec.schedule ? { pattern: spec.schedule.cron, tz: 'UTC' } : { every: spec.schedule.everyMs };
        await this.queue?.upsertJobScheduler(spec.name, rule, {
          name: spec.name,
          data: spec.scheduledPayload,
          opts: optionsOf(spec),
        });
      }
    } catch (error) {
      this.logger.warn(`Schedules could not be set (${error instanceof Error ? error.message : String(error)}).`);
    }
  }

  private async mend(): Promise<void> {
    if (!this.redis.isReady || this.config.role === 'api') return;
    const ageMs = await this.heartbeat.ageMs().catch(() => 0);
    if (ageMs === null || ageMs > HEARTBEAT_AGE_MS_MAX) await this.schedule();
  }

  private newClient({ disableOfflineQueue }: { readonly disableOfflineQueue: boolean }): Client {
    // A worker waits for its next job in one long command.
    const client = this.redis.newClient({ disableOfflineQueue, isPatient: true });
    this.clients.push(client);
    return client;
  }
}

function optionsOf(spec: JobSpec) {
  return {
    attempts: 1 + (spec.retries ?? 2),
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: { count: 100 },
    removeOnFail: { count: 1_000 },
  };
}

/** Waits for an end as long as it may take; what fails or lasts then is left to the end of the process. */
async function withinMs(end: Promise<void> | undefined, ms: number): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
  await Promise.race([end?.catch(() => undefined), late]);
}
