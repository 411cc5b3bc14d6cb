import {
  getActivity,
  previewUndo,
  recordActivity,
  returnByHand,
  reverseActivity,
} from '@verbena/shared/activities/activities.routes.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import {
  type ApiKeyDraft,
  type ApiKeyWithSecret,
  createApiKey,
  listApiKeys,
  renewApiKey,
  revokeApiKey,
} from '@verbena/shared/identity/api-keys.routes.js';
import { getBoard, getPodium } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { createClaimCode, getMember, joinProgram, listMembers } from '@verbena/shared/members/members.routes.js';
import {
  adjustPoints,
  cancelCapture,
  captureHold,
  holdPoints,
  releaseHold,
} from '@verbena/shared/points/points.routes.js';
import {
  changeBrand,
  changeShop,
  createBrand,
  createShop,
  listBrands,
  listShops,
} from '@verbena/shared/programs/brands.routes.js';
import { listBudgets } from '@verbena/shared/programs/budgets.routes.js';
import { getDefinitions, getProgram, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { emptySandbox } from '@verbena/shared/identity/api-keys.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, anApiKey, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { aRule } from '#support/small-program.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { verifyBooks } from '#support/verify-command.js';

const DAY_MS = 86_400_000;
const TILL = ['activities.write', 'activities.read', 'activities.reverse', 'members.read', 'points.hold'] as const;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const here = (story: Story) => ({ program: story.slug });
const withSecret = ({ secret }: Pick<ApiKeyWithSecret, 'secret'>): Caller => ({ url: server.url, bearer: secret });

async function aTill(story: Story, draft: Partial<ApiKeyDraft> = {}): Promise<Caller> {
  const body = anApiKey({ permissions: [...TILL, 'definitions.read'], ...draft });
  return withSecret(await call(server.local, createApiKey, { params: here(story), body }));
}

async function aShop(story: Story, name: string, brand: string | null = null): Promise<`shop:${string}`> {
  const body = { slug: aKey('tienda'), name, brand };
  return `shop:${(await call(server.local, createShop, { params: here(story), body })).id}`;
}

describe('#12 what one source sent is another’s neither to read nor to take back', () => {
  test('#12 Z25 two tills with one number are two purchases, each read and returned by its own shop alone', async () => {
    const story = await Story.begin(server);
    const [fruit, books] = [await aShop(story, 'Frutería Alba'), await aShop(story, 'Librería Nube')];
    const [a, b] = [await aTill(story, { source: fruit }), await aTill(story, { source: books })];
    const [ana, luz] = [await story.person(), await story.person()];
    const key = 'T-000123';
    const params = { ...here(story), key };
    const first = await call(a, recordActivity, {
      params: here(story),
      body: { ...aPurchase({ externalId: ana.externalId, totalMinor: 1_000 }), key },
    });
    expect(await refusal(b, getActivity, { params })).toMatchObject({ status: 404, code: 'activity.notFound' });
    expect(await refusal(b, reverseActivity, { params, body: { key: 'D-1' } })).toMatchObject({
      status: 404,
      code: 'activity.notFound',
    });
    const second = await call(b, recordActivity, {
      params: here(story),
      body: { ...aPurchase({ externalId: luz.externalId, totalMinor: 2_000 }), key },
    });
    expect([second.outcome, second.member]).toEqual(['accepted', luz.member]);
    expect(second.id).not.toBe(first.id);
    // Nor does the program’s own key see either.
    expect(await refusal(story.shop, getActivity, { params })).toMatchObject({ code: 'activity.notFound' });
    expect((await call(a, getActivity, { params })).id).toBe(first.id);
    expect((await call(b, reverseActivity, { params, body: { key: 'D-1' } })).outcome).toBe('accepted');
    expect((await call(a, getStanding, { params: story.member(ana.externalId) })).balances['puntos']).toBeGreaterThan(
      0,
    );
    expect((await call(a, getStanding, { params: story.member(luz.externalId) })).balances['puntos']).toBe(0);

    // Members and staff read the shop’s name, as it is now.
    const own = { ...here(story), member: 'me' };
    const [entry] = (await call(ana.caller, listEntries, { params: own })).items;
    expect(entry?.cause).toMatchObject({ source: fruit, sender: 'Frutería Alba' });
    const olga = await story.person('owner');
    const shop = fruit.slice('shop:'.length);
    await call(olga.caller, changeShop, { params: { ...here(story), shop }, body: { name: 'Frutería Sol' } });
    const seen = { ...here(story), member: ana.member ?? '', seq: String(entry?.seq) };
    expect((await call(olga.caller, getEntry, { params: seen })).cause.sender).toBe('Frutería Sol');
    // Staff may take back anything, whoever sent it.
    const back = { params: seen, body: { key: aKey('devuelve'), reason: 'Lo devolvió en persona' } };
    expect((await call(olga.caller, returnByHand, back)).outcome).toBe('accepted');
    await story.record(aPurchase({ externalId: ana.externalId }));
    expect((await call(ana.caller, listEntries, { params: own })).items[0]?.cause.sender).toBeUndefined();
  });

  test('#12 C8 a hold, its capture and its cancellation are those of who set it aside', async () => {
    const story = await Story.begin(server);
    const a = await aTill(story, { source: await aShop(story, 'Caja A') });
    const b = await aTill(story, { source: await aShop(story, 'Caja B') });
    const ana = await story.person();
    const params = story.member(ana.externalId);
    await call(server.local, adjustPoints, {
      params,
      body: { key: aKey('alta'), currency: 'puntos', amount: 100, reason: 'Bienvenida' },
    });
    const set = async () =>
      (await call(a, holdPoints, { params, body: { key: aKey('pedido'), currency: 'puntos', amount: 20 } })).lines[0]
        ?.ref ?? '';
    const [ref, other] = [await set(), await set()];
    for (const caller of [b, story.shop, await aTill(story)])
      for (const route of [captureHold, releaseHold])
        expect(
          await refusal(caller, route, { params: { ...params, ref }, body: { key: aKey('cobro') } }),
        ).toMatchObject(caller === story.shop ? { code: 'auth.forbidden' } : { status: 404, code: 'hold.notFound' });
    const { id } = await call(a, captureHold, { params: { ...params, ref }, body: { key: aKey('cobro') } });
    const cancel = { params: { ...params, entry: id }, body: { key: aKey('anula') } };
    expect(await refusal(b, cancelCapture, cancel)).toMatchObject({ status: 404, code: 'entry.notFound' });
    expect((await call(a, cancelCapture, cancel)).outcome).toBe('accepted');
    const release = { params: { ...params, ref: other }, body: { key: aKey('suelta'), reason: 'No vino nadie' } };
    expect((await call(server.local, releaseHold, release)).outcome).toBe('accepted');
    expect((await call(a, getStanding, { params })).balances['puntos']).toBe(100);
  });

  test('#12 a key speaks for what is its program’s, and for nothing that is archived; what that sent stays', async () => {
    const [story, foreign] = [await Story.begin(server), await Story.begin(server)];
    const [olga, marta] = [await story.person('owner'), await story.person('manager')];
    const params = here(story);
    const body = { slug: 'moda-sur', name: 'Moda Sur' };
    for (const route of [listBrands, listShops])
      expect(await refusal(marta.caller, route, { params })).toMatchObject({ code: 'auth.forbidden' });
    expect(await refusal(marta.caller, createBrand, { params, body })).toMatchObject({ code: 'auth.forbidden' });
    const brand = await call(olga.caller, createBrand, { params, body });
    expect(brand).toMatchObject({ slug: 'moda-sur', name: 'Moda Sur', externalIds: 'program', archivedAt: null });
    expect(await refusal(olga.caller, createBrand, { params, body })).toMatchObject({
      status: 409,
      code: 'brand.slugTaken',
      fields: [{ path: ['slug'] }],
    });
    // Another program’s brand may have that slug; its shops and keys are not for this one.
    const theirs = await call(server.local, createBrand, { params: here(foreign), body });
    for (const source of [`brand:${theirs.id}`, `shop:${brand.id}`])
      expect(await refusal(olga.caller, createApiKey, { params, body: anApiKey({ source }) })).toMatchObject({
        status: 404,
        fields: [{ path: ['source'] }],
      });
    expect(
      await refusal(olga.caller, createShop, { params, body: { slug: 'uno', name: 'Uno', brand: theirs.id } }),
    ).toMatchObject({ status: 404, code: 'brand.notFound' });
    expect(
      await refusal(olga.caller, createApiKey, { params, body: { ...anApiKey(), source: 'staff' } }),
    ).toMatchObject({ status: 400, fields: [{ path: ['source'] }] });

    const made = await call(olga.caller, createApiKey, {
      params,
      body: anApiKey({ source: `brand:${brand.id}`, name: 'Web' }),
    });
    expect(made).toMatchObject({ source: `brand:${brand.id}`, speaksFor: 'Moda Sur', mode: 'live', renewedBy: null });
    const ana = await story.person();
    const bought = aPurchase({ externalId: ana.externalId });
    await call(withSecret(made), recordActivity, { params, body: bought });
    const archive = { params: { ...params, brand: brand.id }, body: { archived: true } };
    const archived = await call(olga.caller, changeBrand, archive);
    expect(archived.archivedAt).not.toBeNull();
    expect(await call(olga.caller, changeBrand, archive)).toEqual(archived);
    const again = { params, body: anApiKey({ source: `brand:${brand.id}` }) };
    expect(await refusal(olga.caller, createApiKey, again)).toMatchObject({ status: 422, code: 'brand.archived' });
    expect(await refusal(olga.caller, renewApiKey, { params: { ...params, key: made.id } })).toMatchObject({
      code: 'brand.archived',
    });
    expect(
      await refusal(olga.caller, createShop, { params, body: { slug: 'uno', name: 'Uno', brand: brand.id } }),
    ).toMatchObject({ code: 'brand.archived' });
    expect((await call(withSecret(made), getActivity, { params: { ...params, key: bought.key } })).outcome).toBe(
      'accepted',
    );
    await call(olga.caller, changeBrand, { params: { ...params, brand: brand.id }, body: { archived: false } });
    await call(olga.caller, createApiKey, again);
    expect((await call(olga.caller, listBrands, { params })).items).toMatchObject([{ archivedAt: null }]);
    const { items } = await call(olga.caller, listAuditEntries, { params });
    expect(items.map(({ action }) => action).filter((action) => action.startsWith('brand.'))).toEqual([
      'brand.restored',
      'brand.archived',
      'brand.created',
    ]);
  });

  test('#12 A1 a brand with card numbers of its own names other members than the program with the same ones', async () => {
    const story = await Story.begin(server);
    const params = here(story);
    const body = { slug: 'moda-sur', name: 'Moda Sur', externalIds: 'own' as const };
    const { id } = await call(server.local, createBrand, { params, body });
    const shop = await aShop(story, 'Moda Sur Centro', id);
    const [web, till, centre] = [
      await aTill(story, { source: `brand:${id}` }),
      await aTill(story, { source: shop }),
      await aTill(story, { source: await aShop(story, 'Panadería Sol') }),
    ];
    const externalId = aKey('tarjeta');
    const ref = story.member(externalId);
    const bought = await Promise.all(
      [web, till, centre].map((caller) => call(caller, recordActivity, { params, body: aPurchase({ externalId }) })),
    );
    const [one, two, three] = bought.map(({ member }) => member);
    expect(two).toBe(one);
    expect(three).not.toBe(one);
    for (const [caller, member] of [
      [web, one],
      [till, one],
      [centre, three],
      [story.shop, three],
    ] as const)
      expect((await call(caller, getMember, { params: ref })).id).toBe(member);
    const smuggled = { ...params, member: `ext:${id}\u0000${externalId}` };
    expect((await ask(story.shop, getMember, { params: smuggled })).status).toBeGreaterThanOrEqual(400);
    const olga = await story.person('owner');
    const found = await call(olga.caller, listMembers, { params, query: { search: externalId } });
    expect(found.items.map((row) => row.id).sort()).toEqual([one, three].sort());
  });
});

test('#12 L15 a key that may take things back is not told what others would lose by it', async () => {
  const story = await Story.begin(server);
  const till = await aTill(story, { permissions: ['activities.reverse'] });
  const { member, seq } = await story.record(aPurchase({ externalId: 'otra-tarjeta' }));
  const params = { ...here(story), member, seq: String(seq) };
  expect(await refusal(till, previewUndo, { params })).toMatchObject({ code: 'auth.forbidden' });
});

describe('#12 a renewed key', () => {
  test('#12 Z25 repeats what the old one sent, and the old one is good for a day more', async () => {
    const moved = await startServer({ clock: '2026-03-02T09:00:00Z' });
    try {
      const story = await Story.begin(moved);
      const params = here(story);
      const source = `shop:${(await call(moved.local, createShop, { params, body: { slug: 'uno', name: 'Uno' } })).id}`;
      const old = await call(moved.local, createApiKey, { params, body: anApiKey({ source, expiresInDays: 30 }) });
      const body = aPurchase({ externalId: aKey('tarjeta') });
      const speak = (secret: string): Caller => ({ url: moved.url, bearer: secret });
      const first = await call(speak(old.secret), recordActivity, { params, body });
      await moved.moveClock('2026-03-12T09:00:00Z');
      const renewed = await call(moved.local, renewApiKey, { params: { ...params, key: old.id } });
      const { id, secret, createdAt, expiresAt } = renewed;
      expect(renewed).toMatchObject({ name: old.name, source, types: old.types, permissions: old.permissions });
      expect(Date.parse(expiresAt ?? '') - Date.parse(createdAt)).toBe(30 * DAY_MS);
      const answer = await ask(speak(secret), recordActivity, { params, body });
      expect([answer.headers.get('idempotency-replayed'), JSON.parse(answer.text)]).toEqual(['true', first]);
      expect((await call(speak(old.secret), getActivity, { params: { ...params, key: body.key } })).id).toBe(first.id);
      const [, before] = (await call(moved.local, listApiKeys, { params })).items;
      expect(before).toMatchObject({ id: old.id, renewedBy: id });
      expect(Date.parse(before?.expiresAt ?? '') - Date.parse(createdAt)).toBe(DAY_MS);
      await moved.moveClock('2026-03-13T09:00:01Z');
      expect(await refusal(speak(old.secret), recordActivity, { params, body })).toMatchObject({
        code: 'auth.keyInvalid',
      });
      expect((await ask(speak(secret), recordActivity, { params, body })).status).toBe(201);
    } finally {
      await moved.stop();
    }
  });

  test('#12 two renewals at once make one key; a withdrawn one is renewed by nobody, nor is one of another program', async () => {
    const [story, foreign] = [await Story.begin(server), await Story.begin(server)];
    const olga = await story.person('owner');
    const { id } = await call(olga.caller, createApiKey, { params: here(story), body: anApiKey() });
    const params = { ...here(story), key: id };
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(olga.caller, renewApiKey, { params })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const { items } = await call(olga.caller, listApiKeys, { params: here(story) });
    expect(items).toHaveLength(3);
    const [renewed] = items;
    await call(olga.caller, revokeApiKey, { params: { ...here(story), key: renewed?.id ?? '' } });
    expect(
      await refusal(olga.caller, renewApiKey, { params: { ...here(story), key: renewed?.id ?? '' } }),
    ).toMatchObject({ status: 409, code: 'key.notRenewable' });
    const outside = { ...here(foreign), key: id };
    expect(await refusal(olga.caller, renewApiKey, { params: outside })).toMatchObject({ code: 'program.notFound' });
    expect(await refusal(server.local, renewApiKey, { params: outside })).toMatchObject({ code: 'key.notFound' });
  });
});

describe('#47 a test key writes into a sandbox', () => {
  const budget = { limit: 30, per: 'ever' as const, whenShort: 'partial' as const };

  /** `plaza` with 30 points that the first purchase of all takes, a test key, and the staff. */
  async function begin() {
    const story = await Story.begin(server);
    const params = here(story);
    const { definitions } = await call(server.local, getDefinitions, { params });
    const amount = { product: [{ ratio: [30, 1] as [number, number] }] };
    const gift = aRule({ id: 'regalo', on: { activity: 'purchase' }, earn: [{ currency: 'puntos', amount, budget }] });
    await call(server.local, putDefinitions, {
      params,
      body: { definitions: { ...definitions, rules: [...definitions.rules, gift] } },
    });
    const body = anApiKey({ mode: 'test', permissions: [...TILL, 'members.claim', 'definitions.read'] });
    const made = await call(server.local, createApiKey, { params, body });
    return { story, params, made, test: withSecret(made), olga: await story.person('owner') };
  }

  test('#47 Z25 what it sends stands on no board, in no list, takes nothing of what is shared, and meets no real card or key', async () => {
    const { story, params, made, test, olga } = await begin();
    expect(made.secret).toMatch(/^vk_test_/);
    const wrong = withSecret({ secret: made.secret.replace('test_', '') });
    expect(await refusal(wrong, getActivity, { params: { ...params, key: 'x' } })).toMatchObject({
      code: 'auth.keyInvalid',
    });
    const ana = await story.person();
    const bought = { ...aPurchase({ externalId: ana.externalId, totalMinor: 9_000 }), key: 'ticket-1' };
    const tried = await call(test, recordActivity, { params, body: bought });
    expect(tried.member).not.toBe(ana.member);
    expect(tried.lines.some(({ by }) => by.id === 'regalo')).toBe(true);
    expect((await ask(test, recordActivity, { params, body: bought })).headers.get('idempotency-replayed')).toBe(
      'true',
    );
    const sandboxed = { program: `${story.slug}~test` };
    await eventually(
      async () => (await call(olga.caller, getBoard, { params: { ...sandboxed, board: 'siempre' } })).rows.length === 1,
      { until: 'the sandbox has a board of its own' },
    );

    // Not here: books, budget, boards, lists, public pages.
    expect((await call(ana.caller, listEntries, { params: { ...params, member: 'me' } })).items).toEqual([]);
    const [shared] = (await call(olga.caller, listBudgets, { params })).items;
    expect(shared).toMatchObject({ used: 0, left: 30 });
    expect((await call(olga.caller, getBoard, { params: { ...params, board: 'siempre' } })).rows).toEqual([]);
    for (const program of [story.slug, sandboxed.program])
      expect((await call({ url: server.url }, getPodium, { params: { program } })).rows).toEqual([]);
    const listed = await call(olga.caller, listMembers, { params });
    expect([listed.total, listed.items.map(({ id }) => id)]).toEqual([1, [ana.member]]);
    const searched = await call(olga.caller, listMembers, { params, query: { search: ana.externalId } });
    expect(searched.items.map(({ id }) => id)).toEqual([ana.member]);
    for (const answer of [
      await call(olga.caller, listMembers, { params, query: { sandbox: 'true' } }),
      await call(olga.caller, listMembers, { params: sandboxed }),
      await call(test, listMembers, { params }),
    ])
      expect(answer.items.map(({ id }) => id)).toEqual([tried.member]);
    const one = { ...params, member: tried.member };
    expect(await refusal(olga.caller, getMember, { params: one })).toMatchObject({ code: 'member.notFound' });
    expect((await call(olga.caller, getMember, { params: { ...one, ...sandboxed } })).id).toBe(tried.member);

    // The same key and card of a live till are the first of their kind, and take the budget.
    const real = await story.record(bought);
    expect([real.member, real.lines.some(({ by }) => by.id === 'regalo')]).toEqual([ana.member, true]);
    expect((await call(test, getStanding, { params: story.member(ana.externalId) })).seq).toBe(tried.seq);
    expect(
      (await call(test, reverseActivity, { params: { ...params, key: 'ticket-1' }, body: { key: 'd' } })).member,
    ).toBe(tried.member);
    expect((await call(story.shop, getStanding, { params: story.member(ana.externalId) })).seq).toBe(1);
    expect(await verifyBooks(server)).toMatchObject({ code: 0 });
  });

  test('#47 A5 it takes in also where people enrol only by joining, and says which shop it was', async () => {
    const story = await Story.begin(server, { program: { enrolment: 'optIn' } });
    const olga = await story.person('owner');
    const shop = await aShop(story, 'Frutería Alba');
    const test = await aTill(story, { mode: 'test', source: shop });
    const bought = await call(test, recordActivity, { params: here(story), body: aPurchase({ externalId: '1808' }) });
    const params = { program: `${story.slug}~test`, member: bought.member, seq: String(bought.seq) };
    expect((await call(olga.caller, getEntry, { params })).cause.sender).toBe('Frutería Alba');
  });

  test('#47 nobody leads from it to what is real: no claim, no joining, no hand of staff, no live key, no member', async () => {
    const { story, params, test, olga } = await begin();
    const card = aKey('tarjeta');
    const { member } = await call(test, recordActivity, { params, body: aPurchase({ externalId: card }) });
    const sandboxed = { program: `${story.slug}~test`, member };
    const ana = await story.person();
    const give = { key: aKey('a'), currency: 'puntos', amount: 1, reason: 'Por probar' };
    for (const [caller, route, body, code] of [
      [test, createClaimCode, {}, 'sandbox.refused'],
      [olga.caller, createClaimCode, {}, 'sandbox.refused'],
      [olga.caller, adjustPoints, give, 'sandbox.refused'],
      [olga.caller, emptySandbox, undefined, 'sandbox.refused'],
      [story.shop, getMember, undefined, 'program.notFound'],
      [ana.caller, getMember, undefined, 'program.notFound'],
      [ana.caller, joinProgram, {}, 'sandbox.refused'],
    ] as const)
      expect(await refusal(caller, route, { params: sandboxed, body })).toMatchObject({ code });
    expect(await refusal(test, adjustPoints, { params: { ...params, member }, body: give })).toMatchObject({
      code: 'auth.forbidden',
    });
    const named = aPurchase({ member: { id: ana.member ?? '' } });
    expect(await refusal(test, recordActivity, { params, body: named })).toMatchObject({ code: 'member.notFound' });
    expect(
      await refusal(story.shop, recordActivity, { params, body: aPurchase({ member: { id: member } }) }),
    ).toMatchObject({ code: 'member.notFound' });
    expect(await call({ url: server.url }, getProgram, { params: { program: sandboxed.program } })).toMatchObject({
      id: story.program.id,
      slug: `${story.slug}~test`,
    });
  });

  test('#47 emptied, it begins anew: the same cards and keys count as if for the first time, whatever comes in meanwhile', async () => {
    const { story, params, test, olga } = await begin();
    const marta = await story.person('manager');
    expect(await refusal(marta.caller, emptySandbox, { params })).toMatchObject({ code: 'auth.forbidden' });
    const bought = aPurchase({ externalId: aKey('tarjeta'), totalMinor: 1_000 });
    const before = await call(test, recordActivity, { params, body: bought });
    const others = Array.from({ length: 12 }, () => aPurchase({ externalId: aKey('tarjeta') }));
    const [emptied, ...sent] = await Promise.all([
      call(olga.caller, emptySandbox, { params }),
      ...others.map((body) => ask(test, recordActivity, { params, body })),
    ]);
    expect(emptied).toEqual({ generation: 2 });
    expect(sent.map(({ status }) => status)).toEqual(others.map(() => 201));
    expect(await refusal(test, getActivity, { params: { ...params, key: bought.key } })).toMatchObject({
      code: 'activity.notFound',
    });
    const again = await call(test, recordActivity, { params, body: bought });
    expect(again.member).not.toBe(before.member);
    // What is shared may be another's by now; all else is as the first time.
    const own = ({ lines }: typeof again) => lines.flatMap(({ by, amount }) => (by.id === 'regalo' ? [] : [amount]));
    expect([again.seq, own(again)]).toEqual([before.seq, own(before)]);
    // Each of what came in meanwhile is there as a whole, or was emptied as a whole.
    const { items } = await call(test, listMembers, { params, query: { limit: '100' } });
    for (const { key } of others) {
      const answer = await ask(test, getActivity, { params: { ...params, key } });
      const found = answer.status === 200 ? (JSON.parse(answer.text) as { member: string }).member : null;
      if (found !== null) expect(items.map(({ id }) => id)).toContain(found);
      else expect(answer.status).toBe(404);
    }
    const [entry] = (await call(olga.caller, listAuditEntries, { params })).items;
    expect(entry).toMatchObject({ action: 'sandbox.emptied', before: { generation: 1 }, after: { generation: 2 } });
    expect(await verifyBooks(server)).toMatchObject({ code: 0 });
  });
});
