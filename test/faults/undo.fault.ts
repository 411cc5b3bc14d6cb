import path from 'node:path';
import { tmpdir } from 'node:os';
import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { exportMembers, getEntry, getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { listPlaces } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { revertToVersion } from '@verbena/shared/programs/versions.routes.js';
import { approveUndo, getUndoPlan } from '@verbena/shared/undo/undo-plans.routes.js';
import { type Store, startDatabase, startRedis } from '@verbena/server/launcher/stores.js';
import { eventually } from '#support/eventually.js';
import { aKey, anApiKey, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { params, plan, publish, reaches, typo, withGifts } from '#support/undo-story.js';
import { verifyBooks } from '#support/verify-command.js';

const stores: Store[] = [];
let server: TestServer;
beforeAll(async () => {
  const dataDir = path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), `undo-${process.pid}`);
  const env = { ...process.env, MONGODB_URI: '', REDIS_URL: '' };
  const database = await startDatabase({ dataDir, env });
  stores.push(database);
  const redis = await startRedis({ dataDir, env });
  stores.push(redis);
  process.once('exit', () => stores.forEach((store) => store.isRunning() && process.kill(store.pid, 'SIGKILL')));
  server = await startServer({ mongodbUri: database.url, redisUrl: redis.url });
});
afterAll(async () => {
  await server?.stop();
  for (const store of stores) await store.stop();
});

/** What all members have, by the shop's own id of each. */
async function everybody(story: Story): Promise<Map<string, unknown>> {
  const { items } = await call(server.local, exportMembers, { params: params(story), query: { limit: '1000' } });
  return new Map(items.map(({ externalId, member: _, seq: __, ...rest }) => [externalId ?? '', rest]));
}

/** What of a member is there to be compared. */
async function books(story: Story, externalId: string): Promise<unknown> {
  const where = story.member(externalId);
  const { seq: _, ...standing } = await call(story.shop, getStanding, { params: where });
  const places = await call(server.local, listPlaces, { params: where });
  return { standing, scores: places.items.map(({ board, score }) => ({ board, score })) };
}

test('K8 a ×100 typo and 2,000 activities later everybody stands as if it had never been', async () => {
  const at = new Date().toISOString();
  const { permissions } = anApiKey();
  const given = { key: { permissions: [...permissions, 'activities.reverse' as const] } };
  const [story, twin] = [await Story.begin(server, given), await Story.begin(server, given)];
  for (const one of [story, twin]) await publish(one, withGifts);
  const members = Array.from({ length: 20 }, () => aKey('tarjeta'));
  const buy = async (rounds: number): Promise<string[]> => {
    const activities = members.flatMap((externalId, index) =>
      Array.from({ length: rounds }, (_, round) =>
        aPurchase({ externalId, totalMinor: 700 + index * 630 + round * 17, occurredAt: at }),
      ),
    );
    for (let start = 0; start < activities.length; start += 100)
      for (const one of [story, twin]) await one.batch(activities.slice(start, start + 100));
    return activities.map(({ key }) => key);
  };
  await buy(1);
  const wrong = await publish(story, typo);
  const [keyOfWrong = ''] = await buy(100);
  await call(server.local, revertToVersion, {
    params: { ...params(story), version: String(wrong - 1) },
    body: { correction: 'Un cero de más' },
  });
  await buy(1);
  const [first = ''] = members;
  const before = await call(story.shop, getStanding, { params: story.member(first) });
  const planned = await reaches(story, await plan(story, { version: wrong }), 'planned');
  const { report } = planned;
  expect(report).toMatchObject({ members: 20, concerned: 20, undecidedCount: 0, gone: 0 });
  expect(report?.points[0]?.taken).toBeGreaterThan(1_000_000);
  expect(report?.topMembers[0]?.called).toMatch(/^tarjeta/);
  // Nothing of it is carried out yet.
  expect(await call(story.shop, getStanding, { params: story.member(first) })).toEqual(before);
  await call(server.local, approveUndo, { params: { ...params(story), plan: planned.id } });
  // Killed in the middle of it, it is taken up again, and nobody is corrected twice.
  await eventually(
    async () => {
      const found = await call(server.local, getUndoPlan, { params: { ...params(story), plan: planned.id } });
      return found.status === 'applied' || found.progress.members > 0;
    },
    { withinMs: 60_000, until: 'it has begun' },
  );
  await server.kill();
  await server.start();
  const applied = await reaches(story, planned, 'applied');
  expect(applied.applied).toEqual({ members: 20, forgiven: [] });
  expect(await everybody(story)).toEqual(await everybody(twin));
  const [last = ''] = members.slice(-1);
  for (const member of [first, last])
    await eventually(
      async () => JSON.stringify(await books(story, member)) === JSON.stringify(await books(twin, member)),
      { withinMs: 20_000, until: 'member and boards are those of the twin' },
    );
  // And what comes later is the same too: a purchase of then that is brought back, and a new one.
  const bought = (await story.journal(first)).find(({ version }) => version === wrong);
  const wasBought = await call(server.local, getEntry, {
    params: { ...story.member(first), seq: String(bought?.seq) },
  });
  expect(wasBought.correctedBy).toBeGreaterThan(bought?.seq ?? 0);
  for (const one of [story, twin])
    await call(one.shop, reverseActivity, {
      params: { ...params(one), key: keyOfWrong },
      body: { key: aKey('vuelta') },
    });
  await buy(1);
  expect(await everybody(story)).toEqual(await everybody(twin));
  expect((await verifyBooks(server)).code).toBe(0);
});
