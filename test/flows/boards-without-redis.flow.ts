import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getBoard, listBoards } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { startRedis, type Store } from '@verbena/server/launcher/stores.js';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { Redis } from '@verbena/server/platform/redis/redis.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** A Redis of its own, which is emptied and stopped. */
let redis: Store;
let server: TestServer;
beforeAll(async () => {
  const folder = process.env['VERBENA_TEST_DIR'] ?? tmpdir();
  mkdirSync(folder, { recursive: true });
  redis = await startRedis({ dataDir: mkdtempSync(path.join(folder, 'redis-')) });
  server = await startServer({ redisUrl: redis.url });
});
afterAll(async () => {
  await server?.stop();
  await redis?.stop();
});

const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Madrid' });

/** What each has bought for, counted here beside the server. */
class Till {
  readonly totals = new Map<string, number>();

  constructor(
    readonly story: Story,
    readonly people: readonly Person[],
  ) {}

  async sell(index: number): Promise<void> {
    const person = this.people[index % this.people.length];
    if (person === undefined) throw new Error('nobody buys');
    const points = 1 + (index % 7);
    const { externalId, member } = person;
    // Half its total is enough on a Wednesday.
    const purchase = aPurchase({ externalId, totalMinor: points * (weekday.format() === 'Wed' ? 50 : 100) });
    // A machine with other work may ask a till to wait a moment; its key makes the second try safe. Nothing else is forgiven.
    const answer = await eventually(
      async () => {
        const given = await this.story.post(purchase);
        return given.status === 429 ? null : given;
      },
      { withinMs: 20_000, until: 'the lane takes a purchase' },
    );
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    this.totals.set(member ?? '', (this.totals.get(member ?? '') ?? 0) + points);
  }

  /** Every board of everybody says what was sold, rewards aside: the order of the totals, which no reward changes. */
  async expectRight(): Promise<void> {
    const [asking] = this.people;
    if (asking === undefined) throw new Error('nobody asks');
    const standings = await Promise.all(this.people.map(({ externalId }) => this.story.standing(externalId)));
    const earned = standings.map(({ earned: { ever } }) => ever).toSorted((a, b) => b - a);
    await eventually(
      async () => {
        const { rows } = await call(asking.caller, getBoard, {
          params: { program: this.story.slug, board: 'siempre' },
        });
        expect(rows.map(({ score }) => score)).toEqual(earned);
        expect(rows.map(({ place }) => place)).toEqual(earned.map((_, index) => index + 1));
        return true;
      },
      { until: 'the board is right again' },
    );
  }
}

async function aTill(): Promise<Till> {
  const story = await Story.begin(server);
  const people: Person[] = [];
  for (let count = 0; count < 4; count += 1) people.push(await story.person());
  return new Till(story, people);
}

test('#71 Redis is emptied while purchases flow: nobody gets an error, and the places are right again', async () => {
  const till = await aTill();
  const { slug } = till.story;
  const wire = new Redis(readConfig({ ...server.env, REDIS_URL: redis.url }));
  await eventually(() => wire.isReady);
  let isSelling = true;
  let sold = 0;
  const selling = Array.from({ length: 3 }, async () => {
    while (isSelling) await till.sell((sold += 1));
  });
  let asked = 0;
  const reading = till.people.map(async ({ caller }) => {
    while (isSelling) {
      const [{ items }, { me }] = await Promise.all([
        call(caller, listBoards, { params: { program: slug } }),
        call(caller, getBoard, { params: { program: slug, board: 'semana' } }),
      ]);
      expect(items).toHaveLength(3);
      expect(me).not.toBeNull();
      asked += 1;
    }
  });
  for (let flush = 1; flush <= 5; flush += 1) {
    await eventually(() => sold > flush * 30, { withinMs: 30_000 });
    await wire.commands.flushAll();
  }
  await eventually(() => sold > 180, { withinMs: 30_000 });
  isSelling = false;
  await Promise.all([...selling, ...reading]);
  expect(asked).toBeGreaterThan(20);
  await till.expectRight();
  // And the mirror is whole again, not only MongoDB right.
  await eventually(async () => {
    const meta = await wire.commands.hGetAll(wire.key('boards', 'meta'));
    return Object.keys(meta).filter((name) => name.startsWith('q:')).length === 2;
  });
  await till.expectRight();
  wire.onModuleDestroy();
});

test('Redis is away: boards are read and counted all the same, and afterwards too', async () => {
  const till = await aTill();
  for (let count = 0; count < 12; count += 1) await till.sell(count);
  await till.expectRight();
  await redis.stop();
  for (let count = 0; count < 12; count += 1) await till.sell(count * 3);
  await till.expectRight();
  await redis.start();
  for (let count = 0; count < 12; count += 1) await till.sell(count * 5);
  await till.expectRight();
});
