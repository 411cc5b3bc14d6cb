import {
  getActivity,
  recordActivity,
  recordByHand,
  returnByHand,
  reverseActivity,
  undoByHand,
} from '@verbena/shared/activities/activities.routes.js';
import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { eventually } from '#support/eventually.js';
import { aCoupon, aKey, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { readLedger } from '#support/journal-reader.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

const SHOP = {
  key: {
    permissions: ['activities.write', 'activities.read', 'activities.reverse', 'members.read'],
  },
} as const;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  if (server === undefined) return;
  expect((await readLedger(server.mongodbUri, server.database)).breaches).toEqual([]);
  await server.stop();
});

const begin = () => Story.begin(server, { key: { ...SHOP.key, permissions: [...SHOP.key.permissions] } });

describe('a shop takes back what it sent', () => {
  test('C5 the whole of it: points, mission, badges; the wallet says what, the standing has nothing left', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const departments = DEPARTMENTS.slice(0, 8);
    const bought = await story.record(aPurchase({ externalId, totalMinor: 5_000, departments }));
    const earned = bought.balances['puntos'] ?? 0;
    expect(earned).toBeGreaterThanOrEqual(100);
    const params = { program: story.slug, key: bought.key };
    const body = { key: aKey('devolver'), reason: 'Devolución en tienda' };
    const reversed = await call(story.shop, reverseActivity, { params, body });
    expect(reversed).toMatchObject({ type: 'purchase.reversed', outcome: 'accepted', balances: { puntos: 0 } });
    expect(reversed.lines.every(({ kind, amount }) => kind === 'reverse' && amount < 0)).toBe(true);
    expect(reversed.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(-earned);
    const standing = await story.standing(externalId);
    expect(standing).toMatchObject({ balances: { puntos: 0 }, earned: { ever: 0, year: 0 }, badges: [] });
    expect(await story.mission(externalId, 'ocho-secciones')).toMatchObject({ progress: 0, completions: 0 });
    const [first, second] = await story.journal(externalId);
    expect(first).toMatchObject({ reversedBy: 2, reverses: null, note: null });
    expect(second).toMatchObject({ reversedBy: null, reverses: 1, note: { reason: 'Devolución en tienda' } });
    // What became of the purchase stays what it was.
    expect(await call(story.shop, getActivity, { params })).toEqual(bought);
  });

  test('B6 the same request again answers the same to the byte, another one that it was taken back already', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const bought = await story.record(aPurchase({ externalId }));
    const params = { program: story.slug, key: bought.key };
    const body = { key: aKey('devolver'), reason: 'Devolución en tienda' };
    const [first, ...again] = await Promise.all(
      [1, 2, 3, 4].map(() => ask(story.shop, reverseActivity, { params, body })),
    );
    expect(first?.status).toBe(201);
    for (const one of again) expect(one.text).toBe(first?.text);
    const late = await ask(story.shop, reverseActivity, { params, body });
    expect(late.text).toBe(first?.text);
    expect(late.headers.get('idempotency-replayed')).toBe('true');
    for (const other of [{ ...body, key: aKey('devolver') }, { ...body, reason: 'Otra razón' }, { key: body.key }])
      expect(await refusal(story.shop, reverseActivity, { params, body: other })).toMatchObject({
        status: 409,
        code: 'activity.alreadyReversed',
      });
    expect(await story.journal(externalId)).toHaveLength(2);
  });

  test('what is not there, not its own, or no purchase of a member is refused, and changes nothing', async () => {
    const story = await begin();
    const coupons = await Story.begin(server, {
      key: { types: ['coupon.redeemed'], permissions: [...SHOP.key.permissions] },
    });
    const person = await story.person();
    const owner = await story.person('owner');
    const bought = await story.record(aPurchase({ externalId: person.externalId }));
    const body = { key: aKey('devolver') };
    const reverse = (caller: typeof story.shop, program: string, key: string, given: unknown = body) =>
      refusal(caller, reverseActivity, { params: { program, key }, body: given });
    expect(await reverse(story.shop, story.slug, aKey('nada'))).toMatchObject({ code: 'activity.notFound' });
    // Another program's key, another source, the member itself.
    expect(await reverse(coupons.shop, story.slug, bought.key)).toMatchObject({ code: 'program.notFound' });
    expect(await reverse(owner.caller, story.slug, bought.key)).toMatchObject({
      code: expect.stringMatching(/notFound|secondFactor/),
    });
    expect(await reverse(person.caller, story.slug, bought.key)).toMatchObject({ code: 'auth.forbidden' });
    expect(await reverse(story.shop, story.slug, bought.key, { ...body, reason: 'x' })).toMatchObject({
      code: 'input.invalid',
      fields: [{ path: ['reason'], code: 'minLength' }],
    });
    expect(
      await reverse(story.shop, story.slug, bought.key, { ...body, occurredAt: '2099-01-01T00:00:00Z' }),
    ).toMatchObject({ code: 'activity.inFuture', fields: [{ path: ['occurredAt'] }] });
    const redeemed = await call(server.local, recordActivity, {
      params: { program: coupons.slug },
      body: aPurchase({ externalId: person.externalId }),
    });
    expect(await reverse(coupons.shop, coupons.slug, redeemed.key)).toMatchObject({
      code: 'auth.activityTypeForbidden',
      status: 403,
    });
    expect(await story.journal(person.externalId)).toHaveLength(1);
  });

  test('C5 an allowance comes back with the coupon that used it', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const coupons = [];
    for (let count = 0; count < 5; count += 1) coupons.push(await story.record(aCoupon({ externalId })));
    expect(coupons.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1, 0]);
    const params = { program: story.slug, key: coupons[1]?.key ?? '' };
    await call(story.shop, reverseActivity, { params, body: { key: aKey('devolver') } });
    expect((await story.record(aCoupon({ externalId }))).lines).toHaveLength(1);
    expect((await story.record(aCoupon({ externalId }))).lines).toHaveLength(0);
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 100 });
  });

  test('#59 the member sees it live, as one push', async () => {
    const story = await begin();
    const person = await story.person();
    const phone = await StreamClient.connect(server.url, person.caller.bearer, story.slug);
    try {
      await phone.open();
      const bought = await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
      const params = { program: story.slug, key: bought.key };
      const reversed = await call(story.shop, reverseActivity, { params, body: { key: aKey('devolver') } });
      await phone.until(2);
      expect(phone.applied[1]).toMatchObject({
        q: 2,
        id: reversed.id,
        name: 'entry.recorded',
        data: { cause: { type: 'purchase.reversed' }, lines: reversed.lines, balances: { puntos: 0 } },
      });
    } finally {
      phone.close();
    }
  });
});

