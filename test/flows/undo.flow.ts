import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { exportMembers, getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { listPlaces } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { sendPoints } from '@verbena/shared/points/points.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { changeProgram, getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { revertToVersion } from '@verbena/shared/programs/versions.routes.js';
import {
  approveUndo,
  cancelUndo,
  getUndoPlan,
  listUndoPlans,
  planUndo,
  type UndoPlan,
  type UndoPlanDraft,
} from '@verbena/shared/undo/undo-plans.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, anApiKey, aPurchase } from '#support/factories.js';
import { call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { verifyBooks } from '#support/verify-command.js';

const NOW = '2026-11-20T10:00:00.000Z';
const MESSAGE = {
  es: 'El lunes dimos cien veces más puntos de la cuenta. Lo hemos corregido; lo que regalaste, regalado está.',
  en: 'On Monday we gave a hundred times too many points. We have put that right; what you gave away stays given.',
};

/** Four thousand purchases, on a machine with much else to do. */
const PATIENCE_MS = 400_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

const params = (story: Story) => ({ program: story.slug });

async function publish(story: Story, change: (definitions: Definitions) => void): Promise<number> {
  const { definitions } = await call(server.local, getDefinitions, { params: params(story) });
  const next = structuredClone(definitions);
  change(next);
  const { version } = await call(server.local, putDefinitions, {
    params: params(story),
    body: { definitions: next },
  });
  return version;
}

/** One euro, a hundred points instead of one. */
const typo = ({ rules }: Definitions) => {
  const [purchase] = rules;
  if (purchase?.earn[0] === undefined) throw new Error('The preset has no rule for purchases.');
  purchase.earn[0].amount.product[1] = { ratio: [100, 100] };
};

const withGifts = ({ currencies }: Definitions) => {
  for (const currency of currencies)
    if (currency.id === 'puntos') currency.transfer = { perGift: 5_000, perDay: 5_000 };
};

function plan(story: Story, draft: Partial<UndoPlanDraft> & { version: number }, by: Caller = server.local) {
  const body = { reason: 'Un cero de más en la regla de compra', message: MESSAGE, ...draft };
  return call(by, planUndo, { params: params(story), body });
}

const refusedPlan = (story: Story, draft: object) =>
  refusal(server.local, planUndo, {
    params: params(story),
    body: { reason: 'Un cero de más', message: MESSAGE, ...draft },
  });

function reaches(story: Story, { id }: UndoPlan, status: UndoPlan['status']): Promise<UndoPlan> {
  return eventually(
    async () => {
      const found = await call(server.local, getUndoPlan, { params: { ...params(story), plan: id } });
      if (found.status === 'failed') throw new Error('The plan failed.');
      return found.status === status ? found : null;
    },
    { withinMs: 90_000, until: `the plan is ${status}` },
  );
}

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

test(
  'K8 a ×100 typo and 2,000 activities later everybody stands as if it had never been',
  async () => {
    const { permissions } = anApiKey();
    const given = { key: { permissions: [...permissions, 'activities.reverse' as const] } };
    const [story, twin] = [await Story.begin(server, given), await Story.begin(server, given)];
    for (const one of [story, twin]) await publish(one, withGifts);
    const members = Array.from({ length: 20 }, () => aKey('tarjeta'));
    const buy = async (rounds: number): Promise<string[]> => {
      const activities = members.flatMap((externalId, index) =>
        Array.from({ length: rounds }, (_, round) =>
          aPurchase({ externalId, totalMinor: 700 + index * 630 + round * 17, occurredAt: NOW }),
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
  },
  PATIENCE_MS,
);

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
  expect((await story.standing(giver.externalId)).balances).toEqual({ puntos: 0 });
  expect((await story.standing(giver.externalId)).earned.ever).toBe(40);
  expect((await story.standing(friend.externalId)).balances).toEqual({ puntos: 3_000 });
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
  expect((await story.standing(ana)).balances).toEqual({ puntos: 600 });
  expect((await story.standing(ana)).tier?.id).not.toBe('socio');
  expect((await story.standing(ben)).balances).toEqual({ puntos: 27 });
  const entry = (await story.journal(ana)).at(-1);
  expect(entry?.cause).toMatchObject({ type: 'undo.applied' });
  expect(entry?.cause.attributes['message']).toBeUndefined();
});
