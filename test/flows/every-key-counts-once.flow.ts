import { type ActivityDraft, recordActivities, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { fillPath } from '@verbena/shared/platform/route.js';
import { Evidence, IS_LONG } from '#support/evidence.js';
import { aCoupon, aKey, aPurchase } from '#support/factories.js';
import { ask, untilTaken } from '#support/http-call.js';
import { readLedger } from '#support/journal-reader.js';
import { SEED, Seeded } from '#support/seeded.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** Each test reads the whole ledger, so each has a server, and a database, of its own. */
let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server?.stop());

const ACTIVITIES = IS_LONG ? 20_000 : 500;
const DELIVERIES_MAX = IS_LONG ? 50 : 20;
const REUSES = IS_LONG ? 1_000 : 100;
const HANG_UPS = IS_LONG ? 5_000 : 200;
const AT_ONCE = 16;
const LONG_MS = 1_800_000;
const evidence = new Evidence('every-key', 'Every key counts once', 'npm test -- flows every-key', 3);
afterAll(() => evidence.write());

/** Runs all, so many at a time. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>, atOnce = AT_ONCE): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}

describe('every key counts once', () => {
  test(
    `T5 ${ACTIVITIES} activities, each delivered 2 to ${DELIVERIES_MAX} times, shuffled, alone and in batches`,
    async () => {
      const story = await Story.begin(server);
      const random = new Seeded(SEED);
      const cards = Array.from({ length: 40 }, () => aKey('tarjeta'));
      const drafts = Array.from({ length: ACTIVITIES }, () => {
        const externalId = random.pick(cards);
        return random.next() < 0.8 ? aPurchase({ externalId }) : aCoupon({ externalId });
      });
      const deliveries = random.shuffle(
        drafts.flatMap((draft) => Array.from({ length: random.between(2, DELIVERIES_MAX) }, () => draft)),
      );
      // One in six alone, the rest in batches: what a shop does after an outage.
      const alone = deliveries.filter((_, index) => index % 6 === 0);
      const rest = deliveries.filter((_, index) => index % 6 !== 0);
      const batches: ActivityDraft[][] = [];
      while (rest.length > 0) batches.push(rest.splice(0, random.between(1, 120)));

      const answers = new Map<string, Set<string>>();
      let accepted = 0;
      const note = (key: string, answer: string, isReplay: boolean) => {
        answers.set(key, (answers.get(key) ?? new Set()).add(answer));
        if (!isReplay) accepted += 1;
      };
      const jobs = random.shuffle([...alone, ...batches]);
      const begun = performance.now();
      await inParallel(jobs, async (job) => {
        if (!Array.isArray(job)) {
          const answer = await untilTaken(() => story.post(job));
          expect(answer.status).toBe(201);
          note(job.key, answer.text, answer.headers.get('idempotency-replayed') === 'true');
          return;
        }
        const answer = await untilTaken(() =>
          ask(story.shop, recordActivities, { params: { program: story.slug }, body: { activities: job } }),
        );
        expect(answer.status).toBe(200);
        const { results } = JSON.parse(answer.text) as { results: { status: string; result: { key: string } }[] };
        for (const { status, result } of results) note(result.key, JSON.stringify(result), status === 'replayed');
      });

      expect(answers.size).toBe(new Set(drafts.map(({ key }) => key)).size);
      expect([...answers.values()].filter((texts) => texts.size !== 1)).toEqual([]);
      expect(accepted).toBe(ACTIVITIES);
      const ledger = await readLedger(server.mongodbUri, server.database);
      expect(ledger.breaches).toEqual([]);
      expect([ledger.entries, ledger.byKey.size]).toEqual([ACTIVITIES, ACTIVITIES]);
      const seconds = (performance.now() - begun) / 1_000;
      evidence.note(
        `T5: ${ACTIVITIES} activities in ${deliveries.length} deliveries, ${alone.length} alone and the rest in ${batches.length} batches, in ${seconds.toFixed(0)} s (${(deliveries.length / seconds).toFixed(0)} deliveries a second): ${ledger.entries} entries, every answer to a key the same byte for byte`,
      );
    },
    LONG_MS,
  );

  test(
    `T6 the same key with ${REUSES} other bodies: each time 422, and no effect`,
    async () => {
      const story = await Story.begin(server);
      const externalId = aKey('tarjeta');
      const draft = aPurchase({ externalId, totalMinor: 1_000 });
      await story.record(draft);
      const statuses: number[] = [];
      await inParallel(
        Array.from({ length: REUSES }, (_, index) => ({ ...draft, attributes: { totalMinor: 1_001 + index } })),
        async (body) => void statuses.push((await story.post(body)).status),
      );
      expect(statuses).toHaveLength(REUSES);
      expect(new Set(statuses)).toEqual(new Set([422]));
      expect((await readLedger(server.mongodbUri, server.database)).entries).toBe(1);
      evidence.note(`T6: the same key with ${REUSES} other bodies: ${statuses.length} × 422, 1 entry`);
    },
    LONG_MS,
  );

  test(
    'T7 the caller hangs up at any moment and asks again: one effect each',
    async () => {
      const story = await Story.begin(server);
      const random = new Seeded(SEED);
      const cards = Array.from({ length: 10 }, () => aKey('tarjeta'));
      const drafts = Array.from({ length: HANG_UPS }, () =>
        aPurchase({ externalId: random.pick(cards), totalMinor: 1_000 }),
      );
      let hungUp = 0;
      await inParallel(drafts, async (draft) => {
        const patience = AbortSignal.timeout(random.between(1, 25));
        await fetch(`${server.url}/api/v1${fillPath(recordActivity.path, { program: story.slug })}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${story.shop.bearer ?? ''}`, 'content-type': 'application/json' },
          body: JSON.stringify(draft),
          signal: patience,
        })
          .then((response) => response.text())
          .catch(() => (hungUp += 1));
        expect((await untilTaken(() => story.post(draft))).status).toBe(201);
      });
      expect(hungUp).toBeGreaterThan(20);
      const ledger = await readLedger(server.mongodbUri, server.database);
      expect(ledger.breaches).toEqual([]);
      expect(ledger.entries).toBe(drafts.length);
      evidence.note(
        `T7: of ${HANG_UPS} callers ${hungUp} hung up before their answer and asked again: ${ledger.entries} entries, 0 double awards`,
      );
    },
    LONG_MS,
  );

  test('a queue that is full refuses whole batches before any work, says when to come back, and loses nothing', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    const batches = Array.from({ length: 10 }, () =>
      Array.from({ length: 1_000 }, () => aPurchase({ externalId, totalMinor: 100 })),
    );
    const send = (activities: ActivityDraft[]) =>
      ask(story.shop, recordActivities, { params: { program: story.slug }, body: { activities } });
    const answers = await Promise.all(batches.map(async (batch) => ({ batch, answer: await send(batch) })));
    const busy = answers.filter(({ answer }) => answer.status === 429);
    const done = answers.filter(({ answer }) => answer.status === 200);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.length + done.length).toBe(batches.length);
    for (const { answer } of busy) {
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'lane.busy' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    const ledger = await readLedger(server.mongodbUri, server.database);
    expect(ledger.breaches).toEqual([]);
    expect(ledger.entries).toBe(done.length * 1_000);
    expect(busy[0]?.batch.some(({ key }) => ledger.byKey.has(key))).toBe(false);
    // The same keys later: every one counts, once.
    const again = await send(busy[0]?.batch ?? []);
    expect(again.status).toBe(200);
  });
});