describe('a part of it goes back', () => {
  const part = (story: Story, key: string, remaining: Record<string, unknown>, own = aKey('devolver')) => ({
    params: { program: story.slug, key },
    body: { key: own, reason: 'Devolvió los zapatos', remaining },
  });

  test('C5 B6 a shop returns a part, another part, and the rest; each counts once, and the entry tells of all', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const bought = await story.record(aPurchase({ externalId, totalMinor: 9_000, occurredAt: '2026-11-19T10:00:00Z' }));
    expect(bought.balances['puntos']).toBe(90);
    const first = part(story, bought.key, { totalMinor: 5_050 });
    const [answer, ...again] = await Promise.all([1, 2, 3].map(() => ask(story.shop, reverseActivity, first)));
    expect(answer?.status).toBe(201);
    for (const one of again) expect(one.text).toBe(answer?.text);
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 50 });
    expect(
      await refusal(story.shop, reverseActivity, part(story, bought.key, { totalMinor: 10 }, first.body.key)),
    ).toMatchObject({
      code: 'activity.keyReused',
    });
    const second = await call(story.shop, reverseActivity, part(story, bought.key, { totalMinor: 1_000 }));
    expect(second).toMatchObject({ type: 'purchase.reversed', balances: { puntos: 10 } });
    const seen = await call(story.shop, getEntry, { params: { ...story.member(externalId), seq: '1' } });
    expect(seen).toMatchObject({ returns: [2, 3], reversedBy: null });
    expect(seen).not.toHaveProperty('remaining');
    await call(story.shop, reverseActivity, {
      params: { program: story.slug, key: bought.key },
      body: { key: aKey('devolver') },
    });
    expect(await story.standing(externalId)).toMatchObject({
      balances: { puntos: 0 },
      earned: { ever: 0 },
      badges: [],
    });
    expect(await refusal(story.shop, reverseActivity, part(story, bought.key, { totalMinor: 0 }))).toMatchObject({
      code: 'activity.alreadyReversed',
      status: 409,
    });
  });

  test('C5 more than there is, all of it, and what the type does not know are refused with their field', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const bought = await story.record(aPurchase({ externalId, totalMinor: 9_000 }));
    const refused = (remaining: Record<string, unknown>) =>
      refusal(story.shop, reverseActivity, part(story, bought.key, remaining));
    expect(await refused({ totalMinor: 9_001 })).toMatchObject({
      code: 'input.invalid',
      fields: [{ path: ['remaining', 'totalMinor'], code: 'maximum', params: { maximum: 9_000 } }],
    });
    expect(await refused({ totalMinor: 'mucho' })).toMatchObject({
      fields: [{ path: ['remaining', 'totalMinor'], code: 'type.integer' }],
    });
    expect(await refused({ nada: 1 })).toMatchObject({ fields: [{ path: ['remaining', 'nada'], code: 'unknown' }] });
    expect(await refused({})).toMatchObject({ code: 'activity.nothingReturned', status: 422 });
    expect(await story.journal(externalId)).toHaveLength(1);
  });

  test('C5 at the counter, staff return what a shop sent, also after a day; a member and a key cannot', async () => {
    const story = await begin();
    const person = await story.person();
    const manager = await story.person('manager');
    await story.record(
      aPurchase({ externalId: person.externalId, totalMinor: 9_000, occurredAt: '2026-11-19T10:00:00Z' }),
    );
    const params = { program: story.slug, member: person.member ?? '', seq: '1' };
    const body = { key: aKey('devolver'), reason: 'Devolvió los zapatos', remaining: { totalMinor: 4_000 } };
    expect(await refusal(person.caller, returnByHand, { params, body })).toMatchObject({ code: 'auth.forbidden' });
    expect(await refusal(story.shop, returnByHand, { params, body })).toMatchObject({ code: 'auth.forbidden' });
    expect(await call(manager.caller, getEntry, { params })).toMatchObject({
      canReturn: true,
      remaining: { totalMinor: 9_000 },
    });
    expect(await call(manager.caller, returnByHand, { params, body })).toMatchObject({ balances: { puntos: 40 } });
    const own = await call(person.caller, listEntries, { params: { ...params, member: 'me' } });
    expect(own.items[0]).toMatchObject({ note: { reason: 'Devolvió los zapatos' }, reverses: 1 });
    const { remaining: _, ...whole } = body;
    await call(manager.caller, returnByHand, { params, body: { ...whole, key: aKey('devolver') } });
    expect(await call(manager.caller, getEntry, { params })).toMatchObject({ canReturn: false, reversedBy: 3 });
  });
});

