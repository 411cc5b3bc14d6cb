import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this launcher belongs to. */
export const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** Programs live here whatever `DATA_DIR` says, so that start, test, import and bench install them once. */
export const TOOLS_DIR = join(CHECKOUT, '.data', 'tools');

/**
 * Where a run keeps what must survive it: `DATA_DIR`, by default `.data` of the checkout. A relative one counts from the
 * folder where the command was given: npm moves to the checkout, so the person's own folder is `INIT_CWD`.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string} an absolute path; nothing is created
 */
export function dataDirOf(env = process.env) {
  const asked = env.DATA_DIR;
  if (!asked) return join(CHECKOUT, '.data');
  return isAbsolute(asked) ? asked : resolve(env.INIT_CWD ?? process.cwd(), asked);
}
