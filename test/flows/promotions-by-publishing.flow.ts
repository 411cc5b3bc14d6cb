import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { getPublicationPass } from '@verbena/shared/ledger/publication-pass.routes.js';
import { changeDraft, createDraft } from '@verbena/shared/programs/versions.routes.js';
import { approveUndo } from '@verbena/shared/undo/undo-plans.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { params, plan, publish, reaches } from '#support/undo-story.js';
import { verifyBooks } from '#support/verify-command.js';

const NOW = '2026-11-20T10:00:00.000Z';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

/** Asks of the preset's tiers what is said, and nothing else of anything. */
const asks = (thresholds: Readonly<Record<string, number>>) => (definitions: Definitions) => {
  for (const tier of definitions.tiers) tier.threshold = thresholds[tier.id] ?? tier.threshold;
};
const passOf = async (story: Story) => (await call(server.local, getPublicationPass, { params: params(story) })).pass;
const passed = (story: Story, version: number) =>
  eventually(async () => {
    const pass = await passOf(story);
    return pass?.isDone === true && pass.version === version ? pass : null;
  });
const typesOf = async (story: Story, externalId: string) =>
  (await story.journal(externalId)).map(({ cause }) => cause.type);

async function earns(story: Story, points: number, externalId = aKey('tarjeta')): Promise<string> {
  await story.record(aPurchase({ externalId, totalMinor: points * 100, occurredAt: NOW }));
  return externalId;
}

test('G8 who does nothing rises by the pass of a lowered threshold, once, with a receipt; who does not reach it gets no entry', async () => {
  const story = await Story.begin(server);
  const person = await story.person();
  await earns(story, 300, person.externalId);
  const phone = await StreamClient.connect(server.url, person.caller.bearer, story.slug);
  await phone.open();
  const [other, far] = [await earns(story, 260), await earns(story, 20)];
  expect((await story.standing(other)).tier).toMatchObject({ id: 'socio', next: { id: 'plata', missing: 240 } });
  const version = await publish(story, asks({ plata: 250 }));
  expect(await passed(story, version)).toEqual({ version, isDone: true, seen: 3, total: 3, raised: 2 });
  await eventually(() => phone.applied.some(({ data }) => JSON.stringify(data ?? '').includes('tier.assessed')), {
    until: 'it was pushed',
  });
  phone.close();
  for (const who of [person.externalId, other]) {
    const journal = await story.journal(who);
    expect(journal.map(({ cause }) => cause.type)).toEqual(['purchase', 'tier.assessed']);
    expect(journal[1]).toMatchObject({
      version,
      lines: [],
      effects: [{ type: 'tier.moved', from: 'socio', to: 'plata', direction: 'up', since: '2026-11-20' }],
      receipt: { fired: [{ kind: 'tier', id: 'plata' }] },
    });
  }
  expect((await story.standing(other)).tier?.id).toBe('plata');
  expect(await typesOf(story, far)).toEqual(['purchase']);
  expect((await story.standing(far)).tier).toMatchObject({ id: 'socio', next: { missing: 230 } });
  // A version that eases nothing looks at nobody, and nobody rises twice.
  const same = await publish(story, (definitions) => {
    for (const tier of definitions.tiers) tier.name = { es: `${tier.name.es} nueva` };
  });
  await eventually(async () => ((await passOf(story)) === null ? same : null));
  await earns(story, 1, other);
  expect(await typesOf(story, other)).toEqual(['purchase', 'tier.assessed', 'purchase']);
});

test('G8 the next activity of somebody is decided in the tier that a version brought within reach, pass or no pass', async () => {
  const story = await Story.begin(server);
  const members = await Promise.all(Array.from({ length: 12 }, () => earns(story, 300)));
  await publish(story, asks({ plata: 250 }));
  const given = await Promise.all(
    members.map((externalId) =>
      story
        .record(aPurchase({ externalId, totalMinor: 10_000, occurredAt: NOW }))
        .then(({ lines }) => lines[0]?.amount),
    ),
  );
  for (const externalId of members)
    expect(await typesOf(story, externalId)).toEqual(['purchase', 'tier.assessed', 'purchase']);
  const plain = await Story.begin(server);
  const already = await earns(plain, 600);
  const { lines } = await plain.record(aPurchase({ externalId: already, totalMinor: 10_000, occurredAt: NOW }));
  expect(new Set(given)).toEqual(new Set([lines[0]?.amount]));
});

test('G8 a program is gone through to its end after kill -9, and a newer version takes over', async () => {
  const story = await Story.begin(server);
  const members = await Promise.all(Array.from({ length: 40 }, () => earns(story, 300)));
  await publish(story, asks({ plata: 250 }));
  const version = await publish(story, asks({ oro: 280 }));
  await server.kill();
  await server.start();
  expect(await passed(story, version)).toMatchObject({ seen: 40, total: 40 });
  for (const externalId of members) {
    const types = await typesOf(story, externalId);
    expect(types.filter((type) => type === 'tier.assessed').length).toBeLessThanOrEqual(2);
    expect((await story.standing(externalId)).tier?.id).toBe('oro');
  }
});

test('G8 K5 the preview of a draft says that members rise at once, and of one that asks for more it does not', async () => {
  const story = await Story.begin(server);
  const draft = await call(server.local, createDraft, { params: params(story), body: { name: aKey('borrador') } });
  const withTiers = async (edit: number, thresholds: Record<string, number>) => {
    const definitions = structuredClone(draft.definitions);
    asks(thresholds)(definitions);
    const body = { edit, definitions };
    return call(server.local, changeDraft, { params: { ...params(story), draft: draft.id }, body });
  };
  expect(draft.plan.raises).toBe(false);
  const lowered = await withTiers(draft.edit, { plata: 250 });
  expect(lowered.plan.raises).toBe(true);
  expect((await withTiers(lowered.edit, { plata: 700 })).plan.raises).toBe(false);
});

test('G8 K8 undoing the version takes the promotion back, as all else that it decided, and the books are right', async () => {
  const story = await Story.begin(server);
  const [raised, active] = [await earns(story, 300), await earns(story, 300)];
  const wrong = await publish(story, asks({ plata: 250 }));
  await passed(story, wrong);
  await earns(story, 10, active);
  await publish(story, asks({ plata: 500 }));
  await earns(story, 10, active);
  expect((await story.standing(raised)).tier?.id).toBe('plata');
  const planned = await reaches(story, await plan(story, { version: wrong }), 'planned');
  expect(planned.report).toMatchObject({ concerned: 2, undecidedCount: 0 });
  await call(server.local, approveUndo, { params: { ...params(story), plan: planned.id } });
  await reaches(story, planned, 'applied');
  for (const externalId of [raised, active]) {
    expect((await story.standing(externalId)).tier).toMatchObject({ id: 'socio', next: { id: 'plata' } });
    expect((await typesOf(story, externalId)).at(-1)).toBe('undo.applied');
  }
  expect(await verifyBooks(server)).toMatchObject({ code: 0 });
});
