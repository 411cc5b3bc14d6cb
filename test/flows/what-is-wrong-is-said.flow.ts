import { recordActivities, reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { createApiKey, listApiKeys } from '@verbena/shared/identity/api-keys.routes.js';
import { getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { es as ledgerWords } from '@verbena/shared/ledger/ledger.es.js';
import { explainReceipt } from '@verbena/shared/ledger/explain-receipt.js';
import { Format } from '@verbena/shared/words/format.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aKey, anApiKey, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';
const ID = '01KB7Q2M5X8N3V9T4C6R0W1E2H';

let server: TestServer;
let story: Story;
/** A key that sends and returns, and no more. */
let till: Caller;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
  story = await Story.begin(server);
  const key = anApiKey({ permissions: ['activities.write', 'activities.reverse'] });
  const { secret } = await call(server.local, createApiKey, { params: { program: story.slug }, body: key });
  till = { url: server.url, bearer: secret };
});
afterAll(() => server?.stop());

/** The malformed inputs of a first hour with the API, and what each is told. */
test.each<[string, Record<string, unknown> | string, readonly string[]]>([
  ['a list', '[]', [': Tiene que ser un objeto con campos, y es una lista.']],
  ['a text', '"x"', [': Tiene que ser un objeto con campos, y es un texto.']],
  ['a key that is a number', { key: 123 }, ['key: Tiene que ser un texto, y es un número.']],
  ['no key', { key: undefined }, ['key: Falta este campo.']],
  [
    'a key with a line break',
    { key: 'T-\n1' },
    [
      'key: Escribe una sola línea de letras sin tilde, cifras y signos corrientes, sin espacios al principio ni al final, como T-000123.',
    ],
  ],
  [
    'no member',
    { member: undefined },
    [
      `member: Falta este campo. Por ejemplo: { "externalId": "1808" }, { "code": "839184644" }, { "email": "ana@example.com" } o { "id": "${ID}" }`,
    ],
  ],
  [
    'a member that is a text',
    { member: '1808' },
    [
      `member: Tiene que ser un objeto con campos, y es un texto. Por ejemplo: { "externalId": "1808" }, { "code": "839184644" }, { "email": "ana@example.com" } o { "id": "${ID}" }`,
    ],
  ],
  ['both ids', { member: { externalId: '12', id: ID } }, ['member: De estos campos, pon solo uno: id, externalId.']],
  [
    'a card with blanks',
    { member: { externalId: ' 12' } },
    ['member.externalId: No puede empezar ni acabar con espacios. Quítalos.'],
  ],
  [
    'a card with a line break',
    { member: { externalId: '1\n2' } },
    ['member.externalId: Escribe una sola línea, sin espacios al principio ni al final y sin signos invisibles.'],
  ],
  [
    'a date without a zone',
    { occurredAt: '2026-11-19T10:00:00' },
    ['occurredAt: Escribe una fecha con hora y zona, como 2026-11-29T18:30:00Z.'],
  ],
  [
    '31 February',
    { occurredAt: '2026-02-31T10:00:00Z' },
    ['occurredAt: Esa fecha no existe, o su año no está entre 1900 y 2100.'],
  ],
  [
    'a date in the future',
    { occurredAt: '2026-11-21T10:00:00Z' },
    ['occurredAt: Todavía no ha llegado. Pon un momento que ya haya pasado, o revisa el reloj que lo escribe.'],
  ],
  ['attributes that are null', { attributes: null }, ['attributes: Tiene que ser un objeto con campos, y es null.']],
  [
    'a channel of another name',
    { channel: 'web' },
    ['channel: Tiene que ser uno de estos valores: shop, online, app, event, partner, import, staff, system.'],
  ],
  [
    '#44 an own brand above the total',
    { attributes: { totalMinor: 100, privateLabelMinor: 5_000 } },
    ['attributes.privateLabelMinor: No puede ser mayor que «Total».'],
  ],
  ['an unknown type', { type: 'paseo' }, ['type: Tiene que ser uno de estos valores: purchase, coupon.redeemed.']],
])('#20 %s is told by its kind, with what is expected', async (_, given, expected) => {
  const body = typeof given === 'string' ? given : { ...aPurchase(), ...given };
  const { fields = [] } = await story.refusal(body, { 'accept-language': 'es' });
  expect(fields.map(({ path, detail }) => `${path.join('.')}: ${detail ?? ''}`)).toEqual(expected);
});

test('#20 a name that JSON may have and no field has is refused by its name, and nothing of it is dropped', async () => {
  const draft = JSON.stringify(aPurchase());
  const attributes = `{"totalMinor":100,"__proto__":{"isStaff":true}}`;
  const body = draft.replace(/"attributes":\{.*?\}/, `"attributes":${attributes}`);
  expect(await story.refusal(body)).toMatchObject({
    status: 400,
    code: 'input.invalid',
    fields: [{ path: ['attributes', '__proto__'], code: 'unknown' }],
  });
  const built = aPurchase({ attributes: { totalMinor: 100, constructor: 'x' } });
  expect(await story.refusal(built)).toMatchObject({
    fields: [{ path: ['attributes', 'constructor'], code: 'unknown' }],
  });
});

test('#6 the receipt of a Wednesday names the boost that doubled it, on its way through the API too', async () => {
  const externalId = aKey('tarjeta');
  await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: '2026-11-18T10:00:00Z' }));
  const entry = (await story.journal(externalId)).find(({ cause }) => cause.type === 'purchase');
  if (entry === undefined) throw new Error('There is no purchase.');
  const told = explainReceipt(entry, shoppingCentre, {
    language: 'es',
    words: ledgerWords,
    format: new Format('es'),
    today: '2026-11-20',
  });
  const because = told.why.find(({ id }) => id.startsWith('rule:compra'))?.because;
  expect(because).toContain('Miércoles doble: ×2');
  expect(because).not.toContain('×2');
});

