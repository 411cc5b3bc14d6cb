import { readFile } from 'node:fs/promises';
import { KeyPermission } from '@verbena/shared/identity/permissions.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const guide = (name: string) => readFile(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');
const BLOCK = /```(\w*)\n([\s\S]*?)```/g;
const blocksOf = (page: string) => [...page.matchAll(BLOCK)].map(([, kind = '', text = '']) => ({ kind, text }));

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test('#11 A18 U1 every request of the guide, sent in its order, answers what the guide says', async () => {
  const story = await Story.begin(server, {
    key: { types: ['purchase'], permissions: [...KeyPermission.options] },
  });
  // The day of its purchase is yesterday, so that its points are there whenever this runs.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const page = (await guide('integrate')).replaceAll('2026-11-29', yesterday);
  const blocks = blocksOf(page).filter(({ kind }) => kind === 'http' || kind === 'json');
  expect(blocks.length).toBeGreaterThan(14);
  for (let place = 0; place < blocks.length; place += 2) {
    const [asked, said] = [blocks[place], blocks[place + 1]];
    expect([asked?.kind, said?.kind]).toEqual(['http', 'json']);
    const [, method = '', path = '', body = ''] = /^(\w+) (\S+)\n?([\s\S]*)$/.exec(asked?.text ?? '') ?? [];
    const [, status = '', expected = ''] = /^(\d+)\n([\s\S]*)$/.exec(said?.text ?? '') ?? [];
    const answer = await fetch(server.url + path.replace('/plaza/', `/${story.slug}/`), {
      method,
      headers: { authorization: `Bearer ${story.shop.bearer}`, 'content-type': 'application/json' },
      ...(body.trim() === '' ? {} : { body }),
    });
    expect({ path, status: answer.status }).toEqual({ path, status: Number(status) });
    expect(await answer.json()).toMatchObject(JSON.parse(expected) as object);
  }
});

test('#11 A18 both languages show the same requests and answers', async () => {
  const code = (page: string) => blocksOf(page).filter(({ kind }) => kind !== '');
  expect(code(await guide('integrar'))).toEqual(code(await guide('integrate')));
});

test('#11 A18 the reference begins with the guide, and leads to it in Spanish', async () => {
  const { info } = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as { info: { description: string } };
  expect(info.description).toContain('(/api/docs/integrar.md)');
  expect(info.description).toContain('## 4. When no answer comes');
  const spanish = await fetch(`${server.url}/api/docs/integrar.md`);
  expect(spanish.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect(await spanish.text()).toBe(await guide('integrar'));
});
