import { getMission, type MissionPage } from '@verbena/shared/missions/missions.routes.js';
import { putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aKey, aPurchase } from '#support/factories.js';
import { eventually } from '#support/eventually.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const reto = {
  id: 'reto',
  rev: 1,
  name: { es: 'Reto', en: 'Challenge' },
  description: { es: 'Entre todos.', en: 'All together.' },
  on: { activity: 'purchase' },
  goal: { kind: 'shared' as const, field: 'totalMinor', target: 10_000, per: 'ever' as const },
  reward: { points: [{ currency: 'puntos', amount: 77 }], badges: [] },
  zone: 'program' as const,
};

test('E7 the whole program reaches a goal: each who contributed is rewarded once, nobody else', async () => {
  const definitions = { ...shoppingCentre, missions: [...shoppingCentre.missions, reto] };
  const story = await Story.begin(server, { program: { preset: undefined, definitions } });
  const [ana, ben, eva] = [aKey('tarjeta'), aKey('tarjeta'), aKey('tarjeta')];
  const pageOf = (externalId: string): Promise<MissionPage> =>
    call(story.shop, getMission, { params: { ...story.member(externalId), mission: 'reto' } });
  await story.record(aPurchase({ externalId: ana, totalMinor: 4_000 }));
  await story.record(aPurchase({ externalId: eva, totalMinor: 0 }));
  await eventually(async () => {
    expect((await pageOf(ana)).card).toMatchObject({
      kind: 'shared',
      progress: 4_000,
      done: false,
      unit: 'EUR',
      shared: { members: 1, own: 4_000 },
    });
    return true;
  });
  await story.record(aPurchase({ externalId: ben, totalMinor: 6_500 }));
  await eventually(async () => {
    for (const one of [ana, ben]) {
      const { card, completedAt } = await pageOf(one);
      expect({ done: card.done, times: completedAt.length, total: card.progress }).toEqual({
        done: true,
        times: 1,
        total: 10_500,
      });
    }
    return true;
  });
  expect((await pageOf(eva)).completedAt).toEqual([]);
  const earned = (await story.journal(ana)).flatMap(({ lines }) => lines.filter(({ by }) => by.id === 'reto'));
  expect(earned.map(({ amount }) => amount)).toEqual([77]);
});

const asking = (target: number, rev: number) => ({
  ...shoppingCentre,
  missions: [...shoppingCentre.missions, { ...reto, rev, goal: { ...reto.goal, target } }],
});

/** A program whose goal changes after somebody brought 4,000 to one of 10,000. */
async function changedTo(target: number) {
  const story = await Story.begin(server, { program: { preset: undefined, definitions: asking(10_000, 1) } });
  const ana = aKey('tarjeta');
  const cardOf = async (externalId: string): Promise<MissionPage['card']> =>
    (await call(story.shop, getMission, { params: { ...story.member(externalId), mission: 'reto' } })).card;
  await story.record(aPurchase({ externalId: ana, totalMinor: 4_000 }));
  await eventually(async () => (await cardOf(ana)).progress === 4_000);
  await call(server.local, putDefinitions, {
    params: { program: story.slug },
    body: { definitions: asking(target, 2) },
  });
  return { story, ana, cardOf };
}

test('E7 #10 B9 a goal that a version lowers is reached by what all had brought already', async () => {
  const { ana, cardOf } = await changedTo(3_000);
  await eventually(async () => (await cardOf(ana)).done);
});

test('E7 #10 B9 a goal that a version lowers is not reached in periods that are over', async () => {
  const monthly = (target: number, rev: number) => {
    const goal = { ...reto.goal, per: 'month' as const, target };
    return { ...shoppingCentre, missions: [...shoppingCentre.missions, { ...reto, rev, goal }] };
  };
  const story = await Story.begin(server, { program: { preset: undefined, definitions: monthly(10_000, 1) } });
  const [ana, ben] = [aKey('tarjeta'), aKey('tarjeta')];
  const before = new Date(Date.now() - 40 * 86_400_000).toISOString();
  await story.record(aPurchase({ externalId: ana, totalMinor: 6_000, occurredAt: before }));
  await story.record(aPurchase({ externalId: ben, totalMinor: 6_000 }));
  await call(server.local, putDefinitions, {
    params: { program: story.slug },
    body: { definitions: monthly(5_000, 2) },
  });
  const rewarded = async (externalId: string): Promise<boolean> =>
    (await story.journal(externalId)).some(({ lines }) => lines.some(({ by }) => by.id === 'reto'));
  await eventually(() => rewarded(ben));
  expect(await rewarded(ana)).toBe(false);
});

test('E7 #10 B10 a goal that a version raises stays, in that period, what it was for who had begun, and so for all', async () => {
  const { story, ana, cardOf } = await changedTo(50_000);
  const ben = aKey('tarjeta');
  await story.record(aPurchase({ externalId: ben, totalMinor: 6_500 }));
  await eventually(async () => (await cardOf(ben)).done && (await cardOf(ana)).done);
  // The total of all is counted a moment after the reward.
  await eventually(async () => (await cardOf(ben)).progress === 10_500);
  expect(await cardOf(ben)).toMatchObject({ target: 10_000 });
});
