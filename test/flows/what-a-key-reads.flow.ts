import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import {
  type ActivityResult,
  getActivity,
  recordActivities,
  recordActivity,
} from '@verbena/shared/activities/activities.routes.js';
import { type ApiKeyDraft, createApiKey, listApiKeys } from '@verbena/shared/identity/api-keys.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { planPause } from '@verbena/shared/missions/missions.routes.js';
import { adjustPoints, holdPoints, sendPoints } from '@verbena/shared/points/points.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, anApiKey, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const DAY_MS = 86_400_000;
const NOBODY = '0'.repeat(26);

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

async function aCaller(story: Story, draft: Partial<ApiKeyDraft>): Promise<Caller> {
  const { secret } = await call(server.local, createApiKey, {
    params: { program: story.slug },
    body: anApiKey(draft),
  });
  return { url: server.url, bearer: secret };
}

describe('L15 a key without `members.read`', () => {
  test('L15 learns what it gave, and not who its member is, what it has or how far it has come', async () => {
    const story = await Story.begin(server);
    const ana = await story.person();
    const params = { program: story.slug };
    const till = await aCaller(story, { permissions: ['activities.write', 'activities.read', 'points.hold'] });
    const draft = aPurchase({ externalId: ana.externalId, totalMinor: 20_000 });
    const recorded = await call(till, recordActivity, { params, body: draft });
    const inFull = await call(story.shop, getActivity, { params: { ...params, key: draft.key } });
    expect(inFull).toMatchObject({ member: ana.member, balances: { puntos: expect.any(Number) as number } });
    expect(inFull.effects).not.toEqual([]);
    expect(recorded.lines.length).toBeGreaterThan(0);
    const short: ActivityResult = { ...inFull, member: NOBODY, effects: [], balances: {} };
    expect(recorded).toEqual(short);
    // Sent again, read again, in a batch: nowhere more.
    expect(await call(till, recordActivity, { params, body: draft })).toEqual(short);
    expect(await call(till, getActivity, { params: { ...params, key: draft.key } })).toEqual(short);
    const batch = await call(till, recordActivities, { params, body: { activities: [draft] } });
    expect(batch.results).toEqual([{ status: 'replayed', result: short }]);
    const member = { ...params, member: `ext:${ana.externalId}` };
    const hold = { key: aKey('aparta'), currency: 'puntos', amount: 1 };
    expect(await call(till, holdPoints, { params: member, body: hold })).toMatchObject({
      member: NOBODY,
      balances: {},
    });
    const tooMuch = { ...hold, key: aKey('aparta'), amount: 1_000_000 };
    const refused = await refusal(till, holdPoints, { params: member, body: tooMuch });
    expect(refused).toMatchObject({ code: 'points.notEnough', result: { member: NOBODY, effects: [], balances: {} } });
    expect(await refusal(till, getStanding, { params: member })).toMatchObject({ code: 'auth.forbidden' });
  });

  test('L15 reads what became of its own types; one that sends none and may read, of all', async () => {
    const story = await Story.begin(server);
    const ana = await story.person();
    const draft = aPurchase({ externalId: ana.externalId });
    await story.record(draft);
    const params = { program: story.slug, key: draft.key };
    const other = await aCaller(story, {
      types: ['coupon.redeemed'],
      permissions: ['activities.read', 'members.read'],
    });
    expect(await refusal(other, getActivity, { params })).toMatchObject({ code: 'activity.notFound', status: 404 });
    const reader = await aCaller(story, { types: [], permissions: ['activities.read', 'members.read'] });
    expect((await call(reader, getActivity, { params })).key).toBe(draft.key);
  });
});

test('L15 a key with a last day opens nothing from then on; one without is good until it is withdrawn', async () => {
  const story = await Story.begin(server);
  const ana = await story.person();
  const params = { program: story.slug };
  for (const expiresInDays of [0, -1, 1.5, 3_651])
    expect(await refusal(server.local, createApiKey, { params, body: { ...anApiKey(), expiresInDays } })).toMatchObject(
      {
        code: 'input.invalid',
        fields: [{ path: ['expiresInDays'] }],
      },
    );
  const short = await aCaller(story, { expiresInDays: 30 });
  const { items } = await call(server.local, listApiKeys, { params });
  const [{ createdAt, expiresAt } = { createdAt: '', expiresAt: null }, forEver] = items;
  const endsMs = Date.parse(expiresAt ?? '');
  expect([endsMs - Date.parse(createdAt), forEver?.expiresAt]).toEqual([30 * DAY_MS, null]);
  const send = (caller: Caller) =>
    ask(caller, recordActivity, { params, body: aPurchase({ externalId: ana.externalId }) });
  await server.moveClock(new Date(endsMs - 60_000).toISOString());
  expect((await send(short)).status).toBe(201);
  await server.moveClock(new Date(endsMs).toISOString());
  expect(JSON.parse((await send(short)).text)).toMatchObject({ code: 'auth.keyInvalid', status: 401 });
  expect((await send(story.shop)).status).toBe(201);
});

test('L5 of what a member asks in vain twenty a day stay in its journal; what is granted counts for nothing', async () => {
  const strict = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
  try {
    const [puntos, ...others] = shoppingCentre.currencies;
    const currencies = [
      { ...puntos, transfer: { perGift: 5, perDay: 500 } },
      ...others,
    ] as typeof shoppingCentre.currencies;
    const story = await Story.begin(strict, { program: { definitions: { ...shoppingCentre, currencies } } });
    const [ana, eva] = [await story.person(), await story.person()];
    const params = { program: story.slug, member: 'me' };
    await call(strict.local, adjustPoints, {
      params: { program: story.slug, member: ana.member ?? '' },
      body: { key: aKey('alta'), currency: 'puntos', amount: 200, reason: 'Bienvenida' },
    });
    const give = (amount: number) =>
      ask(ana.caller, sendPoints, {
        params,
        body: { key: aKey('regalo'), currency: 'puntos', amount, to: { id: eva.member } },
      });
    for (let n = 0; n < 25; n += 1) expect((await give(1)).status).toBe(201);
    // That each has arrived is written down by itself, a moment later.
    await eventually(
      async () => {
        const { items } = await call(ana.caller, listEntries, { params, query: { limit: '100' } });
        return items.filter(({ cause }) => cause.type === 'transfer.settled').length === 25;
      },
      { withinMs: 60_000, until: 'all gifts have arrived' },
    );
    const codes: string[] = [];
    for (let n = 0; n < 19; n += 1) codes.push((JSON.parse((await give(6)).text) as { code: string }).code);
    // A pause that cannot be counts with them.
    const pause = { from: '2020-01-01', until: '2020-01-02' };
    const planned = await ask(ana.caller, planPause, { params: { ...params, mission: 'racha-semanal' }, body: pause });
    expect(JSON.parse(planned.text)).toMatchObject({ status: 422 });
    expect(new Set(codes)).toEqual(new Set(['transfer.tooMuch']));
    const seqOf = async () => (await call(ana.caller, getStanding, { params })).seq;
    const before = await seqOf();
    for (let n = 0; n < 5; n += 1) await give(6);
    const last = JSON.parse((await give(6)).text) as { code: string; params: { seconds: number } };
    expect(last).toMatchObject({ code: 'rate.exceeded' });
    expect(last.params.seconds).toBeGreaterThan(3_600);
    expect(await seqOf()).toBe(before);
  } finally {
    await strict.stop();
  }
});
