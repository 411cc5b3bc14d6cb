import {
  previewUndo,
  recordByHand,
  reverseActivity,
  undoByHand,
} from '@verbena/shared/activities/activities.routes.js';
import { getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call, refusal } from '#support/http-call.js';
import { readLedger } from '#support/journal-reader.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { verifyBooks } from '#support/verify-command.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: '2026-11-20T10:00:00.000Z' });
});
afterAll(async () => {
  if (server === undefined) return;
  expect((await readLedger(server.mongodbUri, server.database)).breaches).toEqual([]);
  expect((await verifyBooks(server)).code).toBe(0);
  await server.stop();
});

const begin = (definitions = shoppingCentre) =>
  Story.begin(server, {
    program: { definitions },
    key: { permissions: ['activities.write', 'activities.reverse', 'members.read'] },
  });
const memberOf = (story: Story, { member }: Pick<Person, 'member'>) => ({ program: story.slug, member: member ?? '' });
const tierOf = async (story: Story, whom: Person) => {
  const { tier } = await call(whom.caller, getStanding, { params: { program: story.slug, member: 'me' } });
  return [tier?.id, tier?.until ?? null];
};

test('#9 C5 a purchase that made Platinum is returned, and Platinum with it; bought again it is Platinum again', async () => {
  const story = await begin();
  const lucia = await story.person();
  const draft = aPurchase({ externalId: lucia.externalId, totalMinor: 450_000, occurredAt: '2026-11-19T09:00:00Z' });
  await story.record(draft);
  expect(await tierOf(story, lucia)).toEqual(['platino', '2027-12-31']);
  const params = { program: story.slug, key: draft.key };
  const part = await call(story.shop, reverseActivity, {
    params,
    body: { key: aKey('parte'), remaining: { totalMinor: 200_000 } },
  });
  expect(part.effects).toContainEqual(expect.objectContaining({ type: 'tier.moved', to: 'oro', direction: 'down' }));
  expect(await tierOf(story, lucia)).toEqual(['oro', '2027-12-31']);
  await call(story.shop, reverseActivity, { params, body: { key: aKey('todo') } });
  expect(await tierOf(story, lucia)).toEqual(['socio', null]);
  await story.record({ ...draft, key: aKey('otra') });
  expect(await tierOf(story, lucia)).toEqual(['platino', '2027-12-31']);
});

test('#9 C5 a mistyped amount by hand: the preview names the tier that is left, and undone it is held', async () => {
  const story = await begin();
  const [lucia, noa] = [await story.person(), await story.person('manager')];
  await story.record(
    aPurchase({ externalId: lucia.externalId, totalMinor: 60_000, occurredAt: '2026-11-18T09:00:00Z' }),
  );
  const body = { key: aKey('mano'), type: 'purchase', attributes: { totalMinor: 123_450 }, reason: 'Sin tarjeta' };
  const result = await call(noa.caller, recordByHand, { params: memberOf(story, lucia), body });
  if ('waiting' in result) throw new Error('It was to be booked at once.');
  expect((await tierOf(story, lucia))[0]).toBe('oro');
  const params = { ...memberOf(story, lucia), seq: String(result.seq) };
  const preview = await call(noa.caller, previewUndo, { params });
  expect(preview.tier).toEqual({ id: 'plata', until: '2027-12-31' });
  expect(preview.points['puntos']).toBeGreaterThan(1_000);
  // Nothing was written by looking.
  expect((await tierOf(story, lucia))[0]).toBe('oro');
  expect(await refusal(lucia.caller, previewUndo, { params })).toMatchObject({ code: 'auth.forbidden' });
  await call(noa.caller, undoByHand, { params, body: { key: aKey('deshacer'), reason: 'Una errata' } });
  expect(await tierOf(story, lucia)).toEqual(['plata', '2027-12-31']);
  expect(await refusal(noa.caller, previewUndo, { params })).toMatchObject({ code: 'activity.alreadyReversed' });
});

test('#9 C5 I2 who invited rises by the reward, and falls back when the friend’s purchase is returned', async () => {
  const tiers = shoppingCentre.tiers.map((tier) => (tier.id === 'plata' ? { ...tier, threshold: 300 } : tier));
  const story = await begin({ ...shoppingCentre, tiers });
  const [lucia, ana] = [await story.person(), await (await begin()).person()];
  const { code } = await call(lucia.caller, getReferrals, { params: { program: story.slug, member: 'me' } });
  const { id } = await call(ana.caller, joinProgram, { params: { program: story.slug }, body: { invitation: code } });
  const draft = aPurchase({ member: { id }, totalMinor: 1_000, occurredAt: '2026-11-20T09:59:00Z' });
  await story.record(draft);
  await eventually(async () => (await tierOf(story, lucia))[0] === 'plata');
  await call(story.shop, reverseActivity, {
    params: { program: story.slug, key: draft.key },
    body: { key: aKey('no') },
  });
  await eventually(async () => (await tierOf(story, lucia))[0] === 'socio');
});

test('#9 C5 with keep the tier stays, and the preview says nothing of it', async () => {
  const tiers = shoppingCentre.tiers.map((tier) => ({ ...tier, onReversal: 'keep' as const }));
  const story = await begin({ ...shoppingCentre, tiers });
  const [lucia, noa] = [await story.person(), await story.person('manager')];
  const draft = aPurchase({ externalId: lucia.externalId, totalMinor: 60_000, occurredAt: '2026-11-18T09:00:00Z' });
  const { seq } = await story.record(draft);
  const params = { ...memberOf(story, lucia), seq: String(seq) };
  expect((await call(noa.caller, previewUndo, { params })).tier).toBeNull();
  await call(story.shop, reverseActivity, {
    params: { program: story.slug, key: draft.key },
    body: { key: aKey('no') },
  });
  expect(await tierOf(story, lucia)).toEqual(['plata', '2027-12-31']);
});