describe('staff record by hand and take it back', () => {
  test('the member reads the reason and not who; staff read both, and what can still be undone', async () => {
    const story = await begin();
    const person = await story.person();
    const { local } = server;
    const params = { program: story.slug, member: person.member ?? '' };
    const body = {
      key: aKey('mano'),
      type: 'purchase',
      attributes: { totalMinor: 3_000 },
      reason: 'La caja no funcionaba',
    };
    const given = await call(local, recordByHand, { params, body });
    expect(given).toMatchObject({ type: 'purchase', outcome: 'accepted' });
    expect(await call(local, recordByHand, { params, body })).toEqual(given);
    expect(await refusal(local, recordByHand, { params, body: { ...body, reason: 'Otra cosa' } })).toMatchObject({
      code: 'activity.keyReused',
    });
    const entryOf = (seq: number) => ({ params: { ...params, seq: String(seq) } });
    const seen = await call(person.caller, getEntry, entryOf(1));
    expect(seen).toMatchObject({
      note: { reason: 'La caja no funcionaba' },
      cause: { source: 'staff', channel: 'staff' },
    });
    expect(seen.note).not.toHaveProperty('by');
    expect(seen).not.toHaveProperty('canUndo');
    expect(await call(local, getEntry, entryOf(1))).toMatchObject({ canUndo: true, reversedBy: null });
    const undone = await call(local, undoByHand, {
      ...entryOf(1),
      body: { key: aKey('deshacer'), reason: 'Era de otra persona' },
    });
    expect(undone).toMatchObject({ type: 'purchase.reversed', balances: { puntos: 0 } });
    expect(await call(local, getEntry, entryOf(1))).toMatchObject({ canUndo: false, reversedBy: 2 });
    expect(await call(person.caller, getEntry, entryOf(2))).toMatchObject({
      reverses: 1,
      note: { reason: 'Era de otra persona' },
    });
    expect((await call(person.caller, getStanding, { params })).balances).toMatchObject({ puntos: 0 });
  });

  test('staff with a second factor see who wrote it; without one, or as the member, nobody gives points', async () => {
    const story = await begin();
    const person = await story.person();
    const manager = await story.person('manager', { name: 'Noa Castaño' });
    const bare = await story.person('manager', { secondFactor: false });
    const params = { program: story.slug, member: person.member ?? '' };
    const body = {
      key: aKey('mano'),
      type: 'purchase',
      attributes: { totalMinor: 3_000 },
      reason: 'Olvidó la tarjeta',
    };
    const refusedTo = (caller: typeof manager.caller) => refusal(caller, recordByHand, { params, body });
    expect(await refusedTo(person.caller)).toMatchObject({ code: 'auth.forbidden', status: 403 });
    expect(await refusedTo(bare.caller)).toMatchObject({ code: 'auth.secondFactorNeeded', status: 403 });
    await call(manager.caller, recordByHand, { params, body });
    const { items } = await call(manager.caller, listEntries, { params });
    expect(items).toMatchObject([{ note: { reason: 'Olvidó la tarjeta', by: 'Noa Castaño' }, canUndo: true }]);
    const undo = { params: { ...params, seq: '1' }, body: { key: aKey('deshacer'), reason: 'Ya estaba anotada' } };
    expect(await refusal(person.caller, undoByHand, undo)).toMatchObject({ code: 'auth.forbidden' });
    expect(await refusal(story.shop, undoByHand, undo)).toMatchObject({ code: 'auth.forbidden' });
    await call(manager.caller, undoByHand, undo);
    const own = await call(person.caller, listEntries, { params: { ...params, member: 'me' } });
    expect(own.items.map(({ note }) => note)).toEqual([
      { reason: 'Ya estaba anotada' },
      { reason: 'Olvidó la tarjeta' },
    ]);
    // A shop's key reads the reasons and no names either.
    expect((await story.journal(person.externalId)).map(({ note }) => note?.by)).toEqual([undefined, undefined]);
  });

  test('what a shop sent, what is gone already, a reversal and what the program sends cannot be done by hand', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const params = { program: story.slug, member: `ext:${externalId}` };
    await story.record(aPurchase({ externalId }));
    const byHand = (body: object) => refusal(server.local, recordByHand, { params, body });
    const reason = 'Un regalo';
    expect(await byHand({ key: aKey(), type: 'referral.qualified', reason, attributes: {} })).toMatchObject({
      code: 'auth.activityTypeForbidden',
    });
    expect(await byHand({ key: aKey(), type: 'purchase.reversed', reason })).toMatchObject({
      code: 'activity.unknownType',
    });
    expect(await byHand({ key: aKey(), type: 'purchase', reason, attributes: {} })).toMatchObject({
      code: 'input.invalid',
      fields: [{ path: ['attributes', 'totalMinor'], code: 'required' }],
    });
    const undo = (seq: number) =>
      refusal(server.local, undoByHand, {
        params: { ...params, seq: String(seq) },
        body: { key: aKey('deshacer'), reason: 'Un error' },
      });
    expect(await undo(1)).toMatchObject({ code: 'activity.notReversible', status: 422 });
    expect(await undo(9)).toMatchObject({ code: 'entry.notFound', status: 404 });
    const body = { key: aKey('mano'), type: 'purchase', attributes: { totalMinor: 100 }, reason };
    await call(server.local, recordByHand, { params, body });
    await call(server.local, undoByHand, {
      params: { ...params, seq: '2' },
      body: { key: aKey('deshacer'), reason: 'Un error' },
    });
    expect(await undo(2)).toMatchObject({ code: 'activity.alreadyReversed', status: 409 });
    expect(await undo(3)).toMatchObject({ code: 'activity.notReversible' });
    expect(await story.journal(externalId)).toHaveLength(3);
  });

  test('#22 the wallet keeps apart what was earned, taken back, and came of missions, without all that brought one nearer', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const bought = await story.record(aPurchase({ externalId, totalMinor: 1_000 }));
    await call(story.shop, reverseActivity, {
      params: { program: story.slug, key: bought.key },
      body: { key: aKey('devolver') },
    });
    for (let count = 0; count < 5; count += 1) await story.record(aCoupon({ externalId }));
    await story.record(aPurchase({ externalId, totalMinor: 1_000 }));
    const nearer = await story.record(aPurchase({ externalId, totalMinor: 1_000 }));
    expect(nearer.effects.map(({ type }) => type)).toContain('mission.progressed');
    const only = async (filter: 'points' | 'earned' | 'expired' | 'reversed' | 'missions') => {
      const { items } = await call(story.shop, listEntries, {
        params: story.member(externalId),
        query: { only: filter },
      });
      return items.map(({ seq }) => seq);
    };
    expect(await only('points')).toEqual([9, 8, 6, 5, 4, 3, 2, 1]);
    expect(await only('earned')).toEqual([9, 8, 6, 5, 4, 3, 1]);
    expect(await only('reversed')).toEqual([2]);
    expect(await only('missions')).toEqual([8, 2, 1]);
    expect(await only('expired')).toEqual([]);
  });
});

