import { recordByHand, tryByHand } from '@verbena/shared/activities/activities.routes.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test('#62 what staff are about to record is tried: the same points and the same tier, nothing recorded, no second factor asked', async () => {
  const story = await Story.begin(server);
  const lucia = await story.person();
  const manager = await story.person('manager');
  await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 1_000 }));
  const params = { program: story.slug, member: lucia.member ?? '' };
  const body = { type: 'purchase', attributes: { totalMinor: 150_000 } };
  const before = await story.standing(lucia.externalId);
  const unproved = await story.person('manager', { secondFactor: false });
  const tried = await call(unproved.caller, tryByHand, { params, body });
  expect(tried.effects.filter(({ type }) => type === 'tier.moved')).toHaveLength(1);
  expect(await story.standing(lucia.externalId)).toEqual(before);
  const recorded = await call(manager.caller, recordByHand, {
    params,
    body: { ...body, key: aKey('mano'), reason: 'La caja no leyó la tarjeta' },
  });
  expect(recorded).toMatchObject({ seq: before.seq + 1, lines: tried.lines, balances: tried.balances });
});

test('#62 what would be refused is refused by its field; a key and the member try nothing', async () => {
  const story = await Story.begin(server);
  const lucia = await story.person();
  const manager = await story.person('manager');
  const params = { program: story.slug, member: lucia.member ?? '' };
  const bad = { type: 'purchase', attributes: { totalMinor: -1 } };
  expect(await refusal(manager.caller, tryByHand, { params, body: bad })).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: ['attributes', 'totalMinor'] }],
  });
  const body = { type: 'purchase', attributes: { totalMinor: 100 } };
  for (const caller of [lucia.caller, story.shop])
    expect(await refusal(caller, tryByHand, { params, body })).toMatchObject({ code: 'auth.forbidden' });
});
