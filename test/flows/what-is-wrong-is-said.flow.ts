import { es as ledgerWords } from '@verbena/shared/ledger/ledger.es.js';
import { explainReceipt } from '@verbena/shared/ledger/explain-receipt.js';
import { Format } from '@verbena/shared/words/format.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aKey, aPurchase } from '#support/factories.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';
const ID = '01KB7Q2M5X8N3V9T4C6R0W1E2H';

let server: TestServer;
let story: Story;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
  story = await Story.begin(server);
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
