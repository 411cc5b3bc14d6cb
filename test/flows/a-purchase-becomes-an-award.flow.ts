import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import { getActivity, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { getMember } from '@verbena/shared/members/members.routes.js';
import { ulid } from 'ulid';
import { aCoupon, aKey, anApiKey, aProgram, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { createApiKey, revokeApiKey } from '@verbena/shared/identity/api-keys.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { createProgram } from '@verbena/shared/programs/programs.routes.js';
import { publish } from '#support/undo-story.js';

/** Friday; 11:00 in Madrid. The week began on Monday the 16th, and Wednesday was the 18th. */
const NOW = '2026-11-20T10:00:00.000Z';
const TODAY = '2026-11-20T09:00:00Z';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

describe('a purchase becomes an award', () => {
  test('B1 points with their reason, mission progress and a badge, in the answer, the wallet and the standing', async () => {
    const story = await Story.begin(server);
    const draft = aPurchase({ totalMinor: 5_299, privateLabelMinor: 250, occurredAt: TODAY });
    const { externalId } = draft.member as { externalId: string };
    const result = await story.record(draft);

    expect(result).toMatchObject({
      seq: 1,
      outcome: 'accepted',
      balances: { puntos: 54 },
      occurredAt: '2026-11-20T09:00:00.000Z',
    });
    expect(result.lines.map(({ by, amount }) => [by.id, amount])).toEqual([
      ['compra', 52],
      ['marca-propia', 2],
    ]);
    expect(result.lines[0]?.lot).toEqual({ activated: '2026-11-20', expires: '2027-11-21' });
    expect(result.effects).toContainEqual(
      expect.objectContaining({ type: 'mission.progressed', mission: 'diez-visitas', period: '2026-11', progress: 1 }),
    );
    expect(result.effects).toContainEqual(expect.objectContaining({ type: 'badge.granted', badge: 'primera-compra' }));

    expect(await story.standing(externalId)).toMatchObject({
      seq: 1,
      balances: { puntos: 54 },
      earned: { ever: 54, year: 54 },
      expiring: { puntos: [{ amount: 54, until: '2027-11-20' }] },
      tier: { id: 'socio', next: { id: 'plata', threshold: 500, missing: 446 } },
      badges: [{ id: 'primera-compra', on: '2026-11-20' }],
    });
    const [entry] = await story.journal(externalId);
    expect(entry).toMatchObject({ seq: 1, cause: { type: 'purchase', channel: 'shop', source: 'program' } });
    expect(entry?.receipt.fired[0]).toMatchObject({ kind: 'rule', id: 'compra', amount: 52 });
    expect(entry?.receipt.missed.map(([definition]) => definition)).toContain('mission:diez-visitas');
    expect(await story.mission(externalId, 'diez-visitas')).toMatchObject({
      progress: 1,
      target: 10,
      endsOn: '2026-11-30',
      done: false,
    });
  });

  test('B1 the next tier is reached in the same decision, and multiplies from the next purchase on', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    const up = await story.record(aPurchase({ externalId, totalMinor: 50_000, occurredAt: TODAY }));
    expect(up.lines.map(({ amount }) => amount)).toEqual([500]);
    expect(up.effects).toContainEqual(
      expect.objectContaining({ type: 'tier.moved', from: 'socio', to: 'plata', direction: 'up', until: '2027-12-31' }),
    );
    const next = await story.record(aPurchase({ externalId, totalMinor: 10_000, occurredAt: TODAY }));
    expect(next.lines.map(({ amount }) => amount)).toEqual([110]);
    const wednesday = await story.record(
      aPurchase({ externalId, totalMinor: 10_000, occurredAt: '2026-11-18T12:00:00+01:00' }),
    );
    expect(wednesday.lines.map(({ amount }) => amount)).toEqual([220]);
    expect(await story.standing(externalId)).toMatchObject({
      balances: { puntos: 830 },
      tier: { id: 'plata', until: '2027-12-31', next: { id: 'oro', missing: 670 } },
    });
  });

  test('B1 eight departments in a month complete a mission, whose reward and badge are in the same entry', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    const departments = DEPARTMENTS.slice(0, 8);
    await story.record(
      aPurchase({ externalId, totalMinor: 1_000, departments: departments.slice(0, 5), occurredAt: TODAY }),
    );
    const done = await story.record(
      aPurchase({ externalId, totalMinor: 1_000, departments: departments.slice(4), occurredAt: TODAY }),
    );
    expect(done.lines.map(({ by, amount }) => [by.id, amount])).toEqual([
      ['compra', 10],
      ['ocho-secciones', 50],
    ]);
    expect(done.effects).toContainEqual(
      expect.objectContaining({ type: 'mission.completed', mission: 'ocho-secciones' }),
    );
    expect(done.effects).toContainEqual(expect.objectContaining({ type: 'badge.granted', badge: 'exploradora' }));
    expect(await story.mission(externalId, 'ocho-secciones')).toMatchObject({
      progress: 8,
      done: true,
      completions: 1,
    });
  });

  test('B1 a purchase of nothing counts as a visit and earns nothing', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    const result = await story.record(aPurchase({ externalId, totalMinor: 0, occurredAt: TODAY }));
    expect(result.lines).toEqual([]);
    expect(await story.mission(externalId, 'diez-visitas')).toMatchObject({ progress: 1 });
    const [entry] = await story.journal(externalId);
    expect(entry?.receipt.missed.find(([definition]) => definition === 'rule:compra')?.[2]).toBe('zero');
  });

  test('A1 a member exists with its first activity, and fifty first activities at once make one member', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    expect((await refusal(story.shop, getMember, { params: story.member(externalId) })).code).toBe('member.notFound');
    const results = await Promise.all(
      Array.from({ length: 50 }, () => story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: TODAY }))),
    );
    expect(new Set(results.map(({ member }) => member)).size).toBe(1);
    expect(results.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    const member = await call(story.shop, getMember, { params: story.member(externalId) });
    expect(member).toMatchObject({
      id: results[0]?.member,
      externalIds: [externalId],
      hasLogin: false,
      language: 'es',
    });
    const { balances } = await story.standing(externalId);
    expect(balances['puntos']).toBe(results.flatMap(({ lines }) => lines).reduce((sum, { amount }) => sum + amount, 0));
  });
});

