import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestServer } from '#support/test-server.js';

const COMMANDS = fileURLToPath(new URL('../../server/dist/commands/', import.meta.url));

export interface RunningCommand {
  /** When it has ended: its exit code, 137 where it was killed, and all that it said. */
  readonly ended: Promise<{ readonly code: number; readonly output: string }>;
  signal(name: NodeJS.Signals): void;
}

/** Starts `npm run <verb>` as the launcher does once everything is set up, speaking English. */
export function startCommand(
  verb: 'import' | 'export' | 'seed',
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningCommand {
  const child = spawn(process.execPath, ['--enable-source-maps', `${COMMANDS}${verb}.js`, ...args], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', LANG: 'en_GB.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code]: unknown[]) => ({
    code: typeof code === 'number' ? code : 137,
    output,
  }));
  return { ended, signal: (name) => void child.kill(name) };
}

/** What a command needs to speak with a running server. */
export function beside(server: TestServer): Record<string, string> {
  return { VERBENA_URL: server.url, VERBENA_LOCAL_TOKEN: server.local.bearer ?? '' };
}

/** What a command needs to boot a server of its own, on a database of its own. */
export function alone(database: string, dataDir: string): Record<string, string> {
  const { MONGODB_URI = '', REDIS_URL = '' } = process.env;
  return { MONGODB_URI, REDIS_URL, MONGODB_DATABASE: database, REDIS_PREFIX: database, DATA_DIR: dataDir };
}
