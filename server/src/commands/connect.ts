import { randomBytes } from 'node:crypto';
import { ContractClient } from './contract-client.js';
import { HttpTransport } from './http-transport.js';
import type { Terminal } from './terminal.js';

/**
 * A client of the running server where there is one (`VERBENA_URL`, `VERBENA_LOCAL_TOKEN`), else of a server of our own
 * that is booted for this command on the stores of the environment and does not listen. The caller closes it.
 */
export async function connect({ language }: Terminal): Promise<ContractClient> {
  const { VERBENA_URL: url, VERBENA_LOCAL_TOKEN: given, DATA_DIR: dataDir } = process.env;
  if (url !== undefined && given !== undefined)
    return new ContractClient(new HttpTransport({ url, token: given }, language, dataDir ?? null));
  const token = given ?? randomBytes(32).toString('base64url');
  process.env['VERBENA_LOCAL_TOKEN'] = token;
  process.env['LOG_LEVEL'] ??= 'warn';
  // Only here: beside a running server nothing of the server is loaded.
  await import('reflect-metadata');
  const { createApp } = await import('#create-app.js');
  const { InjectTransport } = await import('./inject-transport.js');
  return new ContractClient(new InjectTransport(await createApp({ listen: false }), token, language));
}