describe('one key counts once', () => {
  test('B6 the same key and body again: the same bytes, and a header that says so', async () => {
    const story = await Story.begin(server);
    const draft = aPurchase({ totalMinor: 2_000 });
    const first = await story.post(draft);
    const again = await story.post(draft);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const { externalId } = draft.member as { externalId: string };
    expect(await story.journal(externalId)).toHaveLength(1);
  });

  test('B6 without occurredAt a retry a minute later is the same activity', async () => {
    const story = await Story.begin(server);
    const { occurredAt: _, ...draft } = aPurchase({ totalMinor: 2_000 });
    const first = await story.post(draft);
    const again = await story.post(
      JSON.stringify(draft, Object.keys(draft).sort().concat('externalId', 'totalMinor', 'store')),
    );
    expect(again.text).toBe(first.text);
  });

  test('B6 the same key with another body is refused and changes nothing', async () => {
    const story = await Story.begin(server);
    const draft = aPurchase({ totalMinor: 2_000 });
    await story.record(draft);
    const answer = await story.refusal({ ...draft, attributes: { ...draft.attributes, totalMinor: 9_000 } });
    expect(answer).toMatchObject({ status: 422, code: 'activity.keyReused' });
    const { externalId } = draft.member as { externalId: string };
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 20 });
  });

  test('B6 the same key from another program is another activity', async () => {
    const [one, other] = [await Story.begin(server), await Story.begin(server)];
    const draft = aPurchase({ totalMinor: 2_000 });
    const [first, second] = [await one.record(draft), await other.record(draft)];
    expect(second.id).not.toBe(first.id);
    expect(second.member).not.toBe(first.member);
  });

  test('A1 B6 what became of a key and of a member can be asked at any time', async () => {
    const story = await Story.begin(server);
    const draft = aPurchase({ totalMinor: 2_000 });
    const sent = await story.post(draft);
    const read = await ask(story.shop, getActivity, { params: { program: story.slug, key: draft.key } });
    expect([read.status, read.text]).toEqual([200, sent.text]);
    const unknown = await refusal(story.shop, getActivity, { params: { program: story.slug, key: 'nunca' } });
    expect(unknown).toMatchObject({ status: 404, code: 'activity.notFound' });
    // The same key sent by staff would be another source's; a key's own source does not see it.
    const byId = await call(story.shop, getMember, {
      params: { program: story.slug, member: (JSON.parse(sent.text) as { member: string }).member },
    });
    expect(byId.externalIds).toEqual([(draft.member as { externalId: string }).externalId]);
  });
});

