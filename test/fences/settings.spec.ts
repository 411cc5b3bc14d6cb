import { readFile } from 'node:fs/promises';

test('docs/settings.md names every setting that the server reads', async () => {
  const config = await readFile(new URL('../../server/src/platform/config/config.ts', import.meta.url), 'utf8');
  const page = await readFile(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  const names = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name);
  expect(names).toContain('MONGODB_URI');
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
