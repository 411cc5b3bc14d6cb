import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writeJson } from './files.js';

/**
 * The password of the Redis that we start, from `secrets.json` of the data folder (0600); made at first use. Other
 * secrets in that file belong to the server and are kept as they are.
 * @param {string} dataDir
 * @returns {string} 43 characters, URL-safe
 */
export function redisPasswordOf(dataDir) {
  const path = join(dataDir, 'secrets.json');
  const secrets = readJson(path) ?? {};
  if (typeof secrets.redisPassword === 'string') return secrets.redisPassword;
  const redisPassword = randomBytes(32).toString('base64url');
  writeJson(path, { ...secrets, redisPassword }, { mode: 0o600 });
  return redisPassword;
}
