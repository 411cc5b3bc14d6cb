import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stampOf } from './install.js';
import { CHECKOUT, TOOLS_DIR } from './places.js';
import { freePort } from './ports.js';
import { commandOf } from './processes.js';
import { ensureEmbedded } from './setup.js';

// The launcher is real and so are its stores; only the server is a small one of the test's own, in a checkout of its own.
const SERVER = `
import { createServer } from 'node:http';
const answer = JSON.stringify({ status: 'ok', signup: process.env.VERBENA_SIGNUP });
createServer((request, response) => response.end(answer)).listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
`;
const SEED = `
import { appendFileSync, writeFileSync } from 'node:fs';
appendFileSync(process.env.DATA_DIR + '/seeds.log', ['seeded', ...process.argv.slice(2), ''].join(' '));
const logins = [{ email: 'ana@example.com', password: 'una-clave', role: 'owner' }];
writeFileSync(process.env.DATA_DIR + '/demo.json', JSON.stringify({ logins, curl: 'curl it', isDocumented: !process.env.PUBLIC_URL }));
`;
const BUILD = `
import { mkdirSync, writeFileSync } from 'node:fs';
for (const out of ['shared/dist', 'seeds/dist', 'server/dist/commands', 'client/build']) mkdirSync(out, { recursive: true });
writeFileSync('server/dist/main.js', ${JSON.stringify(SERVER)});
writeFileSync('server/dist/commands/seed.js', ${JSON.stringify(SEED)});
`;

let checkout;
let dataDir;
let port;
/** @type {Array<ReturnType<typeof start>>} */
let runs = [];

