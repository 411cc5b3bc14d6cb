import { connect, createServer, type Server } from 'node:net';
import { ulid } from 'ulid';
import { MovableClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Redis } from '#platform/redis/redis.js';
import { freePort } from '@verbena/server/launcher/ports.js';
import { RateLimits } from './rate-limits.js';
import type { RateRule } from './sliding-window.js';

const rule: RateRule = { name: 'x', max: 10, windowMs: 60_000 };
const redises: Redis[] = [];

afterEach(() => {
  for (const redis of redises.splice(0)) redis.onModuleDestroy();
});

/** A node of its own: what it shares with others is in Redis under `prefix`. */
async function aNode(prefix: string, environment: NodeJS.ProcessEnv = {}): Promise<RateLimits> {
  const config = readConfig({ MONGODB_URI: 'mongodb://unused', ...process.env, REDIS_PREFIX: prefix, ...environment });
  const redis = new Redis(config);
  redises.push(redis);
  const clock = new MovableClock();
  // In the middle of a window, so that none turns while a test runs.
  clock.moveTo(windowIndex() * rule.windowMs + 20_000);
  if (environment['REDIS_URL'] === undefined) await eventually(() => redis.isReady);
  return new RateLimits(config, clock, redis);
}

const windowIndex = (): number => Math.floor(Date.now() / rule.windowMs);

async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await check()).toBe(true);
}

async function passes(attempts: readonly Promise<void>[]): Promise<number> {
  const done = await Promise.allSettled(attempts);
  for (const one of done) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'rate.exceeded' });
  return done.filter((one) => one.status === 'fulfilled').length;
}

test('T24 of forty attempts at one moment on two nodes exactly ten pass', async () => {
  const prefix = `rates:${ulid()}`;
  const [one, other] = [await aNode(prefix), await aNode(prefix)];
  const attempts = Array.from({ length: 40 }, async (_, n) => (n % 2 === 0 ? one : other).spendExactly(rule, 'a'));
  expect(await passes(attempts)).toBe(10);
  expect(await passes([one.spendExactly(rule, 'a'), other.spendExactly(rule, 'a')])).toBe(0);
  expect(await passes([one.spendExactly(rule, 'b')])).toBe(1);
});

test('what was taken back gives room on every node', async () => {
  const prefix = `rates:${ulid()}`;
  const [one, other] = [await aNode(prefix), await aNode(prefix)];
  for (let n = 0; n < 30; n += 1) {
    await one.spendExactly(rule, 'a');
    one.refund(rule, 'a');
  }
  expect(await passes(Array.from({ length: 9 }, async () => other.spendExactly(rule, 'a')))).toBe(9);
});

test('nodes that count for themselves learn of each other within a second', async () => {
  const prefix = `rates:${ulid()}`;
  const [one, other] = [await aNode(prefix), await aNode(prefix)];
  one.onModuleInit();
  other.onModuleInit();
  for (let n = 0; n < 9; n += 1) one.spend(rule, 'a');
  other.spend(rule, 'a');
  await eventually(() => isRefused(() => other.spend(rule, 'a')));
  expect(isRefused(() => other.spend(rule, 'a'))).toBe(true);
  one.onModuleDestroy();
  other.onModuleDestroy();
});

test('without Redis each node counts for itself, and nobody waits', async () => {
  const node = await aNode('rates', { REDIS_URL: 'redis://127.0.0.1:1' });
  const started = performance.now();
  expect(await passes(Array.from({ length: 14 }, async () => node.spendExactly(rule, 'a')))).toBe(10);
  expect(performance.now() - started).toBeLessThan(500);
});

test('what was counted while Redis was away counts once it is back, here and on other nodes', async () => {
  const prefix = `rates:${ulid()}`;
  const url = new URL(process.env['REDIS_URL'] ?? '');
  const [away, own] = [await freePort(), Number(url.port)];
  url.port = String(away);
  const [one, other] = [await aNode(prefix, { REDIS_URL: url.href }), await aNode(prefix)];
  one.onModuleInit();
  for (let n = 0; n < 9; n += 1) one.spend(rule, 'a');
  // It told nobody, more than once.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const back = createServer((socket) => {
    const through = connect(own, url.hostname);
    for (const [from, to] of [
      [socket, through],
      [through, socket],
    ] as const)
      from.on('error', () => undefined).pipe(to);
  });
  await new Promise<void>((resolve) => back.listen(away, '127.0.0.1', resolve));
  // Nine of it and one here fill the limit; before it was told there is room for ten here.
  await eventually(async () => (await redises[1]?.commands.get(`${prefix}:rate:x:a:${windowIndex()}`)) === '9');
  expect(await passes(Array.from({ length: 3 }, async () => other.spendExactly(rule, 'a')))).toBe(1);
  expect(isRefusedWithin(10, () => one.spend(rule, 'a'))).toBe(true);
  one.onModuleDestroy();
  for (const redis of redises.splice(0)) redis.onModuleDestroy();
  await new Promise((resolve) => back.close(resolve));
});

test('a Redis that does not answer holds nobody up', async () => {
  const silent: Server = createServer((socket) => {
    // It greets as Redis does, and then says nothing more.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const node = await aNode('rates', { REDIS_URL: `redis://127.0.0.1:${port}` });
  const started = performance.now();
  expect(await passes([node.spendExactly(rule, 'a')])).toBe(1);
  expect(performance.now() - started).toBeLessThan(500);
  for (const redis of redises.splice(0)) redis.onModuleDestroy();
  await new Promise((resolve) => silent.close(resolve));
});

test('limits are off only in a test that asks for it', async () => {
  const off = await aNode('rates', { VERBENA_TEST: '1', VERBENA_RATE_LIMITS: 'off' });
  for (let n = 0; n < 50; n += 1) off.spend(rule, 'a');
  const on = await aNode('rates', { VERBENA_TEST: '', VERBENA_RATE_LIMITS: 'off' });
  expect(isRefusedWithin(50, () => on.spend(rule, 'a'))).toBe(true);
});

function isRefused(spend: () => void): boolean {
  try {
    spend();
    return false;
  } catch {
    return true;
  }
}

function isRefusedWithin(tries: number, spend: () => void): boolean {
  return Array.from({ length: tries }).some(() => isRefused(spend));
}
