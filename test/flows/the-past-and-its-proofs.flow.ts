import { ENGINE } from '@verbena/server/engine/engine-number.js';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { getBoard, listPlaces } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { getReceipt, getStanding, listEntries, repairMember } from '@verbena/shared/ledger/ledger.routes.js';
import { getFigures, getReconciliation, startReconciliation } from '@verbena/shared/ledger/reconciliation.routes.js';
import { listRoots, makeRoot, proveEntry } from '@verbena/shared/ledger/roots.routes.js';
import { changeProfile, getMember } from '@verbena/shared/members/members.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { type Db, MongoClient } from 'mongodb';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { verifyBooks, verifyProofAlone } from '#support/verify-command.js';

const NOON = '2026-11-19T12:00:00.000Z';
const DAY_MS = 86_400_000;

/** The tests share a server, whose clock only goes forward; each has a day of its own. */
let server: TestServer;
let days = 0;
beforeAll(async () => {
  server = await startServer({ clock: NOON });
});
afterAll(() => server?.stop());

/** Noon of the next day. */
async function nextDay(): Promise<string> {
  days += 1;
  const noon = new Date(Date.parse(NOON) + days * DAY_MS).toISOString();
  await server.moveClock(noon);
  return noon;
}

/** Something done in the database, behind the server's back. */
async function tamper<T>(work: (database: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(server.mongodbUri);
  try {
    return await work(client.db(server.database));
  } finally {
    await client.close();
  }
}

describe('the past', () => {
  test('C11 as-of is what was known then: balance, tier, badges, places, entries, who it was and the rules', async () => {
    const story = await Story.begin(server);
    const [ana, luz] = [await story.person(), await story.person()];
    const params = story.member(ana.externalId);
    await story.record(aPurchase({ externalId: ana.externalId, totalMinor: 40_000 }));
    await story.record(aPurchase({ externalId: luz.externalId, totalMinor: 10_000 }));
    await call(ana.caller, changeProfile, {
      params: { program: story.slug, member: 'me' },
      body: { zone: 'America/Lima' },
    });
    const read = () => call(server.local, getStanding, { params });
    const then = await read();
    const definitions = await call(server.local, getDefinitions, { params: { program: story.slug } });
    const places = await eventually(
      async () => {
        const { items } = await call(server.local, listPlaces, { params });
        return items.every(({ total }) => total === 2) ? items : null;
      },
      { until: 'the boards have both' },
    );
    const moment = new Date(Date.parse(NOON) + days * DAY_MS + 3_600_000).toISOString();
    await nextDay();
    const { caller } = await story.logIn(ana);
    await call(caller, changeProfile, {
      params: { program: story.slug, member: 'me' },
      body: { zone: 'Europe/Madrid', boards: 'hidden' },
    });
    // Dated before the moment, known after it.
    await story.record(
      aPurchase({
        externalId: luz.externalId,
        totalMinor: 90_000,
        occurredAt: new Date(Date.parse(moment) - 1).toISOString(),
      }),
    );
    await story.record(aPurchase({ externalId: ana.externalId, totalMinor: 500_000 }));
    const changed = { ...definitions.definitions, rules: definitions.definitions.rules.slice(1) };
    await call(server.local, putDefinitions, { params: { program: story.slug }, body: { definitions: changed } });
    expect(await read()).not.toEqual(then);

    const query = { asOf: moment };
    expect(await call(server.local, getStanding, { params, query })).toEqual(then);
    expect(await call(server.local, getMember, { params, query })).toMatchObject({
      zone: 'America/Lima',
      boards: 'alias',
    });
    expect((await call(server.local, listEntries, { params, query })).items[0]?.seq).toBe(then.seq);
    const found = await call(server.local, getDefinitions, { params: { program: story.slug }, query });
    expect([found.version, found.definitions]).toEqual([definitions.version, definitions.definitions]);
    expect((await call(server.local, listPlaces, { params, query })).items).toEqual(places);
    expect(places.find(({ board }) => board === 'semana')).toMatchObject({ rank: 1, total: 2, score: 400 });
    const board = await call(server.local, getBoard, {
      params: { program: story.slug, board: 'semana' },
      query: { asOf: moment },
    });
    expect(board.rows.map(({ score }) => score)).toEqual([400, 100]);
    // Each of them is asked by the member of itself, too, and by nobody else of it.
    expect(await call(caller, getStanding, { params: { program: story.slug, member: 'me' }, query })).toEqual(then);
    const others = { program: story.slug, member: ana.member ?? '' };
    const { caller: other } = await story.logIn(luz);
    expect((await ask(other, listPlaces, { params: others, query })).status).toBe(403);
  });

  test('C11 a moment that is none, has not come, or lies before program or member is refused, and says why', async () => {
    const story = await Story.begin(server);
    const before = new Date(Date.parse(NOON) + days * DAY_MS - 3_600_000).toISOString();
    const noon = await nextDay();
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId }));
    const params = story.member(externalId);
    const asOf = (at: string) => refusal(server.local, getStanding, { params, query: { asOf: at } });
    expect(await asOf('ayer')).toMatchObject({
      status: 400,
      code: 'input.invalid',
      fields: expect.arrayContaining([expect.objectContaining({ path: ['asOf'] })]),
    });
    expect(await asOf('2099-01-01T00:00:00Z')).toMatchObject({ status: 422, code: 'asOf.inFuture' });
    expect(await asOf(before)).toMatchObject({ status: 422, code: 'asOf.beforeProgram' });
    const early = new Date(Date.parse(noon) - 3_600_000).toISOString();
    expect(await asOf(early)).toMatchObject({ status: 422, code: 'asOf.beforeMember' });
    const rules = { params: { program: story.slug }, query: { asOf: before } };
    expect(await refusal(server.local, getDefinitions, rules)).toMatchObject({ code: 'asOf.beforeProgram' });
    expect((await call(server.local, getDefinitions, { ...rules, query: { asOf: early } })).version).toBe(1);
  });

  test('D4 the whole receipt is decided again on the state before, and comes out as it is stored', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    for (const totalMinor of [1_000, 2_000, 3_000]) await story.record(aPurchase({ externalId, totalMinor }));
    const params = { ...story.member(externalId), seq: '3' };
    const stored = await call(server.local, getReceipt, { params });
    const full = await call(server.local, getReceipt, { params, query: { full: 'true' } });
    expect(full).toEqual({ again: 'same', receipt: stored.receipt });
    expect(full.receipt.missed.length).toBeGreaterThan(0);
    await tamper((database) =>
      database
        .collection<{ _id: string; engine: number }>('journal')
        .updateOne({ seq: 3, 'activity.attributes.totalMinor': 3_000 }, { $set: { engine: 0 } }),
    );
    expect((await call(server.local, getReceipt, { params, query: { full: 'true' } })).again).toBe('gone');
    await tamper((database) =>
      database
        .collection<{ _id: string; engine: number }>('journal')
        .updateOne({ seq: 3, engine: 0 }, { $set: { engine: ENGINE } }),
    );
  });
});

