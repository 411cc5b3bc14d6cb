import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writeJson } from './files.js';

/**
 * The password of a store that we start, from `secrets.json` of the data folder (0600); made at first use. Other
 * secrets in that file belong to the server and are kept as they are.
 * @param {string} dataDir
 * @param {'databasePassword' | 'redisPassword'} name
 * @returns {string} 43 characters, URL-safe
 */
export function passwordOf(dataDir, name) {
  const path = join(dataDir, 'secrets.json');
  const secrets = readJson(path) ?? {};
  if (typeof secrets[name] === 'string') return secrets[name];
  const password = randomBytes(32).toString('base64url');
  writeJson(path, { ...secrets, [name]: password });
  return password;
}
