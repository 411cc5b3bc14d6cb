import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import {
  activatePending,
  adjustPoints,
  approveAdjustment,
  cancelPending,
  captureHold,
  holdPoints,
  listAdjustments,
  movePending,
  refuseAdjustment,
  releaseHold,
  sendPoints,
} from '@verbena/shared/points/points.routes.js';
import { changeProfile, leaveProgram } from '@verbena/shared/members/members.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { ask, call, decided, refusal } from '#support/http-call.js';
import { readLedger } from '#support/journal-reader.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** `plaza`, in which purchases wait a fortnight and more than 1,000 points take two people. */
const definitions = {
  ...shoppingCentre,
  currencies: shoppingCentre.currencies.map((one) => ({
    ...one,
    approveAbove: 1_000,
    transfer: { perGift: 50, perDay: 80 },
  })),
  rules: shoppingCentre.rules.map((rule) =>
    rule.id === 'compra' ? { ...rule, earn: rule.earn.map((one) => ({ ...one, pending: { days: 14 } })) } : rule,
  ),
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: '2026-11-20T10:00:00.000Z' });
});
afterAll(async () => {
  if (server === undefined) return;
  expect((await readLedger(server.mongodbUri, server.database)).breaches).toEqual([]);
  await server.stop();
});

async function begin(): Promise<Story> {
  const program = { definitions };
  const key = {
    permissions: ['activities.write', 'activities.read', 'activities.reverse', 'members.read', 'points.hold'] as const,
  };
  return Story.begin(server, { program, key: { permissions: [...key.permissions] } });
}

describe('pending points', () => {
  test('C2 they stand in the wallet with their day; staff make them usable, move them, or take them away', async () => {
    const story = await begin();
    const person = await story.person();
    const manager = await story.person('manager');
    const { externalId } = person;
    for (const totalMinor of [1_000, 2_000, 3_000])
      await story.record(aPurchase({ externalId, totalMinor, occurredAt: '2026-11-20T09:00:00Z' }));
    const standing = () => call(person.caller, getStanding, { params: { program: story.slug, member: 'me' } });
    expect((await standing()).pending).toEqual(
      [10, 20, 30].map((amount, index) => ({
        ref: `${index + 1}-1`,
        currency: 'puntos',
        amount,
        on: '2026-12-04',
        until: null,
      })),
    );
    const params = (ref: string) => ({ program: story.slug, member: person.member ?? '', ref });
    const body = { key: aKey('ya'), reason: 'Ya pasó el plazo' };
    for (const caller of [person.caller, story.shop])
      expect(await refusal(caller, activatePending, { params: params('1-1'), body })).toMatchObject({
        code: 'auth.forbidden',
      });
    const activated = await call(manager.caller, activatePending, { params: params('1-1'), body });
    expect(activated).toMatchObject({ type: 'points.activated', balances: { puntos: 10 } });
    // The same again answers the same; another key finds them gone.
    expect(await call(manager.caller, activatePending, { params: params('1-1'), body })).toEqual(activated);
    const again = { ...body, key: aKey('ya') };
    expect(await decided(manager.caller, activatePending, { params: params('1-1'), body: again })).toMatchObject({
      outcome: 'refused',
      refusal: 'pending.notFound',
      lines: [],
    });
    await call(manager.caller, movePending, {
      params: params('2-1'),
      body: { key: aKey('fecha'), reason: 'Lo pidió', on: '2027-01-07' },
    });
    expect(
      await refusal(manager.caller, movePending, {
        params: params('2-1'),
        body: { key: aKey('fecha'), reason: 'Lo pidió', on: 'mañana' },
      }),
    ).toMatchObject({ code: 'input.invalid', fields: [{ path: ['on'] }] });
    await call(manager.caller, cancelPending, { params: params('3-1'), body: { key: aKey('no'), reason: 'Fraude' } });
    expect(await standing()).toMatchObject({
      balances: { puntos: 10 },
      pending: [{ ref: '2-1', amount: 20, on: '2027-01-07' }],
    });
    const own = { params: { program: story.slug, member: 'me', seq: '7' } };
    expect(await call(person.caller, getEntry, own)).toMatchObject({ note: { reason: 'Fraude' } });
  });

  test('C2 C5 a return in time cancels them, and the member is told of no points taken', async () => {
    const story = await begin();
    const externalId = aKey('tarjeta');
    const bought = await story.record(aPurchase({ externalId, totalMinor: 5_000, occurredAt: '2026-11-20T09:00:00Z' }));
    const params = { program: story.slug, key: bought.key };
    await call(story.shop, reverseActivity, {
      params,
      body: { key: aKey('devolver'), remaining: { totalMinor: 2_000 } },
    });
    expect((await story.standing(externalId)).pending).toMatchObject([{ amount: 20 }]);
    await call(story.shop, reverseActivity, { params, body: { key: aKey('devolver') } });
    expect(await story.standing(externalId)).not.toHaveProperty('pending');
  });
});