describe('an invitation', () => {
  test('I2 over two members: the purchase of who was invited rewards both once; taken back, it takes both rewards back', async () => {
    const story = await begin();
    const elsewhere = await begin();
    const lucia = await story.person();
    const ana = await elsewhere.person();
    const me = { program: story.slug, member: 'me' };
    const { code } = await call(lucia.caller, getReferrals, { params: me });
    const joined = await call(ana.caller, joinProgram, { params: { program: story.slug }, body: { invitation: code } });
    const pointsOf = async ({ caller }: typeof ana) =>
      (await call(caller, getStanding, { params: me })).balances['puntos'] ?? 0;
    const typesOf = async ({ caller }: typeof ana) =>
      (await call(caller, listEntries, { params: me })).items.map(({ cause }) => cause.type).reverse();
    await eventually(async () => (await typesOf(ana)).includes('member.joined'), { until: 'Ana is enrolled' });
    const purchase = aPurchase({ member: { id: joined.id }, totalMinor: 10 });
    const bought = await story.record(purchase);
    const own = bought.balances['puntos'] ?? 0;
    await story.record(purchase);
    await eventually(async () => (await pointsOf(ana)) === own + 150 && (await pointsOf(lucia)) === 300, {
      until: 'both have their points',
    });
    await story.record(aPurchase({ member: { id: joined.id }, totalMinor: 10 }));
    const params = { program: story.slug, key: bought.key };
    await call(story.shop, reverseActivity, { params, body: { key: aKey('devolver') } });
    await eventually(async () => (await pointsOf(lucia)) === 0, { until: 'what Lucía got was taken back' });
    await eventually(async () => (await typesOf(ana)).includes('referral.qualified.reversed'), {
      until: 'what Ana got was taken back',
    });
    expect(await pointsOf(ana)).toBe(own);
    expect(await typesOf(lucia)).toEqual(['referral.qualified', 'referral.qualified.reversed']);
    expect((await typesOf(ana)).filter((type) => type === 'referral.qualified')).toHaveLength(1);
    // A purchase later does not bring it back.
    await story.record(aPurchase({ member: { id: joined.id }, totalMinor: 10 }));
    expect((await typesOf(ana)).filter((type) => type === 'referral.qualified')).toHaveLength(1);
    expect((await call(lucia.caller, getReferrals, { params: me })).items).toMatchObject([{ status: 'reversed' }]);
  });
});

