import { connect } from 'node:net';
import { Manager } from 'socket.io-client';
import { changeMe, register, requestReset, verifyEmail } from '@verbena/shared/identity/accounts.routes.js';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { getHealth, getPartsHealth } from '@verbena/shared/platform/health.js';
import { createProgram } from '@verbena/shared/programs/programs.routes.js';
import { aMember, aProgram } from '#support/factories.js';
import { eventually } from '#support/eventually.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { linkTo } from '#support/mailbox.js';
import { deviceOf, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let nobody: Caller;
beforeAll(async () => {
  server = await startServer({ env: { VERBENA_SIGNUP: 'open' } });
  nobody = { url: server.url };
});
afterAll(() => server?.stop());

async function aNewcomer(story: Story) {
  const { email, password, name } = aMember();
  const answer = await ask(nobody, register, { body: { email, password, name, program: story.slug } });
  return { email, ...deviceOf(server.url, answer) };
}

describe('where sign-up is open', () => {
  test('M4 who has not verified the address creates no program; then five, also when eight are asked for at once', async () => {
    const story = await Story.begin(server);
    const { email, caller } = await aNewcomer(story);
    expect(await refusal(caller, createProgram, { body: aProgram() })).toMatchObject({
      status: 403,
      code: 'program.ownerUnverified',
    });
    await call(nobody, verifyEmail, { body: { code: (await linkTo(server, story.slug, email, 'verify')).code } });
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await ask(caller, createProgram, { body: aProgram() })).status),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(5);
    const refused = await refusal(caller, createProgram, { body: aProgram() });
    expect(refused).toMatchObject({ status: 422, code: 'program.tooMany', params: { max: 5 } });
    expect(refused.detail).toContain('como mucho 5 programas');
  });

  test('M4 names say in es and en what they do not take, and which field it is', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const names = { program: 'Gana\u2028ya', person: 'premio.example', alias: '\u0430na' };
    const asked = [
      [server.local, createProgram, { body: aProgram({ name: names.program }) }, 'unseen', /línea/, /line/],
      [person.caller, changeMe, { body: { name: names.person } }, 'address', /enlaces/, /links/],
      [
        person.caller,
        changeProfile,
        { params: { program: story.slug, member: 'me' }, body: { alias: names.alias } },
        'scripts',
        /alfabetos/,
        /alphabets/,
      ],
    ] as const;
    for (const [caller, route, given, code, es, en] of asked) {
      for (const [language, words] of [
        ['es', es],
        ['en', en],
      ] as const) {
        const { text } = await ask(caller, route, { ...given, headers: { 'accept-language': language } });
        const path = [code === 'scripts' ? 'alias' : 'name'];
        const fields = [{ path, code, detail: expect.stringMatching(words) as string }];
        expect(JSON.parse(text)).toMatchObject({ code: 'input.invalid', fields });
      }
    }
  });

  test('M4 a reset speaks only of a program in which the login has a place', async () => {
    const [home, foreign] = [await Story.begin(server), await Story.begin(server, { program: { name: 'Otra Plaza' } })];
    const person = await home.person();
    await call(nobody, requestReset, { body: { email: person.email, program: foreign.slug } });
    const { mail, text, link } = await linkTo(server, home.slug, person.email, 'reset');
    expect(`${mail.subject} ${text}`).not.toContain('Otra Plaza');
    expect(link).toMatch(new RegExp(`^${server.url}/${home.slug}/reset#`));
  });
});