describe('holds', () => {
  test('C4 a shop sets points aside, spends a part and lets go of the rest; nobody spends them twice meanwhile', async () => {
    const story = await begin();
    const person = await story.person();
    const manager = await story.person('manager');
    const params = { program: story.slug, member: person.member ?? '' };
    await call(manager.caller, adjustPoints, {
      params,
      body: { key: aKey('regalo'), currency: 'puntos', amount: 100, reason: 'Bienvenida' },
    });
    const body = { key: aKey('reserva'), currency: 'puntos', amount: 60, until: '2026-11-21' };
    expect(await refusal(person.caller, holdPoints, { params, body })).toMatchObject({ code: 'auth.forbidden' });
    const held = await call(story.shop, holdPoints, { params, body });
    const hold = held.lines.find(({ pocket }) => pocket === 'held')?.ref ?? '';
    expect(await call(story.shop, holdPoints, { params, body })).toEqual(held);
    const both = await Promise.all(
      [1, 2].map(() =>
        decided(story.shop, holdPoints, { params, body: { ...body, key: aKey('reserva'), amount: 30 } }),
      ),
    );
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'refused']);
    const standing = () => call(person.caller, getStanding, { params: { ...params, member: 'me' } });
    expect((await standing()).holds).toMatchObject([{ amount: 60, until: '2026-11-21' }, { amount: 30 }]);
    const capture = { params: { ...params, ref: hold }, body: { key: aKey('cobro'), amount: 45, release: true } };
    expect(await call(story.shop, captureHold, capture)).toMatchObject({ balances: { puntos: 25 } });
    const gone = { ...capture, body: { key: aKey('cobro') } };
    expect(await refusal(story.shop, captureHold, gone)).toMatchObject({
      ...{ status: 404, code: 'hold.notFound' },
      result: { outcome: 'refused', refusal: 'hold.notFound', key: gone.body.key },
    });
    // It was decided, so the same again says the same of the same entry, and that it is a repeat.
    const [first, again] = [await refusal(story.shop, captureHold, gone), await refusal(story.shop, captureHold, gone)];
    expect(again.result).toEqual(first.result);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = (await standing()).holds?.[0]?.ref ?? '';
    await call(story.shop, releaseHold, { params: { ...params, ref: other }, body: { key: aKey('soltar') } });
    expect(await standing()).toMatchObject({ balances: { puntos: 55 } });
    expect(await standing()).not.toHaveProperty('holds');
  });
});

