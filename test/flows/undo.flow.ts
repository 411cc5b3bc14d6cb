import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { exportMembers, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { changeProfile, joinProgram } from '@verbena/shared/members/members.routes.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import { sendPoints } from '@verbena/shared/points/points.routes.js';
import { changeProgram } from '@verbena/shared/programs/programs.routes.js';
import { revertToVersion } from '@verbena/shared/programs/versions.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import {
  approveUndo,
  cancelUndo,
  getUndoPlan,
  listUndoPlans,
  planUndo,
} from '@verbena/shared/undo/undo-plans.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { MESSAGE, params, plan, publish, reaches, typo, withGifts } from '#support/undo-story.js';

const NOW = '2026-11-20T10:00:00.000Z';
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

const refusedPlan = (story: Story, draft: object) =>
  refusal(server.local, planUndo, {
    params: params(story),
    body: { reason: 'Un cero de más', message: MESSAGE, ...draft },
  });

test('K8 C7 what was given away stays given: the shortage is forgiven, nothing is below zero, and everybody hears of it once', async () => {
  const story = await Story.begin(server);
  await publish(story, withGifts);
  const [giver, friend] = [await story.person(), await story.person()];
  const me = { program: story.slug, member: 'me' };
  const alias = `Noa ${story.slug.slice(-6)}`;
  await call(friend.caller, changeProfile, { params: me, body: { alias } });
  const wrong = await publish(story, typo);
  await story.record(aPurchase({ externalId: giver.externalId, totalMinor: 4_000 }));
  const gift = { key: aKey('para'), currency: 'puntos', amount: 3_000, to: { alias } };
  await call(giver.caller, sendPoints, { params: me, body: gift });
  await eventually(async () => (await story.standing(friend.externalId)).balances['puntos'] === 3_000, {
    until: 'the gift has come',
  });
  await call(server.local, revertToVersion, {
    params: { ...params(story), version: String(wrong - 1) },
    body: { correction: 'Un cero de más' },
  });
  const phone = await StreamClient.connect(server.url, giver.caller.bearer, story.slug);
  try {
    await phone.open();
    const planned = await reaches(story, await plan(story, { version: wrong }), 'planned');
    expect(planned.report?.points).toEqual([
      { currency: 'puntos', before: 1_000, after: 0, taken: 1_000, given: 0, forgiven: 2_960, owed: 0 },
    ]);
    await call(server.local, approveUndo, { params: { ...params(story), plan: planned.id } });
    const { applied } = await reaches(story, planned, 'applied');
    expect(applied).toEqual({ members: 1, forgiven: [{ currency: 'puntos', amount: 2_960 }] });
    await eventually(() => phone.applied.some(({ data }) => JSON.stringify(data ?? '').includes('undo.applied')), {
      until: 'it was pushed',
    });
  } finally {
    phone.close();
  }
  const { items } = await call(giver.caller, listEntries, { params: me });
  const undone = items.filter(({ cause }) => cause.type === 'undo.applied');
  expect(undone).toHaveLength(1);
  expect(undone[0]?.cause.attributes['message']).toEqual(MESSAGE);
  expect((await story.standing(giver.externalId)).balances).toMatchObject({ puntos: 0 });
  expect((await story.standing(giver.externalId)).earned.ever).toBe(40);
  expect((await story.standing(friend.externalId)).balances).toMatchObject({ puntos: 3_000 });
});

