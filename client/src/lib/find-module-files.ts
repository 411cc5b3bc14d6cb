import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('..', import.meta.url));

/** For specs, where there is no `import.meta.glob`: the same files as the glob `<module>/*<ending>` finds in the client, sorted. */
export function findModuleFiles(ending: string): readonly string[] {
  return readdirSync(sources, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(path.join(sources, name)).map((file) => path.join(sources, name, file)))
    .filter((file) => file.endsWith(ending))
    .sort();
}
