import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getHealth, type Health } from '@verbena/shared/platform/health.js';
import { moveClock } from '@verbena/shared/platform/test-clock.js';
import { freePort } from '@verbena/server/launcher/ports.js';
import { unservedReads } from './unserved-reads.js';
import { eventually } from './eventually.js';
import { ask, call, type Caller } from './http-call.js';

const MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));
const LOG_CHARACTERS_MAX = 200_000;

export interface ServerOptions {
  /** The database's name and the Redis prefix; a new one unless two servers are to share one. */
  readonly database?: string;
  /** Settings over those of a test server. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the server's clock stands at first. */
  readonly clock?: string;
  readonly mongodbUri?: string;
  readonly redisUrl?: string;
  /** Another node may lead all lanes: then it is well, and its health is 503. */
  readonly isOneOfTwo?: boolean;
  /** A port to come back on. */
  readonly port?: number;
}

/** The built server in a process of its own, with a database of its own. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly database: string;
  readonly mongodbUri: string;
  /** This machine's own voice: it may do everything. */
  readonly local: Caller;
  readonly pid: number;
  /** The environment that it runs with, for a command beside it. */
  readonly env: NodeJS.ProcessEnv;
  /** What the process wrote; the whole of it stands in `server.log` of its data folder. */
  log(): string;
  isRunning(): boolean;
  health(): Promise<Health>;
  moveClock(at: string): Promise<void>;
  /** Ends it as an operator does. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again on the same port and database, and waits until it is healthy. */
  start(): Promise<void>;
}

/** Starts `server/dist/main.js` on a free port and waits until it is healthy. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const database = options.database ?? `t_${randomBytes(6).toString('hex')}`;
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const localToken = randomBytes(32).toString('base64url');
  const mongodbUri = options.mongodbUri ?? required('MONGODB_URI');
  const dataDir = path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), database);
  mkdirSync(dataDir, { recursive: true });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TMPDIR: process.env['TMPDIR'],
    NODE_ENV: 'production',
    PORT: String(port),
    MONGODB_URI: mongodbUri,
    MONGODB_DATABASE: database,
    REDIS_URL: options.redisUrl ?? required('REDIS_URL'),
    REDIS_PREFIX: database,
    DATA_DIR: dataDir,
    VERBENA_TEST: '1',
    VERBENA_RATE_LIMITS: 'off',
    VERBENA_SIGNUP: 'operator',
    VERBENA_LOCAL_TOKEN: localToken,
    LOG_LEVEL: 'warn',
    ...options.env,
  };
  let child: ChildProcess | null = null;
  let log = '';
  const note = (text: Buffer) => {
    log = (log + text.toString('utf8')).slice(-LOG_CHARACTERS_MAX);
    appendFileSync(path.join(dataDir, 'server.log'), text);
  };
  const launch = async (): Promise<void> => {
    const launched = spawn(process.execPath, ['--enable-source-maps', MAIN], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = launched;
    // A run that ends in the middle leaves no server behind.
    process.once('exit', () => launched.kill('SIGKILL'));
    launched.stdout.on('data', note);
    launched.stderr.on('data', note);
    await eventually(
      async () => {
        if (launched.exitCode !== null || launched.signalCode !== null) return 'ended' as const;
        const { status } = await ask({ url }, getHealth);
        return status === 200 || (status === 503 && options.isOneOfTwo === true) ? ('healthy' as const) : null;
      },
      { withinMs: 110_000, until: `the server answers on ${url}. ${log}` },
    ).then((how) => {
      if (how === 'ended') throw new Error(`The server did not start:\n${log}`);
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    ending.kill(signal);
    await ended;
  };
  const server: TestServer = {
    url,
    port,
    database,
    mongodbUri,
    local: { url, bearer: localToken },
    env,
    get pid() {
      return child?.pid ?? 0;
    },
    log: () => log,
    isRunning: () => child !== null && child.exitCode === null && child.signalCode === null,
    health: async () => JSON.parse((await ask(server.local, getHealth)).text) as Health,
    moveClock: async (at) => void (await call({ url }, moveClock, { body: { at } })),
    stop: async () => {
      await end('SIGTERM');
      const unserved = await unservedReads(mongodbUri, database, dataDir);
      if (unserved.length > 0) throw new Error(`No index serves:\n${unserved.join('\n')}`);
    },
    kill: () => end('SIGKILL'),
    start: launch,
  };
  await launch();
  if (options.clock !== undefined) await server.moveClock(options.clock);
  return server;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this through npm test.`);
  return value;
}
