import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import {
  createProgram,
  type DefinitionsInForce,
  getDefinitions,
  getProgram,
  putDefinitions,
} from '@verbena/shared/programs/programs.routes.js';
import type { Rule } from '@verbena/shared/rules/rule.js';
import { aKey, aProgram, aPurchase } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';
const TODAY = '2026-11-20T09:00:00Z';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

async function inForce(story: Story): Promise<DefinitionsInForce> {
  return call(server.local, getDefinitions, { params: { program: story.slug } });
}

function publish(story: Story, definitions: Definitions, expectedVersion?: number) {
  return call(server.local, putDefinitions, {
    params: { program: story.slug },
    body: { definitions, ...(expectedVersion === undefined ? {} : { expectedVersion }) },
  });
}

/** The bundle with one rule changed. */
function withRule(definitions: Definitions, id: string, change: (rule: Rule) => Rule): Definitions {
  return { ...definitions, rules: definitions.rules.map((rule) => (rule.id === id ? change(rule) : rule)) };
}

/** The third purchase within thirty days gives 40 points. */
const THIRD_TIME: Rule = {
  id: 'tercera',
  rev: 1,
  name: { es: 'A la tercera', en: 'Third time' },
  on: { activity: 'purchase' },
  when: { count: { activity: 'purchase', window: { days: 30 } }, op: 'eq', value: 3 },
  earn: [{ currency: 'puntos', amount: { product: [{ ratio: [40, 1] }] } }],
  zone: 'program',
};

