// Makes the types that SvelteKit derives from the routes; tsc, oxlint and svelte-check read them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const checkout = new URL('../..', import.meta.url);
const kit = fileURLToPath(new URL('node_modules/.bin/svelte-kit', checkout));
const { status } = spawnSync(kit, ['sync'], { cwd: fileURLToPath(new URL('client/', checkout)), stdio: 'inherit' });
process.exitCode = status ?? 1;
