import { mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { getMe, login } from '@verbena/shared/identity/identity.routes.js';
import { exportMembers, getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { createLogin, getMember, putMember } from '@verbena/shared/members/members.routes.js';
import { listMissions } from '@verbena/shared/missions/missions.routes.js';
import { createProgram } from '@verbena/shared/programs/programs.routes.js';
import { FRIENDS, LUCIA, MARCOS, OWNER, VISITORS_PURCHASE } from '@verbena/seeds/demo/plaza.js';
import { ask, call } from '#support/http-call.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { beside, startCommand } from './run-command.js';

const folder = mkdtempSync(path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), 'seed-'));
const dataDir = path.join(folder, 'data');
const plaza = { program: 'plaza' };
const lucia = { ...plaza, member: `ext:${LUCIA.externalId}` };
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  mkdirSync(dataDir);
});
afterAll(async () => {
  await server.stop();
});

async function seed(): Promise<{ code: number; output: string }> {
  return startCommand('seed', [], { ...beside(server), DATA_DIR: dataDir }).ended;
}

interface Demo {
  readonly logins: { readonly email: string; readonly password: string; readonly role: string }[];
  readonly curl: string;
  readonly key: { readonly secret: string };
}
const readDemo = (): Demo => JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8')) as Demo;
const exportAll = async () => call(server.local, exportMembers, { params: plaza, query: { limit: '1000' } });

test('the demo is alive today: sixty named members, ways in for a member, a newcomer and the owner', async () => {
  const { code, output } = await seed();
  expect({ code, output }).toMatchObject({ code: 0 });
  const { items } = await exportAll();
  // The households, and the friends who joined by Lucía's link.
  expect(items.length).toBe(60 + FRIENDS.length);
  expect(new Set(items.map(({ tier }) => tier)).size).toBe(4);
  expect(statSync(path.join(dataDir, 'demo.json')).mode & 0o777).toBe(0o600);
  const { logins } = readDemo();
  expect(logins.map(({ email }) => email)).toEqual([LUCIA.email, MARCOS.email, OWNER.email]);
  for (const { email, password } of logins) {
    const { accessToken } = await call(server, login, { body: { email, password } });
    const { enrolments } = await call({ url: server.url, bearer: accessToken }, getMe);
    expect(enrolments.map(({ program }) => program.slug)).toEqual(['plaza']);
    expect(enrolments[0]?.role).toBe(email === OWNER.email ? 'owner' : 'member');
  }
  expect(await call(server.local, getMember, { params: lucia })).toMatchObject({ name: LUCIA.name, hasLogin: true });
});

test('B6 seeded again, nothing is added, and key and logins stay', async () => {
  const [before, demo] = [await exportAll(), readDemo()];
  expect((await seed()).code).toBe(0);
  expect(await exportAll()).toEqual(before);
  expect(readDemo()).toEqual(demo);
});

test('the purchase that a visitor sends completes a mission of Lucía’s', async () => {
  const { items } = await call(server.local, listMissions, { params: lucia });
  const visits = items.find(({ id }) => id === 'diez-visitas');
  expect(visits).toMatchObject({ progress: 9, target: 10 });
  const before = await call(server.local, getStanding, { params: lucia });
  const body = {
    key: 'visitor',
    type: 'purchase',
    member: { externalId: LUCIA.externalId },
    attributes: { ...VISITORS_PURCHASE },
  };
  const result = await call({ url: server.url, bearer: readDemo().key.secret }, recordActivity, {
    params: plaza,
    body,
  });
  const types = result.effects.map(({ type }) => type);
  expect(types).toContain('mission.completed');
  if ((before.tier?.next?.missing ?? Infinity) <= 40) expect(types).toContain('tier.moved');
});

test('a login keeps its member: somebody else’s is refused, the same again changes nothing', async () => {
  const draft = { email: 'otra@plaza.verbena.example', password: 'una-frase-bien-larga', name: 'Otra', role: 'member' };
  const taken = await ask(server.local, createLogin, { params: plaza, body: { ...draft, member: lucia.member } });
  expect([taken.status, JSON.parse(taken.text)]).toMatchObject([409, { code: 'member.hasLogin' }]);
  const body = { ...draft, role: 'member' as const, member: 'ext:nueva' };
  const place = await call(server.local, createLogin, { params: plaza, body });
  expect(await call(server.local, createLogin, { params: plaza, body })).toEqual(place);
  const short = await ask(server.local, createLogin, { params: plaza, body: { ...body, password: 'corta' } });
  expect(short.status).toBe(400);
});

test('naming members and giving logins is for the commands of this machine alone', async () => {
  const owner = readDemo().logins.find(({ email }) => email === OWNER.email);
  const { accessToken } = await call(server, login, {
    body: { email: OWNER.email, password: owner?.password ?? '' },
  });
  for (const bearer of [accessToken, readDemo().key.secret]) {
    const named = await ask({ url: server.url, bearer }, putMember, { params: lucia, body: { name: 'X' } });
    expect(named.status).toBe(403);
    const body = { email: 'x@y.example', password: 'una-frase-bien-larga', name: 'X', role: 'owner', member: null };
    expect((await ask({ url: server.url, bearer }, createLogin, { params: plaza, body })).status).toBe(403);
  }
});

test('a program of that name which no seed made is left as it is', async () => {
  const other = await startServer();
  try {
    const body = { slug: 'plaza', name: 'Otra plaza', preset: 'shopping-centre' as const };
    await call(other.local, createProgram, { body });
    const { code, output } = await startCommand('seed', [], { ...beside(other), DATA_DIR: folder }).ended;
    expect(code).toBe(0);
    expect(output).toContain('left as it is');
    const { items } = await call(other.local, exportMembers, { params: plaza, query: {} });
    expect(items).toEqual([]);
  } finally {
    await other.stop();
  }
});
