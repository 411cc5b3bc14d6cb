import { Validator } from '@seriousme/openapi-schema-validator';
import { recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { getMe } from '@verbena/shared/identity/identity.routes.js';
import { API_PREFIX, type RouteSpec } from '@verbena/shared/platform/route.js';
import { type ApiDocument, DescribedAnswers } from '#support/described-answers.js';
import { aPurchase } from '#support/factories.js';
import { type Answer, ask } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let printed: string;
beforeAll(async () => {
  server = await startServer();
  printed = await (await fetch(`${server.url}/api/openapi.json`)).text();
});
afterAll(() => server?.stop());

/** The document with other things at some places; a place is its path in JSON, and must be there. */
function changed(changes: Readonly<Record<string, unknown>> = {}): ApiDocument {
  const document = JSON.parse(printed) as ApiDocument;
  for (const [place, value] of Object.entries(changes)) {
    const steps = place.split(' ');
    const last = steps.pop() ?? '';
    const holder = steps.reduce<unknown>((one, step) => (one as Record<string, unknown>)[step], document);
    if (!Object.hasOwn(holder as object, last)) throw new Error(`Nothing is at ${place}.`);
    (holder as Record<string, unknown>)[last] = value;
  }
  return document;
}

const ACTIVITIES = 'paths /api/v1/programs/{program}/activities post';
const ANSWER = `${ACTIVITIES} responses 201 content application/json schema`;
const RECORDED = 'components schemas ActivityResult';

/** What is wrong with the whole of a document, by the schema of OpenAPI 3.1 and by that of JSON Schema 2020-12. */
async function problemOf(document: ApiDocument): Promise<string | null> {
  try {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    if (!valid) return JSON.stringify(errors);
    new DescribedAnswers(document, true).compileAll();
    return null;
  } catch (error) {
    return String(error);
  }
}

test('the document that the server prints follows OpenAPI 3.1 and JSON Schema 2020-12', async () => {
  expect(await problemOf(changed())).toBeNull();
  expect(new DescribedAnswers(changed()).compileAll()).toBeGreaterThan(1_000);
});

describe('#11 A18 a stranger finds the way in it', () => {
  interface Reference {
    readonly tags: readonly { readonly name: string }[];
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly tags: readonly string[] }>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> };
  }
  const reference = () => JSON.parse(printed) as Reference;
  const at = (place: string): unknown =>
    place.split(' ').reduce<unknown>((one, step) => (one as Record<string, unknown>)[step], reference());

  test('bodies, answers and what they hold have the names of the contract, each printed once', () => {
    const named = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    expect(at(`${ACTIVITIES} requestBody content application/json schema`)).toEqual(named('ActivityDraft'));
    expect(at(ANSWER)).toEqual(named('ActivityResult'));
    expect(at(`${RECORDED} properties lines`)).toMatchObject({ type: 'array', items: named('PointsLine') });
    expect(Object.keys(reference().components.schemas).length).toBeGreaterThan(250);
    // With everything in its place each time it would be twice as long.
    expect(printed.length).toBeLessThan(850_000);
  });

  test('what the till sends is described: attributes of the preset, minor units, the key', () => {
    const draft = at('components schemas ActivityDraft properties') as Record<string, { description?: string }>;
    expect(draft['key']?.description).toContain('activity.keyReused');
    expect(draft['attributes']).toMatchObject({
      anyOf: expect.arrayContaining([{ $ref: '#/components/schemas/PurchaseAttributes' }]) as unknown,
    });
    expect(at('components schemas PurchaseAttributes properties totalMinor')).toMatchObject({
      type: 'integer',
      title: 'Total',
      description: 'In minor units of EUR',
    });
  });

  test('pushes have their schemas', () => {
    const { schemas } = reference().components;
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(['PushEnvelope', 'EntryRecorded', 'StandingsMoved', 'StreamOpen', 'StreamOpened']),
    );
  });

  test('it begins with what systems outside call, and ends with what nobody outside can', () => {
    const { tags, paths } = reference();
    expect(tags[0]).toMatchObject({ name: 'Activities' });
    expect(tags.at(-1)).toMatchObject({ name: 'Commands of this machine' });
    const used = new Set(Object.values(paths).flatMap((item) => Object.values(item).flatMap((one) => one.tags)));
    expect([...used].sort()).toEqual(tags.map(({ name }) => name).sort());
    expect(paths['/api/v1/programs/{program}/boards/rebuild']?.['post']?.tags).toEqual(['Commands of this machine']);
  });
});

