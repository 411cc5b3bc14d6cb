import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUTES = fileURLToPath(new URL('../../client/src/routes', import.meta.url));

/** Every page of the client by its address, `[param]` as written: `/[program]/wallet/[entry]`. Read from the routes folder. */
export async function clientRoutes(): Promise<string[]> {
  const files = await readdir(ROUTES, { recursive: true });
  return files
    .filter((file) => path.basename(file) === '+page.svelte')
    .map((file) =>
      path
        .dirname(file)
        .split(path.sep)
        .filter((part) => part !== '.' && !/^\(.*\)$/.test(part))
        .map((part) => part.replace(/^\[(\w+)=\w+\]$/, '[$1]')),
    )
    .map((parts) => `/${parts.join('/')}`)
    .sort();
}