describe('adjustments', () => {
  test('C6 within the limit it is booked with its reason; who did it only staff read; without a second factor nobody', async () => {
    const story = await begin();
    const person = await story.person();
    const manager = await story.person('manager', { name: 'Noa Castaño' });
    const bare = await story.person('manager', { secondFactor: false });
    const params = { program: story.slug, member: person.member ?? '' };
    const body = { key: aKey('ajuste'), currency: 'puntos', amount: 1_000, reason: 'Por las molestias' };
    expect(await refusal(bare.caller, adjustPoints, { params, body })).toMatchObject({
      code: 'auth.secondFactorNeeded',
    });
    expect(await refusal(person.caller, adjustPoints, { params, body })).toMatchObject({ code: 'auth.forbidden' });
    expect(await refusal(manager.caller, adjustPoints, { params, body: { ...body, amount: 0 } })).toMatchObject({
      code: 'input.invalid',
      fields: [{ path: ['amount'] }],
    });
    expect(
      await refusal(manager.caller, adjustPoints, { params, body: { ...body, currency: 'pesetas' } }),
    ).toMatchObject({ code: 'currency.notFound', fields: [{ path: ['currency'] }] });
    const { result, waiting } = await call(manager.caller, adjustPoints, { params, body });
    expect([result?.balances, waiting]).toEqual([{ puntos: 1_000 }, null]);
    const seen = await call(person.caller, getEntry, { params: { ...params, member: 'me', seq: '1' } });
    expect(seen).toMatchObject({ note: { reason: 'Por las molestias' }, cause: { type: 'points.adjusted' } });
    expect(seen.note).not.toHaveProperty('by');
    expect(await call(manager.caller, getEntry, { params: { ...params, seq: '1' } })).toMatchObject({
      note: { by: 'Noa Castaño' },
    });
    const standing = await call(person.caller, getStanding, { params: { ...params, member: 'me' } });
    expect(standing).toMatchObject({ earned: { ever: 0 }, tier: { id: 'socio' } });
  });

  test('#10 C6 more than there is is refused with what there is, and taken only where that is said; never nothing', async () => {
    const story = await begin();
    const [person, noa] = [await story.person(), await story.person('manager')];
    const params = { program: story.slug, member: person.member ?? '' };
    const take = (amount: number, more: { key?: string; whenShort?: 'partial' } = {}) => ({
      params,
      body: { key: aKey('ajuste'), currency: 'puntos', amount, reason: 'Por las molestias', ...more },
    });
    const give = await call(noa.caller, adjustPoints, take(300));
    expect(give.result?.balances['puntos']).toBe(300);
    const key = aKey('quitar');
    expect(await refusal(noa.caller, adjustPoints, take(-301, { key }))).toMatchObject({
      ...{ status: 422, code: 'adjustment.tooMuch' },
      fields: [{ path: ['amount'], code: 'maximum', params: { maximum: 300 } }],
    });
    // Nothing was recorded, so the key is good for what is said next.
    const { result } = await call(noa.caller, adjustPoints, take(-301, { key, whenShort: 'partial' }));
    expect(result).toMatchObject({ seq: (give.result?.seq ?? 0) + 1, balances: { puntos: 0 } });
    expect(await refusal(noa.caller, adjustPoints, take(-1))).toMatchObject({ code: 'adjustment.tooMuch' });
    expect(await refusal(noa.caller, adjustPoints, take(-1, { whenShort: 'partial' }))).toMatchObject({
      code: 'points.notEnough',
    });
  });

  test('C6 above it another person approves or refuses, once; whoever asked cannot', async () => {
    const story = await begin();
    const person = await story.person();
    const noa = await story.person('manager', { name: 'Noa Castaño' });
    const ana = await story.person('owner', { name: 'Ana Ibáñez' });
    const params = { program: story.slug, member: person.member ?? '' };
    const body = { key: aKey('ajuste'), currency: 'puntos', amount: 1_001, reason: 'Por las molestias' };
    const { waiting, result } = await call(noa.caller, adjustPoints, { params, body });
    expect(result).toBeNull();
    expect(waiting).toMatchObject({ status: 'waiting', askedBy: 'Noa Castaño', isOwn: true, amount: 1_001 });
    expect((await call(noa.caller, adjustPoints, { params, body })).waiting).toEqual(waiting);
    expect(await refusal(noa.caller, adjustPoints, { params, body: { ...body, amount: 1_002 } })).toMatchObject({
      code: 'activity.keyReused',
    });
    const id = { params: { program: story.slug, adjustment: waiting?.id ?? '' } };
    expect(await refusal(noa.caller, approveAdjustment, id)).toMatchObject({ code: 'adjustment.own', status: 403 });
    expect(await refusal(person.caller, approveAdjustment, id)).toMatchObject({ code: 'auth.forbidden' });
    const answers = await Promise.all([1, 2, 3].map(() => ask(ana.caller, approveAdjustment, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const balance = async () =>
      (await call(person.caller, getStanding, { params: { ...params, member: 'me' } })).balances['puntos'];
    await eventually(async () => (await balance()) === 1_001, { until: 'it is booked, once' });
    const second = await call(noa.caller, adjustPoints, {
      params,
      body: { ...body, key: aKey('ajuste'), amount: -1_500, whenShort: 'partial' },
    });
    const other = { program: story.slug, adjustment: second.waiting?.id ?? '' };
    expect(await refusal(ana.caller, refuseAdjustment, { params: other, body: { reason: 'x' } })).toMatchObject({
      fields: [{ path: ['reason'], code: 'minLength' }],
    });
    expect(
      await call(ana.caller, refuseAdjustment, { params: other, body: { reason: 'No consta ninguna queja' } }),
    ).toMatchObject({ status: 'refused', decidedBy: 'Ana Ibáñez', refusal: 'No consta ninguna queja' });
    expect(await refusal(ana.caller, approveAdjustment, { params: other })).toMatchObject({
      code: 'adjustment.settled',
    });
    const { items } = await call(ana.caller, listAdjustments, { params: { program: story.slug } });
    expect(items.map(({ status, isOwn }) => [status, isOwn])).toEqual([
      ['refused', false],
      ['approved', false],
    ]);
    expect(await balance()).toBe(1_001);
    const audit = await call(ana.caller, listAuditEntries, { params: { program: story.slug } });
    expect(audit.items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['adjustment.approved', 'adjustment.refused']),
    );
    const foreign = await begin();
    expect(
      await refusal(foreign.server.local, approveAdjustment, { params: { ...id.params, program: foreign.slug } }),
    ).toMatchObject({ code: 'adjustment.notFound' });
  });
});

describe('gifts', () => {
  test('C7 points go from one member to another once, with their dates; limits, strangers and oneself are refused', async () => {
    const story = await begin();
    const lucia = await story.person();
    const marcos = await story.person();
    const alias = `marcos ${story.slug.slice(-6)}`;
    const me = { program: story.slug, member: 'me' };
    await call(marcos.caller, changeProfile, { params: me, body: { alias } });
    await call(server.local, adjustPoints, {
      params: { program: story.slug, member: lucia.member ?? '' },
      body: { key: aKey('regalo'), currency: 'puntos', amount: 200, reason: 'Bienvenida' },
    });
    const gift = (amount: number, to: { alias: string } | { id: string } = { alias }, key = aKey('para')) => ({
      params: me,
      body: { key, currency: 'puntos', amount, to },
    });
    const sent = gift(50);
    const [first, again] = await Promise.all([1, 2].map(() => ask(lucia.caller, sendPoints, sent)));
    expect([first?.status, again?.text]).toEqual([201, first?.text]);
    const balanceOf = async ({ caller }: typeof lucia) =>
      (await call(caller, getStanding, { params: me })).balances['puntos'] ?? 0;
    await eventually(async () => (await balanceOf(marcos)) === 50, { until: 'Marcos has them' });
    expect(await balanceOf(lucia)).toBe(150);
    const outcome = async (caller: typeof lucia.caller, given: ReturnType<typeof gift>) => {
      const { outcome: how, refusal: why } = await decided(caller, sendPoints, given);
      return why ?? how;
    };
    expect(await outcome(lucia.caller, gift(51))).toBe('transfer.tooMuch');
    expect(await outcome(lucia.caller, gift(31))).toBe('transfer.dayLimit');
    expect(await outcome(lucia.caller, gift(30))).toBe('accepted');
    expect(await outcome(lucia.caller, gift(1))).toBe('transfer.dayLimit');
    expect(await outcome(marcos.caller, gift(5))).toBe('transfer.self');
    await eventually(async () => (await balanceOf(marcos)) === 80, { until: 'he has both' });
    expect(await outcome(marcos.caller, gift(20, { id: lucia.member ?? '' }))).toBe('accepted');
    await eventually(async () => (await balanceOf(lucia)) === 140, { until: 'some came back' });
    expect(await refusal(lucia.caller, sendPoints, gift(1, { alias: 'nadie se llama así' }))).toMatchObject({
      code: 'transfer.nobody',
      fields: [{ path: ['to', 'alias'] }],
    });
    const other = { ...gift(1), params: { ...me, member: lucia.member ?? '' } };
    expect(await refusal(marcos.caller, sendPoints, other)).toMatchObject({
      code: expect.stringMatching(/forbidden|notFound/),
    });
    const { items } = await call(marcos.caller, listEntries, { params: me });
    expect(items.find(({ cause }) => cause.type === 'transfer.received')?.lines[0]?.lot.expires).toBe('2027-11-21');
  });

  test('C7 A3 a gift says from whom and to whom, live and in the journal, as far as they show themselves now', async () => {
    const story = await begin();
    const [lucia, marcos] = [await story.person(), await story.person()];
    const me = { program: story.slug, member: 'me' };
    const alias = `Marcos ${story.slug.slice(-6)}`;
    const giver = `Lucía ${story.slug.slice(-6)}`;
    await call(marcos.caller, changeProfile, { params: me, body: { alias } });
    await call(lucia.caller, changeProfile, { params: me, body: { alias: giver } });
    await call(server.local, adjustPoints, {
      params: { program: story.slug, member: lucia.member ?? '' },
      body: { key: aKey('regalo'), currency: 'puntos', amount: 100, reason: 'Bienvenida' },
    });
    const phone = await StreamClient.connect(server.url, marcos.caller.bearer, story.slug);
    try {
      await phone.open();
      const body = { key: aKey('para'), currency: 'puntos', amount: 20, to: { alias } };
      const sent = await call(lucia.caller, sendPoints, { params: me, body });
      const partners = async ({ caller }: typeof lucia) => {
        const { items } = await call(caller, listEntries, { params: me });
        return items.flatMap(({ cause }) => (cause.partner === undefined ? [] : [[cause.type, cause.partner]]));
      };
      await eventually(async () => (await partners(marcos)).length > 0, { until: 'it has arrived' });
      expect(await partners(marcos)).toEqual([['transfer.received', giver]]);
      expect(await partners(lucia)).toEqual([['transfer.sent', alias]]);
      await eventually(() => phone.applied.length > 0, { until: 'it was pushed' });
      const live = phone.applied.find(({ data }) => JSON.stringify(data ?? '').includes('transfer.received'));
      expect(live?.data).toMatchObject({ cause: { type: 'transfer.received', partner: giver } });
      // Nothing of it is kept: whoever is off the boards, takes its alias away or leaves, is shown no more.
      expect(JSON.stringify(sent)).not.toContain(giver);
      await call(lucia.caller, changeProfile, { params: me, body: { boards: 'hidden' } });
      expect(await partners(marcos)).toEqual([['transfer.received', null]]);
      await call(lucia.caller, changeProfile, { params: me, body: { boards: 'alias', alias: `${giver}x` } });
      expect(await partners(marcos)).toEqual([['transfer.received', `${giver}x`]]);
      await call(lucia.caller, leaveProgram, { params: me, body: {} });
      expect(await partners(marcos)).toEqual([['transfer.received', null]]);
      const again = await StreamClient.connect(server.url, marcos.caller.bearer, story.slug);
      await again.open();
      await again.until(phone.applied.at(-1)?.q ?? 0);
      expect(again.applied.some(({ data }) => JSON.stringify(data ?? '').includes(giver))).toBe(false);
      again.close();
    } finally {
      phone.close();
    }
  });
});

test('C2 C4 the clock makes pending points usable and lets go of holds, for members who do nothing', async () => {
  const story = await begin();
  const externalId = aKey('tarjeta');
  await story.record(aPurchase({ externalId, totalMinor: 5_000, occurredAt: '2026-11-20T09:00:00Z' }));
  await call(server.local, adjustPoints, {
    params: { program: story.slug, member: `ext:${externalId}` },
    body: { key: aKey('regalo'), currency: 'puntos', amount: 7, reason: 'Bienvenida' },
  });
  await call(story.shop, holdPoints, {
    params: { program: story.slug, member: `ext:${externalId}` },
    body: { key: aKey('reserva'), currency: 'puntos', amount: 7, until: '2026-12-10' },
  });
  await server.moveClock('2026-12-04T10:00:00.000Z');
  await eventually(async () => (await story.standing(externalId)).balances['puntos'] === 50, {
    until: 'they are usable',
  });
  await server.moveClock('2026-12-11T10:00:00.000Z');
  await eventually(async () => (await story.standing(externalId)).balances['puntos'] === 57, {
    until: 'the hold ended',
  });
});
