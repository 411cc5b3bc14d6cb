import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';

/**
 * Keys that never enter the database: for access tokens and for the daily roots (Ed25519), between nodes, and for what is
 * sealed at rest (32 bytes).
 */
export interface Secrets {
  readonly tokenKey: JWK;
  readonly rootKey: JWK;
  readonly clusterSecret: string;
  readonly sealKey: string;
}

/**
 * Takes the keys from the environment (`VERBENA_TOKEN_KEY` and `VERBENA_ROOT_KEY` as JWKs, `VERBENA_CLUSTER_SECRET`, `VERBENA_SEAL_KEY`) or from
 * `secrets.json` in the data directory, and makes there what is missing. The file is replaced whole, readable by its owner only, and what
 * others wrote into it stays.
 */
export function loadSecrets(dataDir: string, environment: NodeJS.ProcessEnv = process.env): Secrets {
  const path = join(dataDir, 'secrets.json');
  const stored = readJson(path);
  const tokenKey = parseJwk(environment['VERBENA_TOKEN_KEY']) ?? (stored['tokenKey'] as JWK | undefined);
  const rootKey = parseJwk(environment['VERBENA_ROOT_KEY']) ?? (stored['rootKey'] as JWK | undefined);
  const clusterSecret = environment['VERBENA_CLUSTER_SECRET'] ?? (stored['clusterSecret'] as string | undefined);
  const sealKey = environment['VERBENA_SEAL_KEY'] ?? (stored['sealKey'] as string | undefined);
  if (tokenKey !== undefined && rootKey !== undefined && clusterSecret !== undefined && sealKey !== undefined)
    return { tokenKey, rootKey, clusterSecret, sealKey };
  const made: Secrets = {
    tokenKey: tokenKey ?? newSigningKey(),
    rootKey: rootKey ?? newSigningKey(),
    clusterSecret: clusterSecret ?? randomBytes(32).toString('base64url'),
    sealKey: sealKey ?? randomBytes(32).toString('base64url'),
  };
  mkdirSync(dataDir, { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify({ ...stored, ...made }, null, 2), { mode: 0o600 });
  renameSync(temporary, path);
  return made;
}

/**
 * The public keys of daily roots that were signed with earlier keys (their `x`, base64url): `VERBENA_FORMER_ROOT_KEYS`, with commas
 * between them, or `formerRootKeys` in `secrets.json`.
 */
export function loadFormerRootKeys(dataDir: string, environment: NodeJS.ProcessEnv = process.env): string[] {
  const given = environment['VERBENA_FORMER_ROOT_KEYS'];
  if (given !== undefined) return given.split(',').map((key) => key.trim());
  const stored = readJson(join(dataDir, 'secrets.json'))['formerRootKeys'];
  return Array.isArray(stored) ? stored.map(String) : [];
}

function newSigningKey(): JWK {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as JWK;
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${path} cannot be read as JSON. Mend it, or move it away to have new keys made.`);
  }
}

function parseJwk(text: string | undefined): JWK | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as JWK);
}