test('K8 C5 what only the undone version refused counts once it is undone, and can then be returned', async () => {
  const story = await Story.begin(server, {
    key: { permissions: ['activities.write', 'activities.reverse', 'members.read'] },
  });
  const wrong = await publish(story, ({ rules: [purchase] }) => {
    if (purchase?.earn[0] !== undefined) purchase.earn[0].amount.product[1] = { ratio: [1_000_000_000, 1] };
  });
  const externalId = aKey('tarjeta');
  const bought = await story.record(aPurchase({ externalId, totalMinor: 4_000 }));
  expect(bought).toMatchObject({ outcome: 'refused', refusal: 'points.tooMany' });
  const taken = { params: { ...params(story), key: bought.key }, body: { key: aKey('devolver'), reason: 'Devuelto' } };
  expect(await refusal(story.shop, reverseActivity, taken)).toMatchObject({ code: 'activity.notReversible' });
  await call(server.local, revertToVersion, {
    params: { ...params(story), version: String(wrong - 1) },
    body: { correction: 'Un cero de más' },
  });
  const planned = await reaches(story, await plan(story, { version: wrong }), 'planned');
  await call(server.local, approveUndo, { params: { ...params(story), plan: planned.id } });
  await reaches(story, planned, 'applied');
  expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 40 });
  expect(await call(story.shop, reverseActivity, taken)).toMatchObject({
    outcome: 'accepted',
    balances: { puntos: 0 },
  });
  expect(
    await refusal(story.shop, reverseActivity, { ...taken, body: { ...taken.body, key: aKey('otra') } }),
  ).toMatchObject({ code: 'activity.alreadyReversed' });
});

test('K8 K5 an undo needs a version that is over, and where the program says so another person', async () => {
  const story = await Story.begin(server);
  expect(await refusedPlan(story, { version: 1 })).toMatchObject({ status: 409, code: 'undo.inForce' });
  const wrong = await publish(story, typo);
  await story.record(aPurchase({ externalId: aKey('tarjeta'), totalMinor: 1_000 }));
  expect(await refusedPlan(story, { version: wrong })).toMatchObject({ status: 409, code: 'undo.inForce' });
  expect(await refusedPlan(story, { version: 1 })).toMatchObject({ status: 422, code: 'undo.firstVersion' });
  expect(await refusedPlan(story, { version: 99 })).toMatchObject({
    code: 'version.notFound',
    fields: [{ path: ['version'] }],
  });
  await call(server.local, revertToVersion, {
    params: { ...params(story), version: '1' },
    body: { correction: 'Un cero de más' },
  });
  expect(await refusedPlan(story, { version: wrong, rule: 'ninguna' })).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: ['rule'] }],
  });
  expect(await refusedPlan(story, { version: wrong, until: '2020-01-01T00:00:00Z' })).toMatchObject({
    status: 422,
    code: 'undo.noInterval',
  });
  expect(await refusedPlan(story, { version: wrong, message: {} })).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: ['message'] }],
  });
  const [ana, ben] = [await story.person('owner'), await story.person('manager')];
  await call(server.local, changeProgram, { params: params(story), body: { approval: true } });
  const planned = await reaches(story, await plan(story, { version: wrong }, ana.caller), 'planned');
  const where = { ...params(story), plan: planned.id };
  expect(await refusedPlan(story, { version: wrong })).toMatchObject({ status: 409, code: 'undo.open' });
  expect(await refusal(ana.caller, approveUndo, { params: where })).toMatchObject({ status: 403, code: 'undo.own' });
  await call(ben.caller, cancelUndo, { params: where });
  expect(await refusal(ben.caller, approveUndo, { params: where })).toMatchObject({ code: 'undo.notPlanned' });
  const none = { params: { ...params(story), plan: story.program.id } };
  for (const route of [getUndoPlan, approveUndo, cancelUndo])
    expect(await refusal(ben.caller, route, none)).toMatchObject({ status: 404, code: 'undo.notFound' });
  // One rule of it instead: what that gave goes, whatever else the version did.
  const second = await reaches(story, await plan(story, { version: wrong, rule: 'compra' }, ana.caller), 'planned');
  expect(second).toMatchObject({ rule: 'compra', instead: wrong, report: { members: 1 } });
  await call(ben.caller, approveUndo, { params: { ...params(story), plan: second.id } });
  await reaches(story, second, 'applied');
  const { items } = await call(ana.caller, listUndoPlans, { params: params(story) });
  expect(items.map(({ status }) => status)).toEqual(['applied', 'cancelled']);
  const { items: members } = await call(server.local, exportMembers, { params: params(story) });
  expect(members.map(({ balance }) => balance)).toEqual([0]);
});

