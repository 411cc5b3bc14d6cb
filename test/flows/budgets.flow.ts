import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { getReceipt } from '@verbena/shared/ledger/ledger.routes.js';
import type { Budget } from '@verbena/shared/programs/budget.js';
import { listBudgets } from '@verbena/shared/programs/budgets.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call, refusal } from '#support/http-call.js';
import { aMission, aRule } from '#support/small-program.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const PARTIAL: Budget = { limit: 100, per: 'ever', whenShort: 'partial' };

async function begin(): Promise<Story> {
  return Story.begin(server, {
    key: { permissions: ['activities.write', 'activities.read', 'activities.reverse', 'members.read'] },
  });
}

/** The program's definitions with 30 points a purchase out of a budget, and a mission for the first two. */
async function withBudgets(story: Story, budget: Budget): Promise<Definitions> {
  const { definitions } = await call(server.local, getDefinitions, { params: { program: story.slug } });
  const amount = { product: [{ ratio: [30, 1] as [number, number] }] };
  const gift = aRule({ id: 'regalo', on: { activity: 'purchase' }, earn: [{ currency: 'puntos', amount, budget }] });
  const firsts = aMission({
    id: 'primeros',
    on: { activity: 'purchase' },
    goal: { kind: 'count', target: 1, per: 'ever' },
    budget: { limit: 2, per: 'ever' },
  });
  return {
    ...definitions,
    rules: [...definitions.rules.filter(({ id }) => id !== 'regalo'), gift],
    missions: [...definitions.missions.filter(({ id }) => id !== 'primeros'), firsts],
  };
}

function publish(story: Story, definitions: Definitions) {
  return call(server.local, putDefinitions, { params: { program: story.slug }, body: { definitions } });
}

function buy(story: Story, externalId = aKey('tarjeta')): Promise<ActivityResult> {
  return story.record(aPurchase({ externalId, totalMinor: 1 }));
}

function giftsIn({ lines }: ActivityResult): number[] {
  return lines.flatMap(({ by, amount }) => (by.id === 'regalo' ? [amount] : []));
}

async function standingOf(story: Story, budget: string) {
  const { items } = await call(server.local, listBudgets, { params: { program: story.slug } });
  return items.find((one) => one.budget === budget);
}

