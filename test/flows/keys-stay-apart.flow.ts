import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { dropAside, listAside, retryAside } from '@verbena/shared/ledger/aside.routes.js';
import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { proveEntry } from '@verbena/shared/ledger/roots.routes.js';
import { changeProfile, joinProgram, leaveProgram } from '@verbena/shared/members/members.routes.js';
import { getPartsHealth } from '@verbena/shared/platform/health.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import {
  activatePending,
  adjustPoints,
  approveAdjustment,
  cancelPending,
  captureHold,
  holdPoints,
  movePending,
  releaseHold,
  sendPoints,
} from '@verbena/shared/points/points.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { MongoClient } from 'mongodb';
import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { CHOSEN, HOUSE_SOURCES, takesKey } from '#support/chosen-keys.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { allRoutes, nameOf } from '#support/route-table.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { verifyBooks } from '#support/verify-command.js';

/** `plaza` with gifts, in which more than 1,000 points take two people. */
const definitions = {
  ...shoppingCentre,
  currencies: shoppingCentre.currencies.map((one) => ({
    ...one,
    approveAbove: 1_000,
    transfer: { perGift: 50, perDay: 80 },
  })),
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const begin = (given: Definitions = definitions) =>
  Story.begin(server, {
    program: { definitions: given },
    key: {
      permissions: ['activities.write', 'activities.read', 'activities.reverse', 'members.read', 'points.hold'],
    },
  });

const me = (story: Story) => ({ program: story.slug, member: 'me' });
const idOf = ({ member }: Person): string => member ?? '';

/** Nothing that somebody asked for may be set aside, and health never turns for it. */
async function nothingIsAside(story: Story): Promise<void> {
  expect(await call(server.local, listAside, { params: { program: story.slug } })).toEqual({ items: [] });
  expect((await server.health()).status).toBe('ok');
}

describe('H1 keys that somebody chooses, and keys that the house makes', () => {
  test('A7 G6 H1 a member who uses the house’s next keys of another one stops neither its hiding nor its leaving nor its return', async () => {
    const story = await begin();
    const [ana, otto] = [await story.person(), await story.person()];
    await call(ana.caller, changeProfile, { params: me(story), body: { alias: `ana ${story.slug.slice(-6)}` } });
    for (const kind of ['changed', 'left', 'joined'])
      for (const n of [0, 1, 2, 3])
        await ask(otto.caller, sendPoints, {
          params: me(story),
          body: { key: `${kind}:${idOf(ana)}:${n}`, currency: 'puntos', amount: 1, to: { id: idOf(otto) } },
        });
    await call(ana.caller, changeProfile, { params: me(story), body: { boards: 'hidden' } });
    const said = async () =>
      (await story.journal(ana.externalId)).flatMap(({ cause, outcome }) =>
        outcome === 'accepted' && cause.type.startsWith('member.') ? [cause.type] : [],
      );
    expect(await said()).toContain('member.changed');
    await call(ana.caller, leaveProgram, { params: me(story), body: {} });
    expect(await said()).toContain('member.left');
    expect((await story.record(aPurchase({ externalId: ana.externalId }))).refusal).toBe('member.left');
    await call(ana.caller, joinProgram, { params: { program: story.slug }, body: {} });
    expect((await story.record(aPurchase({ externalId: ana.externalId }))).outcome).toBe('accepted');
    await nothingIsAside(story);
  });

  test('C10 H1 the keys of an approval, of the end of an account and of a bonus are taken by nobody', async () => {
    const story = await begin();
    const [ana, old] = [await story.person(), await story.person()];
    const [olga, paco] = [await story.person('owner'), await story.person('owner')];
    const big = { key: aKey('grande'), currency: 'puntos', amount: 1_500, reason: 'Por las molestias' };
    const asked = await call(olga.caller, adjustPoints, {
      params: { program: story.slug, member: idOf(ana) },
      body: big,
    });
    const id = asked.waiting?.id ?? '';
    await call(olga.caller, adjustPoints, {
      params: { program: story.slug, member: idOf(ana) },
      body: { ...big, key: `adjustment:${id}`, amount: 1 },
    });
    for (const key of [`closed:${idOf(old)}`, `profile:${idOf(ana)}`])
      await story.record({ ...aPurchase({ externalId: old.externalId }), key });
    await call(paco.caller, approveAdjustment, { params: { program: story.slug, adjustment: id } });
    const balance = async () => (await call(ana.caller, getStanding, { params: me(story) })).balances['puntos'] ?? 0;
    await eventually(async () => (await balance()) === 1_501, { until: 'both are booked' });
    await call(paco.caller, mergeMembers, {
      params: { program: story.slug, member: idOf(ana) },
      body: { ends: idOf(old), reason: 'Es la misma persona' },
    });
    await eventually(async () => (await balance()) > 1_501, { until: 'what the other had has come' });
    await nothingIsAside(story);
  });

  test('B6 H1 two members may choose one key, and one order may name a purchase, its hold and the capture', async () => {
    const story = await begin();
    const [ana, luz, eva] = [await story.person(), await story.person(), await story.person()];
    for (const one of [ana, luz])
      await call(server.local, adjustPoints, {
        params: { program: story.slug, member: idOf(one) },
        body: { key: aKey('alta'), currency: 'puntos', amount: 100, reason: 'Bienvenida' },
      });
    const gift = { key: 'cumple', currency: 'puntos', amount: 5, to: { id: idOf(eva) } };
    for (const { caller } of [ana, luz])
      expect((await call(caller, sendPoints, { params: me(story), body: gift })).outcome).toBe('accepted');
    const params = { program: story.slug, member: idOf(ana) };
    const key = 'pedido-7';
    await story.record({ ...aPurchase({ externalId: ana.externalId }), key });
    const held = await call(story.shop, holdPoints, { params, body: { key, currency: 'puntos', amount: 20 } });
    const hold = { params: { ...params, ref: held.lines[0]?.ref ?? '' }, body: { key } };
    const captured = await call(story.shop, captureHold, hold);
    expect([held.outcome, captured.outcome]).toEqual(['accepted', 'accepted']);
    expect((await ask(story.shop, captureHold, hold)).text).toBe(JSON.stringify(captured));
  });
});

describe('H1 every route with a key × whoever asks × every key that the house made', () => {
  const HOUSE = new Set(['house', 'clock', 'cause']);

  /** What a member's life makes the house say: of itself, of a gift, of an approval, of an account that ends, of the clock. */
  async function busy(story: Story): Promise<{ readonly ana: Person; readonly old: Person }> {
    const [ana, old, luz] = [await story.person(), await story.person(), await story.person()];
    const [olga, paco] = [await story.person('owner'), await story.person('owner')];
    const toAna = { program: story.slug, member: idOf(ana) };
    for (const { externalId } of [ana, old, luz]) await story.record(aPurchase({ externalId, totalMinor: 20_000 }));
    for (const body of [{ alias: `ana ${story.slug.slice(-6)}` }, { boards: 'hidden' as const }])
      await call(ana.caller, changeProfile, { params: me(story), body });
    const gift = { key: aKey('regalo'), currency: 'puntos', amount: 5, to: { id: idOf(ana) } };
    await call(luz.caller, sendPoints, { params: me(story), body: gift });
    const big = { key: aKey('grande'), currency: 'puntos', amount: 1_500, reason: 'Por las molestias' };
    const { waiting } = await call(olga.caller, adjustPoints, { params: toAna, body: big });
    const params = { program: story.slug, adjustment: waiting?.id ?? '' };
    await call(paco.caller, approveAdjustment, { params });
    const ends = { ends: idOf(old), reason: 'Es la misma persona' };
    await call(paco.caller, mergeMembers, { params: toAna, body: ends });
    await call(ana.caller, leaveProgram, { params: me(story), body: {} });
    await call(ana.caller, joinProgram, { params: { program: story.slug }, body: {} });
    return { ana, old };
  }

  test('H1 nobody meets an entry of the house, reads whose it was, or has anything set aside', async () => {
    const story = await begin();
    const client = new MongoClient(server.mongodbUri);
    try {
      const journal = client.db(server.database).collection<Omit<JournalEntry, '_id'> & { _id: string }>('journal');
      const made = async () =>
        (await journal.find({ program: story.program.id }).sort({ _id: 1 }).toArray()).filter(({ activity }) =>
          HOUSE.has(activity.source),
        );
      const { ana, old } = await busy(story);
      const expected: SystemActivityType[] = [
        ...(['member.joined', 'member.changed', 'member.left', 'member.closed', 'member.absorbed'] as const),
        ...(['points.adjusted', 'transfer.received', 'transfer.settled'] as const),
      ];
      const before = await eventually(
        async () => {
          const entries = await made();
          const types = new Set(entries.map(({ activity }) => activity.type));
          return expected.every((type) => types.has(type)) ? entries : null;
        },
        { until: 'the house has said it all' },
      );
      for (const { activity } of before)
        if (Object.hasOwn(HOUSE_SOURCES, activity.type))
          expect([activity.type, HOUSE_SOURCES[activity.type as SystemActivityType]]).toEqual([
            activity.type,
            expect.arrayContaining([activity.source]),
          ]);

      const [otto, eva] = [await story.person(), await story.person()];
      await story.record(aPurchase({ externalId: otto.externalId, totalMinor: 5_000 }));
      const callers = { otto: otto.caller, olga: (await story.person('owner')).caller, shop: story.shop };
      const others = [idOf(ana), idOf(old)];
      const asked = { program: story.slug, member: idOf(otto), externalId: otto.externalId, to: idOf(eva) };
      const wrong: string[] = [];
      let taken = 0;
      for (const route of (await allRoutes()).filter(takesKey)) {
        const { params, body } = CHOSEN[nameOf(route)] ?? {};
        for (const key of new Set(before.map(({ activity }) => activity.key)))
          for (const [who, caller] of Object.entries({ ...callers, local: server.local })) {
            const { status, text } = await ask(caller, route, {
              params: { program: asked.program, member: asked.member, ...params?.(key) },
              body: body?.(key, asked),
            });
            if (status < 300) taken += 1;
            const said = text.replaceAll(key, '');
            const names = others.some((id) => said.includes(id));
            if (status >= 500 || names)
              wrong.push(`${nameOf(route)} of ${who}, ${key}: ${status} ${said.slice(0, 200)}`);
          }
      }
      expect(wrong).toEqual([]);
      // Keys that look so are taken like any other.
      expect(taken).toBeGreaterThan(50);
      const after = new Map((await made()).map((entry) => [entry._id, entry]));
      expect(before.map(({ _id }) => after.get(_id))).toEqual(before);
      await nothingIsAside(story);
    } finally {
      await client.close();
    }
  });
});

test('A3 C7 H1 whom a gift was for is shown by alias alone: no answer, entry or proof holds an id, refused or not', async () => {
  const story = await begin(shoppingCentre);
  const [ana, otto, manager] = [await story.person(), await story.person(), await story.person('manager')];
  const alias = `ana ${story.slug.slice(-6)}`;
  await call(ana.caller, changeProfile, { params: me(story), body: { alias } });
  const sent = await ask(otto.caller, sendPoints, {
    params: me(story),
    body: { key: aKey('para'), currency: 'puntos', amount: 5, to: { alias } },
  });
  expect(sent.text).not.toContain(idOf(ana));
  const { items } = await call(otto.caller, listEntries, { params: me(story) });
  const gift = items.find(({ cause }) => cause.type === 'transfer.sent');
  expect(gift?.cause.partner).toBe(alias);
  const entry = { params: { ...me(story), seq: String(gift?.seq) } };
  for (const route of [listEntries, getEntry, proveEntry])
    expect((await ask(otto.caller, route, entry)).text).not.toContain(idOf(ana));
  expect(await refusal(otto.caller, proveEntry, entry)).toMatchObject({ code: 'proof.namesOthers', status: 403 });
  // Who may see members sees whom it was for.
  const seen = await ask(manager.caller, getEntry, {
    params: { program: story.slug, member: idOf(otto), seq: String(gift?.seq) },
  });
  expect(seen.text).toContain(idOf(ana));
});

test('C2 C6 M2 a name that no points could have is not found, and nothing is set aside for it', async () => {
  const story = await begin();
  const ana = await story.person();
  const manager = await story.person('manager');
  const routes = [
    [activatePending, 'pending.notFound', { reason: 'Ya es suyo' }],
    [movePending, 'pending.notFound', { reason: 'Más tarde', on: '2030-01-01' }],
    [cancelPending, 'pending.notFound', { reason: 'No procede' }],
    [captureHold, 'hold.notFound', {}],
    [releaseHold, 'hold.notFound', {}],
  ] as const;
  for (const ref of ['1', 'abc', '1-', '-1', '1-1-1', '1'.repeat(30), '９-９', '1-1 '])
    for (const [route, code, body] of routes)
      expect(
        await refusal(manager.caller, route, {
          params: { program: story.slug, member: idOf(ana), ref },
          body: { key: aKey('x'), ...body } as never,
        }),
      ).toMatchObject({ code, status: 404 });
  await nothingIsAside(story);
});

test('A7 H1 #37 what was set aside is listed, taken in again or given up by a command, and the books then say how the member stands', async () => {
  const story = await begin();
  const ana = await story.person();
  const owner = await story.person('owner');
  const client = new MongoClient(server.mongodbUri);
  try {
    const rows = client.db(server.database).collection<{ _id: string }>('sourceOutbox');
    const row = (id: string, type: string, order: number, attributes = {}) => ({
      ...{ _id: id.padEnd(22, 'x'), program: story.program.id, member: idOf(ana), key: id, type, order, attributes },
      ...{ occurredAt: new Date().toISOString(), createdAt: new Date() },
      refused: { code: 'activity.keyReused', at: new Date() },
    });
    // It hid, came back to the boards, and hid again; only the last of it is how it stands.
    await call(ana.caller, changeProfile, { params: me(story), body: { boards: 'hidden' } });
    await rows.insertMany([
      row('changed', 'member.changed', 1, { boards: 'alias' }),
      row('left', 'member.left', 2),
      row('goal', 'goal.reached', 3, { mission: 'nadie-la-conoce', period: '2026-11' }),
    ]);
    const params = { program: story.slug };
    const { items } = await call(server.local, listAside, { params });
    expect(items.map(({ type, reason }) => [type, reason])).toEqual(
      ['member.changed', 'member.left', 'goal.reached'].map((type) => [type, 'activity.keyReused']),
    );
    for (const caller of [story.shop, ana.caller])
      expect(await refusal(caller, listAside, { params })).toMatchObject({ code: 'auth.forbidden' });
    // #37 The staff sees what is its own, and hears nothing of another program's.
    expect(await call(owner.caller, listAside, { params })).toEqual({ items });
    const other = await begin();
    const stranger = await other.person('owner', { secondFactor: false });
    const outboxOf = async (caller: Caller, program: string) =>
      (await call(caller, getPartsHealth, { params: { program } })).parts.outbox;
    expect(await outboxOf(owner.caller, story.slug)).toEqual({ status: 'degraded', code: 'quarantine' });
    expect(await outboxOf(stranger.caller, other.slug)).toEqual({ status: 'ok' });
    expect((await call(stranger.caller, listAside, { params: { program: other.slug } })).items).toEqual([]);
    const goal = items.find(({ type }) => type === 'goal.reached')?.id ?? '';
    await call(server.local, dropAside, { params: { ...params, id: goal } });
    expect(await refusal(server.local, dropAside, { params: { ...params, id: goal } })).toMatchObject({
      code: 'aside.notFound',
    });
    const { items: audit } = await call(owner.caller, listAuditEntries, { params });
    expect(audit.find(({ action }) => action === 'activity.dropped')).toMatchObject({
      subject: { kind: 'member', id: idOf(ana) },
      before: { type: 'goal.reached', key: 'goal' },
    });
    const listed = await verifyBooks(server, ['--program', story.slug]);
    expect([listed.code, listed.text]).toEqual([1, expect.stringContaining('member.left) was set aside')]);
    expect(await call(server.local, retryAside, { params })).toEqual({ taken: 2, left: 0 });
    expect(await call(server.local, retryAside, { params })).toEqual({ taken: 0, left: 0 });
    const told = (await story.journal(ana.externalId)).flatMap(({ effects }) =>
      effects.filter(({ type }) => type.startsWith('member.')),
    );
    // Taken in again it would be on the boards, and gone: so it is told that it is here, and hidden.
    expect(told.map((effect) => [effect.type, 'boards' in effect ? effect.boards : undefined])).toEqual([
      ['member.changed', 'hidden'],
      ['member.changed', 'alias'],
      ['member.left', undefined],
      ['member.joined', undefined],
      ['member.changed', 'hidden'],
    ]);
    expect((await verifyBooks(server, ['--program', story.slug])).code).toBe(0);
    await nothingIsAside(story);
    await call(story.shop, recordActivity, { params, body: aPurchase({ externalId: ana.externalId }) });
  } finally {
    await client.close();
  }
});