beforeAll(async () => {
  await ensureEmbedded();
  checkout = mkdtempSync(join(tmpdir(), 'verbena-start-'));
  dataDir = join(checkout, 'data');
  for (const part of ['launcher', 'embedded'])
    cpSync(join(CHECKOUT, 'server', part), join(checkout, 'server', part), { recursive: true });
  const scripts = { build: 'node build.mjs' };
  writeFileSync(join(checkout, 'package.json'), JSON.stringify({ name: 'a', private: true, type: 'module', scripts }));
  writeFileSync(join(checkout, 'package-lock.json'), '{}');
  writeFileSync(join(checkout, 'build.mjs'), BUILD);
  mkdirSync(join(checkout, 'node_modules'));
  writeFileSync(join(checkout, 'node_modules', '.verbena'), stampOf('{}'));
  mkdirSync(join(checkout, '.data', 'tools'), { recursive: true });
  for (const name of readdirSync(TOOLS_DIR).filter((one) => /^(bin|embedded-\w+)$/.test(one))) {
    symlinkSync(join(TOOLS_DIR, name), join(checkout, '.data', 'tools', name));
  }
  port = await freePort();
});
afterEach(async () => {
  for (const run of runs) await run.interrupt();
  runs = [];
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

/** Runs `npm start` without npm, and gathers what it says. */
function start(more = {}, args = []) {
  const { MONGODB_URI: _database, REDIS_URL: _redis, ...rest } = process.env;
  const env = { ...rest, LANG: 'C', LC_ALL: 'C', PORT: String(port), DATA_DIR: dataDir, ...more };
  const child = spawn(process.execPath, [join(checkout, 'server', 'launcher', 'start.js'), ...args], { env });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const run = {
    child,
    ended,
    said: () => said,
    async says(text) {
      const until = Date.now() + 50_000;
      while (!said.includes(text)) {
        if (child.exitCode !== null || Date.now() > until) throw new Error(`"${text}" was not said:\n${said}`);
        await sleep(10);
      }
    },
    async interrupt(signal = 'SIGINT') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
  };
  runs.push(run);
  return run;
}

const READY = 'Ctrl-C stops it';
const recordOf = (part) => JSON.parse(readFileSync(join(dataDir, 'run', `${part}.json`), 'utf8'));
const pidsNow = () => ({
  database: recordOf('database').pid,
  redis: recordOf('redis').pid,
  server: recordOf('server').pid,
});
function expectNothingLeft(pids) {
  expect(Object.values(pids).map((pid) => commandOf(pid))).toEqual(Object.values(pids).map(() => null));
  for (const name of ['lock', 'server.json', 'run/server.json', 'run/database.json', 'run/redis.json']) {
    expect({ name, exists: existsSync(join(dataDir, name)) }).toEqual({ name, exists: false });
  }
}

test('a first start seeds once, tells address, logins and a curl, and Ctrl-C takes all of it down', async () => {
  const run = start();
  await run.says(READY);
  for (const text of [`http://localhost:${port}`, 'ana@example.com', 'una-clave', 'curl it'])
    expect(run.said()).toContain(text);
  const pids = pidsNow();
  await run.interrupt();
  expectNothingLeft(pids);
  const again = start();
  await again.says(READY);
  await again.interrupt();
  expect(readFileSync(join(dataDir, 'seeds.log'), 'utf8')).toBe('seeded ');
});

test('M4 L11 where others reach it, sign-up is closed, the demo has a password of its own, and no secret is printed', async () => {
  const signupNow = async () => (await (await fetch(`http://127.0.0.1:${port}`)).json()).signup;
  const home = start();
  await home.says(READY);
  expect(await signupNow()).toBe('open');
  await home.interrupt();
  for (const more of [{ PUBLIC_URL: 'https://club.example' }, { HOST: '0.0.0.0', PUBLIC_URL: 'http://localhost/' }]) {
    const run = start(more);
    await run.says(READY);
    expect(await signupNow()).toBe('operator');
    expect(run.said()).not.toMatch(/una-clave|curl it/);
    expect(run.said()).toContain(join(dataDir, 'demo.json'));
    await run.interrupt();
  }
  expect(readFileSync(join(dataDir, 'seeds.log'), 'utf8')).toBe('seeded seeded --doors ');
});

test('L11 --no-demo makes none and tells none', async () => {
  const run = start({ DATA_DIR: join(checkout, 'bare') }, ['--no-demo']);
  await run.says(READY);
  expect(run.said()).not.toMatch(/ana@example.com|curl it|demo/i);
  expect(existsSync(join(checkout, 'bare', 'seeds.log'))).toBe(false);
  await run.interrupt();
});

test('a second start finds the healthy server, tells its address and ends well', async () => {
  const run = start();
  await run.says(READY);
  const second = start();
  expect(await second.ended).toBe(0);
  expect(second.said()).toContain(`already running: http://localhost:${port}`);
  expect(run.child.exitCode).toBeNull();
});

test('after kill -9 of the launcher the next start takes over the stores and ends the server', async () => {
  const run = start();
  await run.says(READY);
  const before = pidsNow();
  await run.interrupt('SIGKILL');
  const next = start();
  await next.says(READY);
  const after = pidsNow();
  expect(after).toMatchObject({ database: before.database, redis: before.redis });
  expect(commandOf(before.server)).toBeNull();
  await next.interrupt();
  expectNothingLeft(after);
});

test('Ctrl-C while the stores start leaves nothing behind', async () => {
  const run = start();
  await run.says('Starting the database');
  await sleep(100);
  await run.interrupt();
  expect(run.said()).toContain('Stopped.');
  expectNothingLeft({});
});

test('a database that is killed comes back on its port', async () => {
  const run = start();
  await run.says(READY);
  const before = recordOf('database');
  process.kill(before.pid, 'SIGKILL');
  await run.says('was started again');
  expect(recordOf('database').port).toBe(before.port);
  expect(recordOf('database').pid).not.toBe(before.pid);
});

test('a port that was asked for and is taken is said in one sentence', async () => {
  const run = start();
  await run.says(READY);
  const other = start({ DATA_DIR: join(checkout, 'other') });
  expect(await other.ended).toBe(1);
  expect(other.said().trim()).toBe(
    `Port ${port} is taken by another program: stop that program, or choose another with PORT.`,
  );
});