test.each([
  ['a tuple as it was before 2020-12', { [`${RECORDED} properties`]: { list: { type: 'array', items: [{}, {}] } } }],
  ['a null as in OpenAPI 3.0', { [`${RECORDED} properties`]: { seq: { type: 'number', nullable: true } } }],
  ['a name that leads nowhere', { [ANSWER]: { $ref: '#/components/schemas/__schema0' } }],
  ['a word that is none', { [ANSWER]: { type: 'objetc' } }],
  ['an answer without what it is', { [`${ACTIVITIES} responses 201`]: { content: {} } }],
])('%s is refused', async (_, change) => {
  expect(await problemOf(changed(change))).not.toBeNull();
});

describe('an answer that is not as described', () => {
  const answers: (Answer & { readonly route: RouteSpec })[] = [];
  beforeAll(async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const params = { program: story.slug };
    const asked = [
      [person.caller, getMe, {}],
      [story.shop, recordActivity, { params, body: aPurchase({ externalId: person.externalId }) }],
      [story.shop, recordActivity, { params, body: {} }],
    ] as const;
    for (const [caller, route, given] of asked) answers.push({ route, ...(await ask(caller, route, given)) });
  });

  const faults = (document: ApiDocument): (string | null)[] =>
    answers.map(({ route, status, headers, text }) =>
      new DescribedAnswers(document).faultOf({
        ...{ method: route.method, path: API_PREFIX + route.path.replaceAll(/:\w+/g, 'x'), status, text },
        type: headers.get('content-type'),
      }),
    );

  test('as they came they are as described', () => {
    expect(answers.map(({ status }) => status)).toEqual([200, 201, 400]);
    expect(faults(changed())).toEqual([null, null, null]);
  });

  test.each([
    ['a status', { [`${ACTIVITIES} responses`]: {} }, /no such answer/],
    ['a property', { [`${RECORDED} properties`]: {} }, /NOT have additional properties.*"seq"|must NOT have/],
    ['a type', { [`${RECORDED} properties seq`]: { type: 'string' } }, /: \/seq must be string/],
    ['content of this type', { [`${ACTIVITIES} responses 201 content`]: { 'text/csv': {} } }, /no content of type/],
    ['any content', { [`${ACTIVITIES} responses 201`]: { description: 'Done' } }, /no content here/],
  ])(
    'where the document says nothing of %s, or another, it names path, method, status and place',
    (_, change, fault) => {
      const [untouched, found] = faults(changed(change));
      expect(untouched).toBeNull();
      expect(found).toMatch(/^POST \/api\/v1\/programs\/\{program\}\/activities 201: /);
      expect(found).toMatch(fault);
    },
  );

  test('a refusal has a code that its route declares', () => {
    const [, , refused] = faults(
      changed({
        [`${ACTIVITIES} responses 400 content application/problem+json schema allOf 1 properties code`]: {
          enum: ['x'],
        },
      }),
    );
    expect(refused).toMatch(/activities 400: \/code must be equal to one of the allowed values/);
  });

  test('what is no address of the API answers that, and nothing else', () => {
    const of = (status: number) =>
      new DescribedAnswers(changed()).faultOf({
        ...{ method: 'GET', path: '/api/v1/nada', status, type: 'application/problem+json; charset=utf-8' },
        text: JSON.stringify({ type: 'x', title: 'x', status, code: 'route.notFound', traceId: 'x' }),
      });
    expect([of(404), of(200)]).toEqual([null, expect.stringContaining('no such answer')]);
  });
});