test('#44 what remains of a return keeps to it too, and a total of nothing is still taken', async () => {
  const purchase = aPurchase({ totalMinor: 5_000, privateLabelMinor: 2_000 });
  await story.record(purchase);
  const back = (remaining: Record<string, unknown>) =>
    ask(till, reverseActivity, {
      params: { program: story.slug, key: purchase.key },
      body: { key: aKey(), reason: 'Devuelve casi todo', remaining },
    });
  const refused = await back({ totalMinor: 1_000 });
  expect(refused.status).toBe(400);
  expect(JSON.parse(refused.text)).toMatchObject({
    fields: [{ path: ['remaining', 'privateLabelMinor'], code: 'atMostField', params: { field: 'totalMinor' } }],
  });
  expect((await back({ totalMinor: 1_000, privateLabelMinor: 1_000 })).status).toBe(201);
  expect(await story.record(aPurchase({ totalMinor: 0, privateLabelMinor: 0 }))).toMatchObject({ lines: [] });
});

describe('#48 what a machine is told', () => {
  test('#48 a missing right is named, with those that the key has, in the language asked for and with the address of its page', async () => {
    const params = { program: story.slug, member: `ext:${aKey('nadie')}` };
    const { headers: _, ...problem } = await refusal(till, getStanding, {
      params,
      headers: { 'accept-language': 'es' },
    });
    expect(problem).toMatchObject({
      type: `${server.url}/docs/errors/auth.forbidden`,
      title: 'Falta el permiso para hacerlo',
      detail: 'A esta clave le falta el permiso members.read. Tiene: activities.write, activities.reverse.',
      params: { right: 'members.read', has: 'activities.write, activities.reverse' },
    });
    const english = await refusal(till, getStanding, { params, headers: { 'accept-language': 'en-GB' } });
    expect([english.title, english.detail]).toEqual([
      'You may not do this',
      'This key lacks the right members.read. It has: activities.write, activities.reverse.',
    ]);
    expect(await refusal(till, listApiKeys, { params })).toMatchObject({
      code: 'auth.forbidden',
      params: { right: 'keys.manage', person: true },
      detail: 'Esto lo hace una persona con su cuenta: ninguna clave de API puede.',
    });
    const { status } = await fetch(problem.type);
    expect(status).toBe(200);
  });

  test('#48 who sends no key hears how to send one; a browser hears to log in', async () => {
    const url = `${server.url}/api/v1/programs/${story.slug}/activity-types`;
    const asked = async (headers: Record<string, string>) => {
      const response = await fetch(url, { headers });
      return { status: response.status, ...((await response.json()) as { detail: string }) };
    };
    const machine = await asked({});
    expect([machine.status, machine.detail]).toEqual([401, expect.stringContaining('Authorization: Bearer vk_')]);
    expect((await asked({ authorization: 'Basic abc', 'accept-language': 'en' })).detail).toContain('needs an API key');
    expect((await asked({ 'sec-fetch-site': 'same-origin' })).detail).toBe('Entra con tu cuenta para continuar.');
  });

  test.each(['GET', 'PUT', 'DELETE'])(
    '#48 %s where only POST goes: 405 with Allow; elsewhere 404 as before',
    async (method) => {
      const url = `${server.url}/api/v1/programs/${story.slug}/activities`;
      const response = await fetch(url, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
      expect(await response.json()).toMatchObject({
        code: 'route.methodNotAllowed',
        detail: 'Esta dirección no admite ese método. Admite: POST.',
        params: { allowed: 'POST' },
      });
      const nowhere = await fetch(`${url}/a/b/c`, { method });
      expect([nowhere.status, ((await nowhere.json()) as { code: string }).code]).toEqual([404, 'route.notFound']);
    },
  );

  test('#48 each refused place of a batch says why in words, its fields too', async () => {
    const drafts = [aPurchase(), aPurchase({ type: 'paseo' }), aPurchase({ totalMinor: -1 })];
    const { results } = await call(story.shop, recordActivities, {
      params: { program: story.slug },
      body: { activities: drafts },
      headers: { 'accept-language': 'es' },
    });
    expect(results).toMatchObject([
      { status: 'accepted' },
      { code: 'activity.unknownType', detail: 'El programa no conoce el tipo de actividad «paseo».' },
      {
        code: 'input.invalid',
        detail: 'Revisa los campos señalados.',
        fields: [{ path: ['attributes', 'totalMinor'], detail: 'Tiene que ser al menos 0.' }],
      },
    ]);
  });

  test('#48 a key that was used says since when and which fields differ, and names no value', async () => {
    const first = aPurchase({ totalMinor: 1_000, occurredAt: NOW });
    const { at } = await story.record(first);
    const changed = { ...first, member: { externalId: aKey('otra') }, attributes: { totalMinor: 990 } };
    const problem = await story.refusal(changed);
    expect(problem).toMatchObject({
      code: 'activity.keyReused',
      params: { since: at, differs: 'member, attributes.totalMinor, attributes.store' },
    });
    expect(problem.detail).toContain('(no coincide: member, attributes.totalMinor, attributes.store)');
    const { occurredAt: __, ...undated } = first;
    expect(await story.refusal({ ...undated, occurredAt: '2026-11-19T10:00:00Z' })).toMatchObject({
      params: { differs: 'occurredAt' },
    });
  });
});