describe('time and taking back', () => {
  test('C5 by hand it can be undone for a day; what expired meanwhile is deducted without touching the balance', async () => {
    const own = await startServer({ clock: '2026-11-20T10:00:00.000Z' });
    try {
      const story = await Story.begin(own, { key: { permissions: [...SHOP.key.permissions] } });
      const externalId = aKey('tarjeta');
      const params = { program: story.slug, member: `ext:${externalId}` };
      const bought = await story.record(aPurchase({ externalId, totalMinor: 5_000 }));
      const hand = (reason: string) =>
        call(own.local, recordByHand, {
          params,
          body: { key: aKey('mano'), type: 'purchase', attributes: { totalMinor: 100 }, reason },
        });
      await hand('Uno');
      await hand('Dos');
      const undo = (seq: number, key = aKey('deshacer')) => ({
        params: { ...params, seq: String(seq) },
        body: { key, reason: 'Un error' },
      });
      await own.moveClock('2026-11-21T09:59:00.000Z');
      const first = undo(2);
      const undone = await call(own.local, undoByHand, first);
      await own.moveClock('2026-11-21T10:05:00.000Z');
      expect(await refusal(own.local, undoByHand, undo(3))).toMatchObject({
        code: 'activity.undoTooLate',
        status: 422,
      });
      // What was undone in time is still answered the same.
      expect(await call(own.local, undoByHand, first)).toEqual(undone);
      await own.moveClock('2027-11-21T10:00:00.000Z');
      await eventually(async () => (await story.standing(externalId)).balances['puntos'] === 0, {
        until: 'everything expired',
      });
      const reversed = await call(story.shop, reverseActivity, {
        params: { program: story.slug, key: bought.key },
        body: { key: aKey('devolver') },
      });
      expect(reversed.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
        ['expire', 50],
        ['reverse', -50],
      ]);
      expect(await story.standing(externalId)).toMatchObject({ balances: { puntos: 0 }, earned: { ever: 1 } });
      const expired = await call(own.local, listEntries, { params, query: { only: 'expired' } });
      expect(expired.items.map(({ cause }) => cause.type)).toEqual(['clock.struck']);
      expect((await readLedger(own.mongodbUri, own.database)).breaches).toEqual([]);
    } finally {
      await own.stop();
    }
  });
});
