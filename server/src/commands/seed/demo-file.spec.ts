import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD, FRIENDS, LUCIA, MARCOS, OWNER } from '@verbena/seeds/demo/plaza.js';
import { ContractClient, type WireRequest } from '#commands/contract-client.js';
import { chooseDemoPassword, demoCurl, keepDemo, lockDoors, readDemoFile } from './demo-file.js';

const demoWith = (password: string) => ({
  logins: [{ email: LUCIA.email, password, role: 'member' }],
  curl: '',
  key: { id: 'k', secret: 's' },
  password,
});

/** Logins and their passwords, as the two routes of the server change them; `dies` is when the server is killed. */
function serverWith(passwords: Map<string, string>, dies = Infinity): ContractClient {
  let calls = 0;
  const send = async ({ path, body, bearer = '' }: WireRequest) => {
    if ((calls += 1) > dies) throw new Error('killed');
    const { email, password, current } = JSON.parse(body ?? '{}') as Record<string, string>;
    const answer = (status: number, text: object) => ({ status, retryAfter: null, text: JSON.stringify(text) });
    const code = 'auth.badCredentials';
    if (path.endsWith('/auth/login'))
      return passwords.get(email ?? '') === password
        ? answer(200, { accessToken: email, expiresAt: '2026-11-30T00:00:00.000Z' })
        : answer(401, { type: code, title: code, status: 401, code, traceId: '' });
    expect(passwords.get(bearer)).toBe(current);
    passwords.set(bearer, password ?? '');
    return answer(200, { ended: 0 });
  };
  return new ContractClient({ send, close: async () => undefined });
}

describe('a demo that others reach now', () => {
  const everybody = [LUCIA, MARCOS, OWNER, ...FRIENDS].map(({ email }) => email);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verbena-demo-'));
    process.env['PUBLIC_URL'] = 'https://club.example';
  });
  afterEach(() => {
    delete process.env['PUBLIC_URL'];
    rmSync(folder, { recursive: true });
  });

  test('L11 its logins get another password than the documented one, but for who chose one; also after a kill in the middle', async () => {
    const passwords = new Map(
      everybody.map((email) => [email, email === MARCOS.email ? 'una-elegida' : DEMO_PASSWORD]),
    );
    delete process.env['PUBLIC_URL'];
    await keepDemo(serverWith(passwords), folder, demoWith(DEMO_PASSWORD), null);
    expect(readDemoFile(folder)).toMatchObject({ password: DEMO_PASSWORD, isDocumented: true });
    process.env['PUBLIC_URL'] = 'https://club.example';
    await expect(lockDoors(serverWith(passwords, 3), folder)).rejects.toThrow('killed');
    expect(readDemoFile(folder)).toMatchObject({ former: DEMO_PASSWORD, isDocumented: true });
    await lockDoors(serverWith(passwords), folder);
    const { password = '', ...demo } = readDemoFile(folder) ?? {};
    expect(demo).toMatchObject({ isDocumented: false, logins: [{ email: LUCIA.email, password }] });
    expect(demo).not.toHaveProperty('former');
    const now = Object.fromEntries(passwords);
    expect(now).toEqual({
      ...Object.fromEntries(everybody.map((email) => [email, password])),
      [MARCOS.email]: 'una-elegida',
    });
    expect(password).not.toBe(DEMO_PASSWORD);
    await lockDoors(serverWith(passwords), folder);
    expect(readDemoFile(folder)?.password).toBe(password);
  });
});

test('L11 the documented password is only for a server that nobody else reaches', () => {
  expect(chooseDemoPassword(null, {})).toBe(DEMO_PASSWORD);
  expect(chooseDemoPassword(null, { HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3000' })).toBe(DEMO_PASSWORD);
  for (const env of [{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://plaza.example' }]) {
    const one = chooseDemoPassword(null, env);
    expect(one).not.toBe(DEMO_PASSWORD);
    expect(one.length).toBeGreaterThanOrEqual(16);
    expect(chooseDemoPassword(null, env)).not.toBe(one);
    expect(chooseDemoPassword(demoWith(DEMO_PASSWORD), env)).not.toBe(DEMO_PASSWORD);
    expect(chooseDemoPassword(demoWith(one), env)).toBe(one);
  }
});

test('the command to paste is a purchase with a key of its own each time', () => {
  const curl = demoCurl('vk_secret');
  expect(curl).toContain('{url}/api/v1/programs/plaza/activities');
  expect(curl).toContain("Bearer vk_secret'");
  const body = /-d '(.*)'$/s.exec(curl)?.[1]?.replace("'$(date +%s)'", '1') ?? '';
  expect(JSON.parse(body)).toMatchObject({ key: 'demo-1', type: 'purchase', attributes: { totalMinor: 4_850 } });
});
