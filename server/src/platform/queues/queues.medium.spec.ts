import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, type INestApplicationContext, Injectable, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { ulid } from 'ulid';
import * as z from 'zod/mini';
import { type HealthPart, type PartName, ReportsHealth } from '#platform/health/health-part.port.js';
import { HealthService } from '#platform/health/health.service.js';
import { PlatformModule } from '#platform/platform.module.js';
import { Redis } from '#platform/redis/redis.js';
import { declareJobs, DoesJob, job, type JobHandler } from './job.js';
import { JobRegistry } from './job-registry.js';
import { QueuesModule } from './queues.module.js';
import { QueuesService } from './queues.service.js';

const greet = job({ name: 'test.greet', payload: z.strictObject({ name: z.string() }) });

@Injectable()
@DoesJob(greet)
class GreetWorker implements JobHandler<typeof greet.payload> {
  readonly greeted: string[] = [];
  async run({ name }: { name: string }): Promise<void> {
    this.greeted.push(name);
  }
}

const ticking = job({
  name: 'test.ticking',
  payload: z.strictObject({}),
  schedule: { everyMs: 100 },
  scheduledPayload: {},
});

@Injectable()
@DoesJob(ticking)
class TickWorker implements JobHandler<typeof ticking.payload> {
  ticks = 0;
  async run(): Promise<void> {
    this.ticks += 1;
  }
}

@Injectable()
@DoesJob(greet)
class SecondGreetWorker extends GreetWorker {}

function healthy(part: PartName) {
  @Injectable()
  @ReportsHealth()
  class Healthy implements HealthPart {
    readonly part = part;
    check = async () => ({ status: 'ok' as const });
  }
  return Healthy;
}

@Module({})
class Root {
  static with(...providers: Provider[]): DynamicModule {
    return {
      module: Root,
      imports: [PlatformModule, QueuesModule],
      providers: [healthy('lanes'), healthy('outbox'), healthy('mail'), healthy('books'), ...providers],
    };
  }
}

/** A way to Redis that can be cut and mended, as a network can. */
class Way {
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();
  private isSilent = false;
  port = 0;

  constructor(private readonly target: URL) {}