describe('definitions are published', () => {
  test('what did not change keeps its revision, what changed gets the next one, whatever the bundle says', async () => {
    const story = await Story.begin(server);
    const { version, definitions } = await inForce(story);
    expect(version).toBe(1);
    const same = await publish(story, definitions);
    expect(same.version).toBe(2);
    expect(same.definitions).toEqual(definitions);
    const changed = await publish(
      story,
      withRule(definitions, 'marca-propia', (rule) => ({
        ...rule,
        rev: 77,
        name: { es: 'De la casa', en: 'House brand' },
      })),
    );
    expect(changed.version).toBe(3);
    expect(changed.definitions.rules.map(({ id, rev }) => [id, rev])).toContainEqual(['marca-propia', 2]);
    expect(changed.definitions.rules.filter(({ rev }) => rev !== 1)).toHaveLength(1);
    // Back to the words of the first revision is a change too: revisions only rise.
    const back = await publish(story, definitions);
    expect(back.version).toBe(4);
    expect(back.definitions.rules.map(({ id, rev }) => [id, rev])).toContainEqual(['marca-propia', 3]);
    expect((await call({ url: server.url }, getProgram, { params: { program: story.slug } })).version).toBe(4);
  });

  test('#8 what a version withdraws is still told, as it last stood, and what is there again is not', async () => {
    const story = await Story.begin(server);
    const { definitions, withdrawn } = await inForce(story);
    expect(withdrawn).toBeUndefined();
    const [mission, ...missions] = definitions.missions;
    if (mission === undefined) throw new Error('The preset has no mission.');
    const renamed = { ...mission, name: { es: 'Otro nombre', en: 'Another name' } };
    await publish(story, { ...definitions, missions: [renamed, ...missions] });
    await publish(story, { ...definitions, missions });
    const without = await inForce(story);
    expect(without.definitions.missions.map(({ id }) => id)).not.toContain(mission.id);
    expect(without.withdrawn).toEqual({ missions: [{ ...renamed, rev: 2 }], boards: [], referrals: [] });
    await publish(story, definitions);
    expect((await inForce(story)).withdrawn).toBeUndefined();
  });

  test('a new rule decides the next activity; what was decided stays as it was', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    const before = aPurchase({ externalId, totalMinor: 1_000, occurredAt: TODAY });
    const first = await story.record(before);
    const { definitions } = await inForce(story);
    await publish(
      story,
      withRule(definitions, 'compra', (rule) => ({
        ...rule,
        earn: [{ currency: 'puntos', amount: { product: [{ field: 'totalMinor' }, { ratio: [3, 100] }] } }],
      })),
    );
    const second = await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: TODAY }));
    expect([first, second].map(({ lines }) => lines[0]?.amount)).toEqual([10, 30]);
    expect(second.lines[0]?.by).toEqual({ kind: 'rule', id: 'compra', rev: 2 });
    expect((await story.post(before)).text).toBe(JSON.stringify(first));
    expect((await story.journal(externalId)).map(({ version }) => version)).toEqual([1, 2]);
  });

  test('a condition that counts what nobody counted is filled from the past, awards nothing for it, and then decides', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    for (const day of ['2026-09-01', '2026-11-11', '2026-11-12'])
      await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: `${day}T09:00:00Z` }));
    const { puntos } = (await story.standing(externalId)).balances;
    const { definitions } = await inForce(story);
    await publish(story, { ...definitions, rules: [...definitions.rules, THIRD_TIME] });
    const third = await story.record(aPurchase({ externalId, totalMinor: 0, occurredAt: TODAY }));
    const journal = await story.journal(externalId);
    expect(journal.map(({ cause }) => cause.type)).toEqual([
      'purchase',
      'purchase',
      'purchase',
      'state.extended',
      'purchase',
    ]);
    expect(journal[3]).toMatchObject({ lines: [], effects: [{ type: 'state.extended' }], balances: { puntos } });
    expect(third.lines.map(({ by, amount }) => [by.id, amount])).toEqual([['tercera', 40]]);
    const fourth = await story.record(aPurchase({ externalId, totalMinor: 0, occurredAt: TODAY }));
    expect(fourth.lines).toEqual([]);
  });

  test('somebody else published meanwhile: conflict, and nothing is in force', async () => {
    const story = await Story.begin(server);
    const { version, definitions } = await inForce(story);
    await publish(story, definitions, version);
    const late = await refusal(server.local, putDefinitions, {
      params: { program: story.slug },
      body: { definitions, expectedVersion: version },
    });
    expect(late).toMatchObject({ status: 409, code: 'definitions.conflict' });
    expect((await inForce(story)).version).toBe(2);
  });

  test('of publications at once exactly one wins each number', async () => {
    const story = await Story.begin(server);
    const { version, definitions } = await inForce(story);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        ask(server.local, putDefinitions, {
          params: { program: story.slug },
          body: { definitions, expectedVersion: version },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  test('what does not fit together is refused with its places', async () => {
    const story = await Story.begin(server);
    const { definitions } = await inForce(story);
    const broken = withRule(definitions, 'cupon', (rule) => ({
      ...rule,
      on: { activity: 'paseo' },
      earn: [{ currency: 'monedas', amount: { product: [{ ratio: [25, 1] }] } }],
    }));
    const answer = await refusal(server.local, putDefinitions, {
      params: { program: story.slug },
      body: { definitions: broken },
    });
    expect(answer).toMatchObject({ status: 422, code: 'definitions.invalid' });
    const places = (answer.fields ?? []).map(({ path }) => path.join('.'));
    expect(places).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^definitions\.rules\.2\.on/),
        expect.stringMatching(/^definitions\.rules\.2\.earn\.0\.currency/),
      ]),
    );
    const shapeless = await refusal(server.local, putDefinitions, {
      params: { program: story.slug },
      body: { definitions: { ...definitions, rules: [{ id: 'x' }] } },
    });
    expect(shapeless).toMatchObject({ status: 400, code: 'input.invalid' });
    expect((await inForce(story)).version).toBe(1);
  });

  test('each publication is in the audit log, with before and after', async () => {
    const story = await Story.begin(server);
    const { definitions } = await inForce(story);
    await publish(
      story,
      withRule(definitions, 'cupon', (rule) => ({ ...rule, name: { es: 'Vale', en: 'Voucher' } })),
    );
    const { items } = await call(server.local, listAuditEntries, { params: { program: story.slug } });
    expect(items.map(({ action }) => action)).toEqual(['definitions.published', 'apiKey.created', 'program.created']);
    expect(items[0]).toMatchObject({ actor: { kind: 'local' }, before: { version: 1 }, after: { version: 2 } });
  });

  test('a slug is taken once, and some are nobody’s', async () => {
    const body = aProgram();
    await call(server.local, createProgram, { body });
    expect(await refusal(server.local, createProgram, { body })).toMatchObject({
      status: 409,
      code: 'program.slugTaken',
    });
    expect(await refusal(server.local, createProgram, { body: aProgram({ slug: 'console' }) })).toMatchObject({
      status: 422,
      code: 'program.slugReserved',
    });
    expect(await refusal(server.local, createProgram, { body: aProgram({ slug: 'Plaza Mayor' }) })).toMatchObject({
      status: 400,
      fields: [{ path: ['slug'] }],
    });
  });
});
