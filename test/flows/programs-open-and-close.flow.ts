import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import {
  changeProgram,
  getDefinitions,
  getProgram,
  getShowcase,
  putDefinitions,
} from '@verbena/shared/programs/programs.routes.js';
import { ask, call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const auditOf = async (story: Story) => {
  const { items } = await call(server.local, listAuditEntries, { params: { program: story.slug } });
  return items.filter(({ action }) => action === 'program.changed');
};

describe('how people come into a program', () => {
  test('A5 the owner closes it: seen at once by anybody, audited with before and after; the same again changes nothing', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const params = { program: story.slug };
    expect(await call({ url: server.url }, getProgram, { params })).toMatchObject({
      enrolment: 'automatic',
      joining: 'open',
    });
    const changed = await call(owner.caller, changeProgram, { params, body: { joining: 'invitation' } });
    expect(changed).toMatchObject({ slug: story.slug, enrolment: 'automatic', joining: 'invitation' });
    expect(await call({ url: server.url }, getProgram, { params })).toEqual(changed);
    await call(owner.caller, changeProgram, { params, body: { joining: 'invitation' } });
    await call(owner.caller, changeProgram, { params, body: {} });
    await call(owner.caller, changeProgram, { params, body: { enrolment: 'optIn', joining: 'closed' } });
    expect(await auditOf(story)).toMatchObject([
      {
        actor: { kind: 'user', id: owner.user },
        subject: { kind: 'program', id: story.program.id },
        before: { enrolment: 'automatic', joining: 'invitation' },
        after: { enrolment: 'optIn', joining: 'closed' },
      },
      {
        before: { enrolment: 'automatic', joining: 'open' },
        after: { enrolment: 'automatic', joining: 'invitation' },
      },
    ]);
  });

  test('A5 nobody else may, and what is no policy is refused with its field; nothing changed', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    const owner = await story.person('owner');
    for (const caller of [(await story.person('manager')).caller, (await story.person()).caller, story.shop])
      expect(await refusal(caller, changeProgram, { params, body: { joining: 'closed' } })).toMatchObject({
        status: 403,
        code: 'auth.forbidden',
      });
    const foreign = await (await Story.begin(server)).person('owner');
    expect(await refusal(foreign.caller, changeProgram, { params, body: { joining: 'closed' } })).toMatchObject({
      status: 404,
      code: 'program.notFound',
    });
    expect(await refusal(owner.caller, changeProgram, { params, body: { joining: 'ajar' } })).toMatchObject({
      status: 400,
      fields: [{ path: ['joining'] }],
    });
    expect(await refusal(owner.caller, changeProgram, { params, body: { name: 'Otra' } })).toMatchObject({
      status: 400,
    });
    expect(await call({ url: server.url }, getProgram, { params })).toEqual(story.program);
    expect(await auditOf(story)).toEqual([]);
  });
});

describe('the public page of a program', () => {
  test('a visitor reads how to earn: rules, missions with their points, tiers with benefits, units; no condition, no cap', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    const { definitions } = await call(server.local, getDefinitions, { params });
    const showcase = await call({ url: server.url }, getShowcase, { params });
    expect(showcase.rules.map(({ id }) => id)).toEqual(definitions.rules.map(({ id }) => id));
    expect(showcase.rules[0]?.description?.es).toContain('Un punto por cada euro');
    expect(showcase.missions.find(({ id }) => id === 'diez-visitas')).toEqual({
      id: 'diez-visitas',
      name: { es: 'Diez visitas', en: 'Ten visits' },
      description: { es: 'Haz diez compras en el mes.', en: 'Make ten purchases in the month.' },
      points: [{ currency: 'puntos', amount: 100 }],
    });
    expect(showcase.tiers.map(({ id, threshold }) => [id, threshold])).toEqual([
      ['socio', 0],
      ['plata', 500],
      ['oro', 1_500],
      ['platino', 4_000],
    ]);
    expect(showcase.currencies[0]).toMatchObject({ id: 'puntos', one: { es: 'punto' }, other: { es: 'puntos' } });
    const { text } = await ask({ url: server.url }, getShowcase, { params });
    expect(text).not.toMatch(/totalMinor|"cap"|"when"|"earn"/);
    expect(text.length).toBeGreaterThan(500);
  });

  test('a new version is what visitors read next, and a program that is not there is not found', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    const { definitions } = await call(server.local, getDefinitions, { params });
    const [first, ...rest] = definitions.missions;
    if (first === undefined) throw new Error('The preset has no mission.');
    await call(server.local, putDefinitions, {
      params,
      body: { definitions: { ...definitions, missions: [{ ...first, name: { es: 'Diez paseos' } }, ...rest] } },
    });
    const { missions } = await call({ url: server.url }, getShowcase, { params });
    expect(missions[0]?.name).toEqual({ es: 'Diez paseos' });
    expect(await refusal({ url: server.url }, getShowcase, { params: { program: 'no-esta' } })).toMatchObject({
      status: 404,
      code: 'program.notFound',
    });
  });
});