describe('the reference of the API', () => {
  const REFERENCE = ['/api/openapi.json', '/api/docs', '/api/docs/start.js', '/api/docs/swagger-ui-bundle.js'];

  test('M6 is printed once: compressed, the same for everybody, and nothing for who has it', async () => {
    for (const path of REFERENCE) {
      const [plain, small] = await Promise.all(
        ['identity', 'gzip'].map((encoding) =>
          fetch(server.url + path, { headers: { 'accept-encoding': encoding, connection: 'close' } }),
        ),
      );
      expect([plain?.status, small?.headers.get('content-encoding'), small?.headers.get('vary')]).toEqual([
        200,
        'gzip',
        'accept-encoding',
      ]);
      const text = (await plain?.text()) ?? '';
      expect(await small?.text()).toBe(text);
      expect(Number(small?.headers.get('content-length'))).toBeLessThan(text.length);
      const again = await fetch(server.url + path, { headers: { 'if-none-match': plain?.headers.get('etag') ?? '' } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
  });

  test('M6 is counted by address like the rest, and can be switched off', async () => {
    const limits = { VERBENA_RATE_LIMITS: 'on', VERBENA_RATE_ADDRESS_PER_MINUTE: '30' };
    const slow = await startServer({ env: limits });
    const off = await startServer({ env: { VERBENA_API_REFERENCE: 'off' } });
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1)
      statuses.push((await fetch(slow.url + (REFERENCE[n % REFERENCE.length] ?? ''), { method: 'HEAD' })).status);
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
    const refused = await fetch(`${slow.url}/api/openapi.json`);
    expect(await refused.json()).toMatchObject({ code: 'rate.exceeded' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const missing = await Promise.all(REFERENCE.map(async (path) => (await fetch(off.url + path)).status));
    expect(new Set(missing)).toEqual(new Set([404]));
    await Promise.all([slow.stop(), off.stop()]);
  });
});

describe('whatever is asked for', () => {
  /** Sends bytes as they are, and gives status and headers of the answer. */
  const send = async (bytes: string): Promise<{ readonly status: number; readonly text: string }> => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(bytes);
    let text = '';
    for await (const part of socket) text += String(part);
    return { status: Number(text.split(' ')[1]), text };
  };
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

  test.each([
    ['a folder of the build', get('/_app/immutable/'), 404],
    ['an address that cannot be read', get('/%'), 404],
    ['a program that cannot be read', get('/api/v1/programs/%'), 404],
    ['a part of a file', get('/favicon.svg').replace('Host', 'Range: bytes=9999999-\r\nHost'), 200],
    ['a file that must not have changed', get('/favicon.svg').replace('Host', 'If-Match: "x"\r\nHost'), 404],
    ['sockets without a socket', get('/socket.io/'), 400],
    ['sockets by polling', get('/socket.io/?EIO=4&transport=polling'), 400],
    ['no HTTP at all', 'NONSENSE\r\n\r\n', 400],
    ['headers without end', get('/').replace('Host', `X: ${'a'.repeat(20_000)}\r\nHost`), 431],
    ['a method of no route', get('/api/v1/health').replace('GET', 'PROPFIND'), 405],
    [
      'a body of another kind',
      get('/api/v1/auth/login').replace('GET', 'POST').replace('Host', 'Content-Length: 0\r\nHost'),
      400,
    ],
  ])(
    'L8 %s is answered with the headers of every answer, and without a word of what we are made of',
    async (_, bytes, status) => {
      const answer = await send(bytes);
      expect(answer.status).toBe(status);
      for (const header of [
        'content-security-policy',
        'cross-origin-resource-policy: same-origin',
        'x-content-type-options: nosniff',
      ])
        expect(answer.text.toLowerCase()).toContain(header);
      expect(answer.text).not.toMatch(/fastify|FST_|nest|x-powered-by|server:/i);
      expect(server.log()).not.toContain('ERROR');
    },
  );

  test('L14 names below ours are asked by https only where a setting says so', async () => {
    const env = { PUBLIC_URL: 'https://club.example' };
    const [one, all] = await Promise.all([
      startServer({ env }),
      startServer({ env: { ...env, VERBENA_HSTS_SUBDOMAINS: '1' } }),
    ]);
    const hstsOf = async ({ url }: TestServer) =>
      (await fetch(`${url}/favicon.svg`)).headers.get('strict-transport-security');
    expect([await hstsOf(one), await hstsOf(all)]).toEqual(['max-age=63072000', 'max-age=63072000; includeSubDomains']);
    expect((await fetch(`${server.url}/favicon.svg`)).headers.get('strict-transport-security')).toBeNull();
    await Promise.all([one.stop(), all.stop()]);
  });
});

describe('how it is', () => {
  test('L9 strangers, members and shops learn the state of the whole; staff, operators and this machine that of each part', async () => {
    const story = await Story.begin(server);
    const [member, manager] = [await story.person(), await story.person('manager', { secondFactor: false })];
    for (const caller of [nobody, member.caller, story.shop, manager.caller])
      expect(JSON.parse((await ask(caller, getHealth)).text)).toEqual({ status: 'ok' });
    const params = { program: story.slug };
    for (const caller of [member.caller, story.shop])
      expect(await refusal(caller, getPartsHealth, { params })).toMatchObject({ status: 403, code: 'auth.forbidden' });
    const whole = { status: 'ok', version: expect.any(String) as string, parts: { mail: { code: 'kept' } } };
    expect(await call(manager.caller, getPartsHealth, { params })).toMatchObject(whole);
    expect(await call(server.local, getHealth)).toMatchObject(whole);
  });
});

describe('sockets', () => {
  /** A connection before anybody has said who it is. */
  const connection = (at: TestServer, from: string): Promise<Manager | null> =>
    new Promise((resolve) => {
      const extraHeaders = { 'x-forwarded-for': from };
      const manager = new Manager(at.url, {
        transports: ['websocket'],
        autoConnect: false,
        reconnection: false,
        extraHeaders,
      });
      manager.open((error) => resolve(error === undefined ? manager : null));
    });

  test('L4 of those who do not say who they are, a connection is closed after three, also when it says a hundred at once', async () => {
    const manager = await connection(server, '');
    const answers: string[] = [];
    manager?.engine.on('data', (text: string) => void (text.startsWith('4{') && answers.push(text)));
    let isClosed = false;
    manager?.on('close', () => (isClosed = true));
    for (let n = 0; n < 100; n += 1) manager?.engine.write('0{"token":"falsa","program":"plaza"}');
    await eventually(() => isClosed, { withinMs: 5_000, until: 'the connection is closed' });
    expect(answers.filter((text) => !text.includes('rate.exceeded')).length).toBeLessThanOrEqual(3);
    expect(answers.length).toBeGreaterThan(0);
  });

  test('L4 handshakes are counted by network address, and one that has used its own leaves the others theirs', async () => {
    const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
    const many = await Promise.all(Array.from({ length: 120 }, () => connection(own, '203.0.113.7')));
    const opened = many.filter((manager) => manager !== null);
    expect(opened.length).toBeGreaterThanOrEqual(60);
    expect(opened.length).toBeLessThan(120);
    const other = await connection(own, '203.0.113.8');
    expect(other).not.toBeNull();
    for (const manager of [...opened, other]) manager?.engine.close();
    await own.stop();
  });
});