  async open(): Promise<void> {
    const server = createServer((socket) => {
      const onward = connect(Number(this.target.port || 6379), this.target.hostname);
      for (const one of [socket, onward]) {
        this.sockets.add(one);
        one.on('error', () => undefined);
        one.on('close', () => this.sockets.delete(one));
      }
      socket.pipe(onward);
      onward.on('data', (answer: Buffer) => void (this.isSilent || socket.write(answer)));
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** What is sent arrives, and no answer comes back, until the way is cut. */
  fallSilent(): void {
    this.isSilent = true;
  }

  speak(): void {
    this.isSilent = false;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'verbena-queues-'));
const redisUrl = process.env['REDIS_URL'] ?? '';
let app: INestApplicationContext | null = null;

async function start(root: DynamicModule, environment: Record<string, string> = {}): Promise<INestApplicationContext> {
  const name = `queues-${ulid()}`;
  Object.assign(process.env, {
    MONGODB_DATABASE: name,
    REDIS_PREFIX: name,
    REDIS_URL: redisUrl,
    DATA_DIR: dataDir,
    ROLE: 'all',
    ...environment,
  });
  const context = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  app = context;
  return context;
}

afterEach(async () => {
  await app?.close();
  app = null;
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function eventually(isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!(await isSo()) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await isSo()).toBe(true);
}

test('a job that is handed in is done, and what is scheduled runs by itself', async () => {
  const context = await start(Root.with(declareJobs(greet), GreetWorker));
  const worker = context.get(GreetWorker);
  await eventually(async () => {
    const { parts } = await context.get(HealthService).report();
    return parts.queues.status === 'ok' && parts.queues.ms !== undefined;
  });
  await context.get(QueuesService).add(greet, { name: 'Ana' });
  await eventually(() => worker.greeted.length === 1);
  expect(worker.greeted).toEqual(['Ana']);
});

test('#11 B3 a schedule of a job that there is no more ends', async () => {
  const prefix = `queues-${ulid()}`;
  const old = await start(Root.with(declareJobs(ticking, greet), TickWorker, GreetWorker), { REDIS_PREFIX: prefix });
  await eventually(() => old.get(TickWorker).ticks > 1);
  await old.close();
  const context = await start(Root.with(declareJobs(greet), GreetWorker), { REDIS_PREFIX: prefix });
  const { commands } = context.get(Redis);
  await eventually(async () => (await commands.zRange(`${prefix}:bull:jobs:repeat`, 0, -1)).length === 1);
  expect(await commands.zRange(`${prefix}:bull:jobs:repeat`, 0, -1)).toEqual(['queues.heartbeat']);
});

test('the role api hands in and does nothing itself', async () => {
  const context = await start(Root.with(declareJobs(greet), GreetWorker), { ROLE: 'api' });
  await eventually(async () => {
    try {
      await context.get(QueuesService).add(greet, { name: 'Ana' });
      return true;
    } catch {
      return false;
    }
  });
  // A node that works takes a job at once; here all that were handed in lie one behind the other.
  const { commands, prefix } = context.get(Redis);
  await context.get(QueuesService).add(greet, { name: 'Ben' });
  const waiting = await commands.lRange(`${prefix}:bull:jobs:wait`, 0, -1);
  const names = await Promise.all(waiting.map(async (id) => commands.hGet(`${prefix}:bull:jobs:${id}`, 'name')));
  expect(names.filter((name) => name === 'test.greet').length).toBeGreaterThanOrEqual(2);
  expect(context.get(GreetWorker).greeted).toEqual([]);
});

test('boot fails where a job has no handler, two, or is declared by nobody', async () => {
  const boot = (...providers: Provider[]) =>
    NestFactory.createApplicationContext(
      { module: Root, imports: [DiscoveryModule], providers: [JobRegistry, ...providers] },
      { logger: false, abortOnError: false },
    );
  await expect(boot(declareJobs(greet))).rejects.toThrow('"test.greet" has no handler');
  await expect(boot(declareJobs(greet), GreetWorker, SecondGreetWorker)).rejects.toThrow('two handlers');
  await expect(boot(GreetWorker)).rejects.toThrow('which no module declares');
  await expect(boot(declareJobs(greet), declareJobs(greet), GreetWorker)).rejects.toThrow('declared twice');
});

test('without Redis from the start the process stands, only the job is refused, and all goes on when Redis comes', async () => {
  const way = new Way(new URL(redisUrl));
  await way.open();
  await way.cut();
  const context = await start(Root.with(declareJobs(greet), GreetWorker), { REDIS_URL: way.url });
  const queues = context.get(QueuesService);
  await expect(queues.add(greet, { name: 'Ana' })).rejects.toMatchObject({ code: 'server.unavailable' });
  const { status, parts } = await context.get(HealthService).report();
  expect([status, parts.queues.status]).toEqual(['degraded', 'down']);
  await way.open();
  await eventually(async () => (await context.get(HealthService).report()).parts.queues.ms !== undefined, 20_000);
  await queues.add(greet, { name: 'Ana' });
  await eventually(() => context.get(GreetWorker).greeted.length === 1);
  await context.close();
  await way.cut();
}, 60_000);

test('T9 after an outage longer than a worker waits for its next job the worker takes jobs again (BullMQ #4585)', async () => {
  const way = new Way(new URL(redisUrl));
  await way.open();
  const context = await start(Root.with(declareJobs(greet), GreetWorker), { REDIS_URL: way.url });
  const [queues, worker] = [context.get(QueuesService), context.get(GreetWorker)];
  await eventually(async () => (await context.get(HealthService).report()).parts.queues.ms !== undefined);
  await way.cut();
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  await expect(queues.add(greet, { name: 'Ana' })).rejects.toMatchObject({ code: 'server.unavailable' });
  await way.open();
  await eventually(async () => {
    await queues.add(greet, { name: 'Berta' }).catch(() => undefined);
    return worker.greeted.length > 0;
  }, 15_000);
  await context.close();
  await way.cut();
}, 60_000);

test('#11 B3 a Redis that takes everything and says nothing keeps nobody waiting, and is found again', async () => {
  const way = new Way(new URL(redisUrl));
  await way.open();
  const context = await start(Root.with(declareJobs(greet), GreetWorker), { REDIS_URL: way.url });
  const [queues, redis] = [context.get(QueuesService), context.get(Redis)];
  await eventually(() => redis.isReady);
  way.fallSilent();
  // Asked all the time, as the limits of a busy server ask it: what is sent keeps the driver's own time-out from coming.
  const asking = setInterval(() => void redis.commands.get('x').catch(() => undefined), 50);
  const waits = redis.commands.get('x');
  const added = queues.add(greet, { name: 'Ana' });
  await expect(waits).rejects.toThrow();
  await expect(added).rejects.toMatchObject({ code: 'server.unavailable' });
  await eventually(() => !redis.isReady);
  await expect(redis.commands.get('x')).rejects.toThrow();
  clearInterval(asking);
  await way.cut();
  way.speak();
  await way.open();
  await eventually(() => redis.isReady, 30_000);
  expect(await redis.commands.get('x')).toBeNull();
  await context.close();
  await way.cut();
}, 60_000);