describe('proofs', () => {
  test('C9 a root is signed once a day, the next day’s follows on it, and an entry proves itself by it', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await nextDay();
    await call(server.local, makeRoot, {});
    await story.record(aPurchase({ externalId }));
    const params = { ...story.member(externalId), seq: '1' };
    expect(await refusal(server.local, proveEntry, { params })).toMatchObject({ status: 409, code: 'proof.notYet' });
    const same = await call(server.local, makeRoot, {});
    await nextDay();
    const next = await call(server.local, makeRoot, {});
    expect(next.number).toBe(same.number + 1);
    expect(next.laneCount).toBe(2);
    // Anybody may read them.
    const published = await call({ url: server.url }, listRoots, { query: { limit: '2' } });
    expect(published.items).toEqual([next, same]);
    expect(published.key).toBe(next.key);
    const older = await call({ url: server.url }, listRoots, { query: { before: String(same.number) } });
    expect(older.items.every(({ number }) => number < same.number)).toBe(true);

    const proof = await call(server.local, proveEntry, { params });
    const folder = path.join(server.env['DATA_DIR'] ?? '', 'proofs');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, 'proof.json');
    writeFileSync(file, JSON.stringify(proof));
    const good = await verifyBooks(server, ['--proof', file, '--key', published.key]);
    expect([good.code, good.text]).toEqual([0, expect.stringContaining(published.key)]);
    expect((await verifyBooks(server, ['--proof', file, '--key', 'another'])).code).toBe(1);
    const none = { params: { ...params, seq: '7' } };
    expect(await refusal(server.local, proveEntry, none)).toMatchObject({ status: 404, code: 'entry.notFound' });
    writeFileSync(file, JSON.stringify(proof).replace('"channel":"', '"channel":"x'));
    // By whoever has nothing but the file: without stores, and no data folder comes to be.
    const nowhere = path.join(folder, 'nowhere');
    expect(await verifyProofAlone(nowhere, ['--proof', file])).toMatchObject({
      code: 1,
      text: expect.stringContaining('the entry is not what was written'),
    });
    expect(existsSync(nowhere)).toBe(false);
  });

  test('#39 a manager reads who did something, what was earned, completed and ends soon, as the books were last verified', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    const owner = await story.person('owner');
    // Who only joined did nothing that counts.
    await story.person();
    const [ana, ben] = [aKey('tarjeta'), aKey('tarjeta')];
    expect((await call(owner.caller, getFigures, { params })).last).toBeNull();
    for (let count = 0; count < 10; count += 1) await story.record(aPurchase({ externalId: ana, totalMinor: 100 }));
    // What was bought almost a year ago is known since today, and its points end in a few weeks.
    await story.record(aPurchase({ externalId: ben, totalMinor: 50_000, occurredAt: '2025-12-05T12:00:00.000Z' }));
    const back = await story.record(aPurchase({ externalId: ben, totalMinor: 7_000 }));
    await call(server.local, reverseActivity, { params: { ...params, key: back.key }, body: { key: aKey('vuelta') } });
    const [ofAna, ofBen] = [await story.standing(ana), await story.standing(ben)];
    await call(owner.caller, startReconciliation, { params, body: {} });
    const { last } = await eventually(
      async () => {
        const found = await call(owner.caller, getFigures, { params });
        return found.last === null ? null : found;
      },
      { withinMs: 60_000, until: 'it is counted' },
    );
    expect(last?.figures).toEqual({
      days: 30,
      active: 2,
      completed: 1,
      earned: { puntos: (ofAna.balances['puntos'] ?? 0) + (ofBen.balances['puntos'] ?? 0) },
      expiring: { puntos: ofBen.balances['puntos'] },
    });
    expect(await refusal(story.shop, getFigures, { params })).toMatchObject({ status: 403 });
  });

  test('C10 C9 verification finds one byte in journal, state, standing and root, says where, and changes nothing', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const externalId = aKey('tarjeta');
    for (const totalMinor of [1_000, 2_000, 3_000]) await story.record(aPurchase({ externalId, totalMinor }));
    const [, , third] = await story.journal(externalId);
    const id = (await call(server.local, getMember, { params: story.member(externalId) })).id;
    const params = { program: story.slug };
    await eventually(
      async () => (await call(server.local, listPlaces, { params: story.member(externalId) })).items[0]?.score === 60,
      {
        until: 'the boards have it',
      },
    );
    const verify = async (): Promise<Awaited<ReturnType<typeof report>>> => {
      const before = (await report())?.at;
      const started = await Promise.all(
        [1, 2].map(() => call(owner.caller, startReconciliation, { params, body: {} })),
      );
      expect(started.filter((one) => one.started)).toHaveLength(1);
      expect((await call(owner.caller, getReconciliation, { params })).running).toBe(true);
      return eventually(
        async () => {
          const found = await report();
          return found !== null && found.at !== before ? found : null;
        },
        { withinMs: 60_000, until: 'the books are verified' },
      );
    };
    const report = async () => (await call(owner.caller, getReconciliation, { params })).last;
    expect(await verify()).toMatchObject({ found: 0, members: 1, entries: 3, findings: [] });
    expect((await server.health()).parts.books.status).toBe('ok');
    await tamper(async (database) => {
      await database
        .collection<{ _id: string }>('journal')
        .updateOne({ _id: third?.id ?? '' }, { $set: { 'receipt.fired.0.id': 'comprb' } });
      await database
        .collection<{ _id: string }>('standings')
        .updateOne({ member: id, board: 'siempre' }, { $inc: { score: 1 } });
      const [root] = await database
        .collection<{ _id: string; lanes: object[] }>('roots')
        .find()
        .sort({ _id: -1 })
        .toArray();
      if (root !== undefined)
        await database.collection<{ _id: string }>('roots').updateOne({ _id: root._id }, { $inc: { laneCount: 1 } });
    });
    const found = await verify();
    expect(found?.findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ where: 'entry', member: id, seq: 3, fields: ['receipt'], proposal: 'restoreBackup' }),
        expect.objectContaining({ where: 'standing', member: id, proposal: 'rebuildBoards' }),
        expect.objectContaining({ where: 'root' }),
      ]),
    );
    expect((await server.health()).parts.books).toMatchObject({ status: 'degraded', code: 'findings' });
    // What is wrong is the journal: a state is not made to agree with it.
    const repair = { params: { ...params, member: id } };
    expect(await refusal(server.local, repairMember, repair)).toMatchObject({ code: 'ledger.unrepairable' });
    const said = await verifyBooks(server);
    expect([said.code, said.text]).toEqual([1, expect.stringContaining(`${id}, 3`)]);
  });
});
