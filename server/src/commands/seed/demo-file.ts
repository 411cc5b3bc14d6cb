import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changePassword } from '@verbena/shared/identity/accounts.routes.js';
import { createApiKey, listApiKeys } from '@verbena/shared/identity/api-keys.routes.js';
import { login } from '@verbena/shared/identity/identity.routes.js';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { DEMO_PASSWORD, FRIENDS, LUCIA, MARCOS, OWNER, PLAZA, VISITORS_PURCHASE } from '@verbena/seeds/demo/plaza.js';
import { isPublic } from '@verbena/server/launcher/reach.js';
import { CallRefused, type ContractClient } from '#commands/contract-client.js';

/** What `npm start` prints; `{url}` in `curl` stands for the server's address, which may differ from start to start. */
export interface DemoFile {
  readonly logins: readonly { readonly email: string; readonly password: string; readonly role: string }[];
  readonly curl: string;
  readonly key: { readonly id: string; readonly secret: string };
  readonly password: string;
  /** A password from which not all logins were brought to the present one yet. */
  readonly former?: string;
  /** Whether some login may have the password that the documentation tells. */
  readonly isDocumented?: boolean;
}

const FILE = 'demo.json';

/** What an earlier seed has written, or null. */
export function readDemoFile(dataDir: string): DemoFile | null {
  try {
    const found: unknown = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8'));
    return isDemoFile(found) ? found : null;
  } catch {
    return null;
  }
}

/** Whole or not at all, and for the owner's eyes only. */
function writeDemoFile(dataDir: string, demo: DemoFile): void {
  mkdirSync(dataDir, { recursive: true });
  const temporary = join(dataDir, `${FILE}.${process.pid}.tmp`);
  writeFileSync(temporary, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, join(dataDir, FILE));
}

/**
 * The documented password where only this machine reaches the server; elsewhere one of the installation's own, also where an
 * earlier seed took the documented one.
 */
export function chooseDemoPassword(earlier: DemoFile | null, env: NodeJS.ProcessEnv = process.env): string {
  if (earlier !== null && !(isPublic(env) && earlier.password === DEMO_PASSWORD)) return earlier.password;
  return isPublic(env) ? randomBytes(12).toString('base64url') : DEMO_PASSWORD;
}

/**
 * Writes down what `npm start` tells, and brings the logins to its password that have an earlier one of ours; who has chosen a
 * password keeps it.
 */
export async function keepDemo(
  client: ContractClient,
  dataDir: string,
  demo: DemoFile,
  earlier: DemoFile | null,
): Promise<void> {
  const { password } = demo;
  const former = [earlier?.former, earlier?.password, DEMO_PASSWORD].find(
    (one) => one !== undefined && one !== password,
  );
  if (former !== undefined && password !== DEMO_PASSWORD) {
    // Noted first: a run that is cut off in the middle is done again from here.
    writeDemoFile(dataDir, { ...demo, former, isDocumented: true });
    for (const { email } of [LUCIA, MARCOS, OWNER, ...FRIENDS]) {
      const grant = await client.call(login, { params: {}, body: { email, password: former } }).catch(noneIfWrong);
      if (grant === null) continue;
      const person = client.speakingAs(grant.accessToken);
      await person.call(changePassword, { params: {}, body: { current: former, password } });
    }
  }
  writeDemoFile(dataDir, { ...demo, isDocumented: password === DEMO_PASSWORD });
}

/** The same for a demo that is there, when others reach the server now: nothing but its passwords changes. */
export async function lockDoors(client: ContractClient, dataDir: string): Promise<void> {
  const earlier = readDemoFile(dataDir);
  if (earlier === null) return;
  const { former: _, ...demo } = earlier;
  const password = chooseDemoPassword(earlier);
  const logins = demo.logins.map((one) => ({ ...one, password }));
  await keepDemo(client, dataDir, { ...demo, logins, password }, earlier);
}

function noneIfWrong(error: unknown): null {
  if (error instanceof CallRefused && error.problem.code === 'auth.badCredentials') return null;
  throw error;
}

/** The program's demo key: the one of an earlier seed while it is valid, else a new one. */
export async function ensureDemoKey(client: ContractClient, earlier: DemoFile | null): Promise<DemoFile['key']> {
  const params = { program: PLAZA.slug };
  const { items } = await client.call(listApiKeys, { params });
  if (
    earlier !== null &&
    items.some(({ id, revokedAt, expiresAt }) => id === earlier.key.id && revokedAt === null && expiresAt === null)
  )
    return earlier.key;
  const types = ['purchase', 'coupon.redeemed'];
  // With `members.read` the visitor's purchase is answered with all that it did.
  const permissions = ['activities.write' as const, 'activities.read' as const, 'members.read' as const];
  const { id, secret } = await client.call(createApiKey, { params, body: { name: 'Demo', types, permissions } });
  return { id, secret };
}

/** The command that a visitor pastes into another terminal: a purchase of Lucía's, with a new key each time. */
export function demoCurl(secret: string): string {
  const activity = JSON.stringify({
    key: 'KEY',
    type: 'purchase',
    member: { externalId: LUCIA.externalId },
    attributes: VISITORS_PURCHASE,
  }).replace('KEY', `demo-'$(date +%s)'`);
  return [
    `curl -X POST {url}${API_PREFIX}/programs/${PLAZA.slug}/activities`,
    `  -H 'Authorization: Bearer ${secret}'`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${activity}'`,
  ].join(' \\\n');
}

function isDemoFile(value: unknown): value is DemoFile {
  if (typeof value !== 'object' || value === null || !('key' in value) || !('password' in value)) return false;
  const { key, password } = value;
  return typeof password === 'string' && typeof key === 'object' && key !== null && 'id' in key && 'secret' in key;
}
