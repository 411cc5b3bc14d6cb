import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestServer } from './test-server.js';

const VERIFY = fileURLToPath(new URL('../../server/dist/commands/verify.js', import.meta.url));

/** Runs `npm run verify` on a server's books; answers its exit code (0: clean) and what it said. */
export function verifyBooks(
  server: TestServer,
  args: readonly string[] = [],
): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', VERIFY, ...args], {
      env: { ...server.env, LANG: 'en_GB.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (text += part.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
