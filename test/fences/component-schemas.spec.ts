import { readdir, readFile } from 'node:fs/promises';

const CONTRACT = new URL('../../shared/src/', import.meta.url);
const SERVER = new URL('../../server/src/', import.meta.url);

test('#11 A18 every file of the contract that exports a schema gives its names to the API document', async () => {
  const modules = (await readdir(SERVER, { recursive: true })).filter((file) => file.endsWith('.module.ts'));
  const imports = (await Promise.all(modules.map((file) => readFile(new URL(file, SERVER), 'utf8')))).join('\n');
  // Not a part of it, under its own names.
  const named = imports
    .split('\n')
    .filter((line) => line.startsWith('import * as '))
    .join('\n');
  const missing: string[] = [];
  for (const file of await readdir(CONTRACT, { recursive: true })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const text = await readFile(new URL(file, CONTRACT), 'utf8');
    // A schema and its type share a name.
    const isSchema = [...text.matchAll(/^export const ([A-Z]\w*)\b/gm)].some(([, name = '']) =>
      text.includes(`export type ${name} = z.infer<typeof ${name}>`),
    );
    const name = `@verbena/shared/${file.replace(/\.ts$/, '.js')}`;
    if (isSchema && !named.includes(` from '${name}';`)) missing.push(file);
  }
  expect(missing).toEqual([]);
});
