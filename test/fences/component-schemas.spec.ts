import { readdir, readFile } from 'node:fs/promises';

const CONTRACT = new URL('../../shared/src/', import.meta.url);
const LIST = new URL('../../server/src/platform/serving/component-schemas.ts', import.meta.url);

test('#11 A18 every file of the contract that exports a schema gives its names to the API document', async () => {
  const list = await readFile(LIST, 'utf8');
  const missing: string[] = [];
  for (const file of await readdir(CONTRACT, { recursive: true })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const text = await readFile(new URL(file, CONTRACT), 'utf8');
    // A schema and its type share a name.
    const isSchema = [...text.matchAll(/^export const ([A-Z]\w*)\b/gm)].some(([, name = '']) =>
      text.includes(`export type ${name} = z.infer<typeof ${name}>`),
    );
    if (isSchema && !list.includes(`@verbena/shared/${file.replace(/\.ts$/, '.js')}`)) missing.push(file);
  }
  expect(missing).toEqual([]);
});
