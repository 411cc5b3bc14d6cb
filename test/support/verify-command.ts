import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestServer } from './test-server.js';

const COMMAND = fileURLToPath(new URL('../../server/launcher/command.js', import.meta.url));
const VERIFY = fileURLToPath(new URL('../../server/dist/commands/verify.js', import.meta.url));

/** Runs `npm run verify` on a server's books; answers its exit code (0: clean) and what it said. */
export function verifyBooks(
  server: TestServer,
  args: readonly string[] = [],
): Promise<{ code: number | null; text: string }> {
  return run(['--enable-source-maps', VERIFY, ...args], { ...server.env, LANG: 'en_GB.UTF-8' });
}

/** `npm run verify -- --proof …` as somebody gives it who has nothing but the checkout and the proof. */
export function verifyProofAlone(
  dataDir: string,
  args: readonly string[],
): Promise<{ code: number | null; text: string }> {
  const { PATH, HOME } = process.env;
  return run([COMMAND, 'verify', ...args], { PATH, HOME, DATA_DIR: dataDir, LANG: 'en_GB.UTF-8' });
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (text += part.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