describe('what all members share', () => {
  test('C8 a budget is given out to its last point; then purchases are accepted without, with the reason, and a return refills it', async () => {
    const story = await begin();
    await publish(story, await withBudgets(story, PARTIAL));
    expect(await standingOf(story, 'rule:regalo')).toEqual({
      budget: 'rule:regalo',
      kind: 'rule',
      id: 'regalo',
      currency: 'puntos',
      per: 'ever',
      period: 'ever',
      limit: 100,
      used: 0,
      left: 100,
    });
    const cards = [aKey('tarjeta'), aKey('tarjeta'), aKey('tarjeta'), aKey('tarjeta'), aKey('tarjeta')];
    const bought: ActivityResult[] = [];
    for (const card of cards) bought.push(await buy(story, card));
    expect(bought.map(giftsIn)).toEqual([[30], [30], [30], [10], []]);
    expect(bought.map(({ outcome }) => outcome)).toEqual(Array(5).fill('accepted'));
    expect(await standingOf(story, 'rule:regalo')).toMatchObject({ used: 100, left: 0 });

    const [last] = await story.journal(cards[4] ?? '');
    expect(last?.receipt.missed).toContainEqual(['rule:regalo', 1, 'budget:ever', 0, 30]);
    const params = { program: story.slug, member: `ext:${cards[4]}`, seq: '1' };
    const full = await call(server.local, getReceipt, { params, query: { full: 'true' } });
    expect(full.receipt.missed).toContainEqual(['rule:regalo', 1, 'budget:ever', 0, 30]);

    const back = { program: story.slug, key: bought[0]?.key ?? '' };
    await call(story.shop, reverseActivity, { params: back, body: { key: aKey('devolver'), reason: 'Devolución' } });
    expect(await standingOf(story, 'rule:regalo')).toMatchObject({ used: 70, left: 30 });
    expect(giftsIn(await buy(story))).toEqual([30]);
  });

  test('E5 C8 a mission for the first two says how many places are left, and that it is full', async () => {
    const story = await begin();
    await publish(story, await withBudgets(story, PARTIAL));
    const [first, second, third] = [aKey('tarjeta'), aKey('tarjeta'), aKey('tarjeta')];
    const bought = await buy(story, first);
    expect(await story.mission(first, 'primeros')).toMatchObject({ done: true, places: { limit: 2, left: 1 } });
    await buy(story, second);
    await buy(story, third);
    expect(await story.mission(third, 'primeros')).toMatchObject({
      done: false,
      progress: 1,
      places: { limit: 2, left: 0 },
    });
    const params = { program: story.slug, key: bought.key };
    await call(story.shop, reverseActivity, { params, body: { key: aKey('devolver'), reason: 'Devolución' } });
    await buy(story, third);
    expect(await story.mission(third, 'primeros')).toMatchObject({ done: true, places: { left: 0 } });
    expect(await standingOf(story, 'mission:primeros')).toMatchObject({ kind: 'mission', currency: null, used: 2 });
  });

  test('C8 where not enough is left nothing is given; a raised limit leaves more, a lowered one never takes back', async () => {
    const story = await begin();
    await publish(story, await withBudgets(story, { ...PARTIAL, limit: 50, whenShort: 'nothing' }));
    expect([giftsIn(await buy(story)), giftsIn(await buy(story))]).toEqual([[30], []]);
    await publish(story, await withBudgets(story, { ...PARTIAL, limit: 60, whenShort: 'nothing' }));
    expect([giftsIn(await buy(story)), giftsIn(await buy(story))]).toEqual([[30], []]);
    await publish(story, await withBudgets(story, { ...PARTIAL, limit: 10, whenShort: 'nothing' }));
    expect(giftsIn(await buy(story))).toEqual([]);
    expect(await standingOf(story, 'rule:regalo')).toMatchObject({ limit: 10, used: 60, left: 0 });
  });

  test('C8 a budget that cannot be is refused, naming its field, and nothing is published', async () => {
    const story = await begin();
    const definitions = await withBudgets(story, { ...PARTIAL, limit: 0 });
    const place = definitions.rules.findIndex(({ id }) => id === 'regalo');
    const params = { program: story.slug };
    const refused = await refusal(server.local, putDefinitions, { params, body: { definitions } });
    expect(refused.status).toBe(400);
    expect(refused.fields?.map(({ path }) => path.join('.'))).toEqual([
      `definitions.rules.${place}.earn.0.budget.limit`,
    ]);
    expect(await standingOf(story, 'rule:regalo')).toBeUndefined();
  });

  test('C8 what one member may earn of a currency in a day ends for it alone, says why, and comes back with a return', async () => {
    const story = await begin();
    const { definitions } = await call(server.local, getDefinitions, { params: { program: story.slug } });
    const currencies = definitions.currencies.map((one) => ({
      ...one,
      perMember: { per: 'day' as const, points: 25 },
    }));
    await publish(story, { ...definitions, currencies });
    const [ana, ben] = [aKey('tarjeta'), aKey('tarjeta')];
    // Not on a Wednesday, which counts double.
    const spend = (externalId: string, totalMinor: number) =>
      story.record(aPurchase({ externalId, totalMinor, occurredAt: '2026-11-17T10:00:00Z' }));
    const first = await spend(ana, 2_000);
    const rest = await spend(ana, 2_000);
    const none = await spend(ana, 2_000);
    expect([first, rest, none].map(({ lines }) => lines.map(({ amount }) => amount))).toEqual([[20], [5], []]);
    expect(none.outcome).toBe('accepted');
    const { receipt } = await call(server.local, getReceipt, {
      params: { ...story.member(ana), seq: String(none.seq) },
    });
    expect(receipt.missed).toContainEqual(['rule:compra', 1, 'cap:day', 25, 25]);
    expect((await spend(ben, 2_000)).balances).toEqual({ puntos: 20 });
    await call(story.shop, reverseActivity, {
      params: { program: story.slug, key: first.key },
      body: { key: aKey('devolver'), remaining: { totalMinor: 500 } },
    });
    expect((await spend(ana, 9_000)).lines.map(({ amount }) => amount)).toEqual([15]);
  });
});