describe('what is refused says why', () => {
  test('B2 attributes of a wrong type, missing or unknown name the field, in Spanish and in English', async () => {
    const story = await Story.begin(server);
    const draft = aPurchase({ totalMinor: -5 });
    const fieldsOf = async (body: unknown, language: string) => {
      const answer = await story.post(body, { 'accept-language': language });
      expect(answer.status).toBe(400);
      const problem = JSON.parse(answer.text) as {
        code: string;
        fields: { path: (string | number)[]; code: string; detail: string }[];
      };
      expect(problem.code).toBe('input.invalid');
      return problem.fields.map(({ path, code, detail }) => [path.join('.'), code, detail]);
    };
    expect(await fieldsOf(draft, 'es-ES,es;q=0.9')).toEqual([
      ['attributes.totalMinor', 'minimum', 'Tiene que ser al menos 0.'],
    ]);
    expect(await fieldsOf(draft, 'en')).toEqual([['attributes.totalMinor', 'minimum', 'It has to be at least 0.']]);
    expect(await fieldsOf({ ...draft, attributes: { totalMinor: '5', tienda: 'x' } }, 'es')).toEqual(
      expect.arrayContaining([
        ['attributes.totalMinor', 'type.integer', expect.any(String)],
        ['attributes.tienda', 'unknown', expect.any(String)],
      ]),
    );
    expect(await fieldsOf({ ...draft, attributes: {} }, 'es')).toEqual([
      ['attributes.totalMinor', 'required', 'Falta este campo.'],
    ]);
    expect(
      await fieldsOf(
        { ...draft, attributes: { totalMinor: 1, departments: [{ name: 'Pan', amountMinor: 0.5 }] } },
        'es',
      ),
    ).toEqual([['attributes.departments.0.amountMinor', 'type.integer', expect.any(String)]]);
  });

  test('B2 an unknown type, an unknown member, and a body that is no JSON', async () => {
    const story = await Story.begin(server);
    expect(await story.refusal(aPurchase({ type: 'paseo' }))).toMatchObject({
      status: 422,
      code: 'activity.unknownType',
    });
    expect(await story.refusal(aPurchase({ member: { id: ulid() } }))).toMatchObject({
      status: 404,
      code: 'member.notFound',
    });
    expect(await story.refusal('{"key":')).toMatchObject({ status: 400, code: 'input.unreadable' });
    expect(await story.refusal({})).toMatchObject({ status: 400, code: 'input.invalid' });
    const form = await fetch(`${server.url}/api/v1/programs/${story.slug}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${story.shop.bearer}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'type=purchase',
    });
    expect([form.status, await form.json()]).toEqual([415, expect.objectContaining({ code: 'input.mediaType' })]);
  });

  test('B5 more than 400 days before the newest is too late, more than five minutes ahead is the future', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, occurredAt: TODAY }));
    const late = await story.refusal(aPurchase({ externalId, occurredAt: '2025-10-15T08:00:00Z' }));
    expect(late).toMatchObject({ status: 422, code: 'activity.tooLate' });
    await story.record(aPurchase({ externalId, occurredAt: '2025-10-17T08:00:00Z' }));
    const future = await story.refusal(aPurchase({ externalId, occurredAt: '2026-11-20T10:10:00Z' }));
    expect(future).toMatchObject({ status: 422, code: 'activity.inFuture', fields: [{ path: ['occurredAt'] }] });
    expect(await story.journal(externalId)).toHaveLength(2);
  });

  test('a key sends only its types, only to its own program, and nothing once it is withdrawn', async () => {
    const story = await Story.begin(server, { key: { types: ['purchase'] } });
    const stranger = await Story.begin(server);
    expect(await story.refusal(aCoupon())).toMatchObject({ status: 403, code: 'auth.activityTypeForbidden' });
    expect(await story.refusal(aPurchase({ type: 'referral.qualified', attributes: {} }))).toMatchObject({
      status: 403,
    });
    const foreign = await refusal(stranger.shop, recordActivity, {
      params: { program: story.slug },
      body: aPurchase(),
    });
    expect(foreign).toMatchObject({ status: 404, code: 'program.notFound' });
    const nobody = await refusal({ url: server.url }, recordActivity, {
      params: { program: story.slug },
      body: aPurchase(),
    });
    expect(nobody).toMatchObject({ status: 401, code: 'auth.required' });
    const key = await call(server.local, createApiKey, { params: { program: story.slug }, body: anApiKey() });
    await call(server.local, revokeApiKey, { params: { program: story.slug, key: key.id } });
    const withdrawn = await refusal({ url: server.url, bearer: key.secret }, recordActivity, {
      params: { program: story.slug },
      body: aPurchase(),
    });
    expect(withdrawn).toMatchObject({ status: 401, code: 'auth.keyInvalid' });
  });

  test('no key can be made for what a type keeps for the program itself', async () => {
    const program = await call(server.local, createProgram, { body: aProgram() });
    const answer = await refusal(server.local, createApiKey, {
      params: { program: program.slug },
      body: anApiKey({ types: ['profile.completed', 'purchase'] }),
    });
    expect(answer).toMatchObject({ status: 422, code: 'activity.unknownType', params: { type: 'profile.completed' } });
  });
});

describe('when it happened decides, not when it came', () => {
  test('B5 a late purchase lands in its own month, lot and week', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: TODAY }));
    const late = await story.record(
      aPurchase({ externalId, totalMinor: 3_000, occurredAt: '2026-10-05T18:00:00+02:00' }),
    );
    expect(late.lines[0]?.lot).toEqual({ activated: '2026-10-05', expires: '2027-10-06' });
    expect(late.effects).toContainEqual(
      expect.objectContaining({ type: 'mission.progressed', mission: 'diez-visitas', period: '2026-10', progress: 1 }),
    );
    expect(await story.mission(externalId, 'diez-visitas')).toMatchObject({ progress: 1 });
    expect((await story.standing(externalId)).expiring['puntos']).toEqual([
      { amount: 30, until: '2027-10-05' },
      { amount: 10, until: '2027-11-20' },
    ]);
  });

  test('B5 a late purchase that fills the gap of a streak completes it', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    for (const day of ['2026-10-26', '2026-11-02', '2026-11-16'])
      await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: `${day}T12:00:00Z` }));
    const filled = await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: '2026-11-10T12:00:00Z' }));
    expect(filled.effects).toContainEqual(
      expect.objectContaining({
        type: 'mission.completed',
        mission: 'racha-semanal',
        weeks: ['2026-W44', '2026-W45', '2026-W46', '2026-W47'],
      }),
    );
    expect(filled.lines.find(({ by }) => by.id === 'racha-semanal')?.amount).toBe(80);
  });

  test('B3 B8 a share counts once a day, following once for ever, a review once in a while; beyond that the entry says why', async () => {
    const story = await Story.begin(server);
    const earning = (id: string, amount: number): Definitions['rules'][number] => ({
      ...{ id, rev: 1, name: { es: id }, on: { activity: `${id}.made` }, zone: 'program' },
      earn: [{ currency: 'puntos', amount: { product: [{ ratio: [amount, 1] }] } }],
    });
    const made = (id: string, limit: ActivityType['limit']): ActivityType => ({
      ...{ id: `${id}.made`, rev: 1, name: { es: id }, limit },
      attributes: { type: 'object', properties: { network: { type: 'string', maxLength: 40 } }, required: ['network'] },
    });
    await publish(story, ({ activityTypes, rules }) => {
      activityTypes.push(made('share', { most: { times: 1, per: 'day' }, zone: 'program' }));
      activityTypes.push(made('follow', { most: { times: 1, per: 'ever' }, zone: 'program' }));
      activityTypes.push(made('review', { coolDownMinutes: 1_440, zone: 'program' }));
      rules.push(earning('share', 5), earning('follow', 20), earning('review', 30));
    });
    const { secret } = await call(server.local, createApiKey, {
      params: { program: story.slug },
      body: anApiKey({ types: ['share.made', 'follow.made', 'review.made'] }),
    });
    const externalId = aKey('tarjeta');
    const does = async (what: string, occurredAt: string) => {
      const body = {
        key: aKey(what),
        type: `${what}.made`,
        member: { externalId },
        occurredAt,
        attributes: { network: 'mastodon' },
      };
      const {
        outcome,
        refusal: why,
        lines,
      } = await call({ url: server.url, bearer: secret }, recordActivity, {
        params: { program: story.slug },
        body,
      });
      return why ?? [outcome, ...lines.map(({ amount }) => amount)];
    };
    const [monday, later, tuesday] = ['2026-11-16T10:00:00Z', '2026-11-16T12:00:00Z', '2026-11-17T10:00:01Z'];
    expect([await does('share', monday), await does('share', later), await does('share', tuesday)]).toEqual([
      ['accepted', 5],
      'activity.limitReached',
      ['accepted', 5],
    ]);
    expect([await does('follow', monday), await does('follow', tuesday)]).toEqual([
      ['accepted', 20],
      'activity.limitReached',
    ]);
    expect([await does('review', monday), await does('review', later), await does('review', tuesday)]).toEqual([
      ['accepted', 30],
      'activity.coolDown',
      ['accepted', 30],
    ]);
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 90 });
  });

  test('B8 four coupons a calendar day of the program earn, the fifth is accepted and says why not', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    // 23:30 and 00:30 in Madrid: one hour and two days.
    const evening = '2026-11-12T22:30:00Z';
    const night = '2026-11-12T23:30:00Z';
    const results = [];
    for (let count = 0; count < 5; count += 1)
      results.push(await story.record(aCoupon({ externalId, occurredAt: evening })));
    const nextDay = await story.record(aCoupon({ externalId, occurredAt: night }));
    expect(results.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1, 0]);
    expect(results[4]).toMatchObject({ outcome: 'accepted', balances: { puntos: 100 } });
    expect(nextDay.balances).toMatchObject({ puntos: 125 });
    const entry = await call(story.shop, getEntry, { params: { ...story.member(externalId), seq: '5' } });
    expect(entry.receipt.missed).toContainEqual(['rule:cupon', 1, 'cap:day', 4, 4]);
  });
});

describe('a batch', () => {
  test('B5 B6 each place answers for itself, in its order', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    const good = aPurchase({ externalId, totalMinor: 1_000, occurredAt: TODAY });
    const results = await story.batch([
      good,
      { ...aPurchase({ externalId }), attributes: { totalMinor: 'mucho' } },
      aPurchase({ externalId, type: 'paseo' }),
      'una compra',
      aPurchase({ member: { id: ulid() } }),
      good,
      { ...good, channel: 'online' },
      aPurchase({ externalId, totalMinor: 2_000, occurredAt: TODAY }),
    ]);
    expect(results.map((one) => (one.status === 'refused' ? one.code : `${one.status} ${one.result.seq}`))).toEqual([
      'accepted 1',
      'input.invalid',
      'activity.unknownType',
      'input.invalid',
      'member.notFound',
      'replayed 1',
      'activity.keyReused',
      'accepted 2',
    ]);
    expect(results[1]).toMatchObject({ fields: [{ path: ['attributes', 'totalMinor'], code: 'type.integer' }] });
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 30 });
  });

  test('B5 more than a thousand is refused whole', async () => {
    const story = await Story.begin(server);
    const many = Array.from({ length: 1_001 }, () => ({}));
    await expect(story.batch(many)).rejects.toThrow('input.invalid');
  });
});

describe('the wallet', () => {
  test('pages without overlap, newest first, and can show only what moved points', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    for (let count = 0; count < 7; count += 1)
      await story.record(aPurchase({ externalId, totalMinor: count % 2 === 0 ? 1_000 : 0, occurredAt: TODAY }));
    const params = story.member(externalId);
    const first = await call(story.shop, listEntries, { params, query: { limit: '4' } });
    expect(first.items.map(({ seq }) => seq)).toEqual([7, 6, 5, 4]);
    const rest = await call(story.shop, listEntries, { params, query: { limit: '4', before: String(first.next) } });
    expect(rest.items.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(rest.next).toBeUndefined();
    const points = await call(story.shop, listEntries, { params, query: { only: 'points' } });
    expect(points.items.map(({ seq }) => seq)).toEqual([7, 5, 3, 1]);
    expect(await refusal(story.shop, getEntry, { params: { ...params, seq: '99' } })).toMatchObject({
      code: 'entry.notFound',
    });
    expect(await refusal(story.shop, getStanding, { params: story.member('nadie') })).toMatchObject({
      code: 'member.notFound',
    });
  });
});

test('health says 200 and the state of each part', async () => {
  const health = await server.health();
  expect(health.status).toBe('ok');
  expect(Object.keys(health.parts).sort()).toEqual(['books', 'database', 'lanes', 'mail', 'outbox', 'queues', 'redis']);
});