test('D6 G8 what came late counts for what was before it, as a preview first, and in silence where nobody wants noise', async () => {
  const story = await Story.begin(server);
  const [ana, ben] = [aKey('tarjeta'), aKey('tarjeta')];
  await story.record(aPurchase({ externalId: ana, totalMinor: 20_000 }));
  await story.record(aPurchase({ externalId: ben, totalMinor: 900 }));
  const late = await publish(story, ({ rules, tiers }) => {
    const [purchase] = rules;
    if (purchase?.earn[0] !== undefined) purchase.earn[0].amount.product[1] = { ratio: [3, 100] };
    for (const tier of tiers.slice(1, 2)) tier.threshold = 500;
  });
  expect(await refusedPlan(story, { version: 1, instead: 9 })).toMatchObject({ fields: [{ path: ['instead'] }] });
  expect(await refusedPlan(story, { version: 1, instead: late, rule: 'compra' })).toMatchObject({
    fields: [{ path: ['instead'] }],
  });
  const body = { version: 1, instead: late, reason: 'La campaña empezó el lunes' };
  const planned = await reaches(story, await call(server.local, planUndo, { params: params(story), body }), 'planned');
  expect(planned).toMatchObject({ message: null, report: { members: 2, tiers: [{ from: 'socio', members: 1 }] } });
  expect(planned.report?.points[0]).toMatchObject({ given: 418, taken: 0 });
  await call(server.local, approveUndo, { params: { ...params(story), plan: planned.id } });
  await reaches(story, planned, 'applied');
  expect((await story.standing(ana)).balances).toMatchObject({ puntos: 600 });
  expect((await story.standing(ana)).tier?.id).not.toBe('socio');
  expect((await story.standing(ben)).balances).toMatchObject({ puntos: 27 });
  const entry = (await story.journal(ana)).at(-1);
  expect(entry?.cause).toMatchObject({ type: 'undo.applied' });
  expect(entry?.cause.attributes['message']).toBeUndefined();
});

test('K8 I2 what an undone version caused for an account that was joined to another goes from that one', async () => {
  const [story, elsewhere] = [await Story.begin(server), await Story.begin(server)];
  const least = (totalMinor: number) =>
    publish(story, ({ referrals }) => {
      for (const referral of referrals) referral.when = { field: 'totalMinor', op: 'gt', value: totalMinor };
    });
  const right = await least(100_000);
  const [ana, ben] = [await elsewhere.person(), await elsewhere.person()];
  const program = { program: story.slug };
  const advocate = await call(ana.caller, joinProgram, { params: program, body: {} });
  const { code } = await call(ana.caller, getReferrals, { params: { ...program, member: 'me' } });
  const friend = await call(ben.caller, joinProgram, { params: program, body: { invitation: code } });
  const card = aKey('tarjeta');
  await story.record(aPurchase({ externalId: card, totalMinor: 4_000 }));
  const params = { ...program, member: `ext:${card}` };
  await call(server.local, mergeMembers, { params, body: { ends: advocate.id, reason: 'Es la misma persona' } });
  const wrong = await least(0);
  await story.record(aPurchase({ member: { id: friend.id }, totalMinor: 1_000 }));
  const hasReached = async (points: number) => (await story.standing(card)).balances['puntos'] === points;
  await eventually(() => hasReached(340), { until: 'the reward of the invitation has come' });
  await call(server.local, revertToVersion, {
    params: { ...program, version: String(right) },
    body: { correction: 'Contaba cualquier compra' },
  });
  const planned = await reaches(story, await plan(story, { version: wrong }), 'planned');
  expect(planned.report).toMatchObject({ members: 2 });
  await call(server.local, approveUndo, { params: { ...program, plan: planned.id } });
  await reaches(story, planned, 'applied');
  expect(await hasReached(40)).toBe(true);
});
