import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { aKey, aProgram } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let story: Story;
let code: string;
const NAME = 'Plaza "Mayor" & <b>';
const SHOWN = 'Plaza &quot;Mayor&quot; &amp; &lt;b&gt;';

beforeAll(async () => {
  server = await startServer();
  const elsewhere = await Story.begin(server);
  story = await Story.begin(server, { program: aProgram({ name: NAME }) });
  const { caller } = await elsewhere.person('member', { name: 'Lucía Peña' });
  await call(caller, joinProgram, { params: { program: story.slug }, body: { alias: 'Lucía H.' } });
  code = (await call(caller, getReferrals, { params: { program: story.slug, member: 'me' } })).code;
});
afterAll(() => server?.stop());

/** As the apps ask in which people share: for anything. */
const read = (path: string, headers: Record<string, string> = { accept: '*/*' }, method = 'GET') =>
  fetch(server.url + path, { method, headers });
const tagsOf = async (answer: Response): Promise<Record<string, string>> => {
  const html = await answer.text();
  const metas = [...html.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)"/g)];
  return {
    title: /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '',
    lang: /<html lang="([^"]*)"/.exec(html)?.[1] ?? '',
    ...Object.fromEntries(metas.map(([, name = '', content = '']) => [name, content])),
  };
};

test('#5 an invitation says who invites where it is shared, by alias, and nobody’s name', async () => {
  const path = `/${story.slug}/i/${code}`;
  const answer = await read(path, { accept: '*/*', 'user-agent': 'WhatsApp/2.24' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const tags = await tagsOf(answer);
  expect(tags).toMatchObject({
    lang: 'es',
    title: `Lucía H. te invita a ${SHOWN}`,
    'og:title': `Lucía H. te invita a ${SHOWN}`,
    'twitter:title': `Lucía H. te invita a ${SHOWN}`,
    'og:url': `${server.url}${path}`,
    'og:image': `${server.url}/icons/icon-512.png`,
  });
  expect(tags['og:description']).toContain(SHOWN);
  expect(tags['description']).toBe(tags['og:description']);
  expect(JSON.stringify(tags)).not.toContain('Peña');
  const picture = await read('/icons/icon-512.png');
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
});

test('#5 a code that is nobody’s, the program’s page and joining: the program; a program that is none: the house', async () => {
  for (const path of [`/${story.slug}/i/ZZZZZZZZZZ`, `/${story.slug}/i/%3Cscript%3E`, `/${story.slug}`]) {
    const tags = await tagsOf(await read(path));
    expect([path, tags['title']]).toEqual([path, SHOWN]);
  }
  expect((await tagsOf(await read(`/${story.slug}/join?i=x`)))['title']).toBe(`Únete a ${SHOWN}`);
  for (const path of ['/', '/no-hay', '/console/plaza'])
    expect([path, (await tagsOf(await read(path)))['title']]).toEqual([path, 'Verbena']);
  for (const path of ['/%00x', '/%E0%A4%A']) expect([path, (await read(path)).status]).toEqual([path, 404]);
});

test('#5 in the language that is asked for, and else in the program’s', async () => {
  const english = await Story.begin(server, { program: aProgram({ name: 'Square', language: 'en' }) });
  expect(await tagsOf(await read(`/${english.slug}`))).toMatchObject({ lang: 'en', 'og:locale': 'en_GB' });
  const answer = await read(`/${story.slug}/i/${code}`, { accept: '*/*', 'accept-language': 'en-GB,es;q=0.5' });
  expect(answer.headers.get('vary')).toContain('accept-language');
  expect((await tagsOf(answer))['title']).toBe(`Lucía H. invites you to ${SHOWN}`);
});

test('#5 whatever is asked for, an address outside the API is the page, also for HEAD; a missing file is missing', async () => {
  for (const accept of ['*/*', 'application/json', 'text/html,*/*', 'image/png'])
    expect((await read(`/${story.slug}/wallet`, { accept })).status).toBe(200);
  const head = await read(`/${story.slug}/i/${code}`, { accept: '*/*' }, 'HEAD');
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  for (const path of ['/_app/immutable/nada.js', `/${story.slug}/nada.png`, '/api/v1/nada', '/docs/nada', '/socket.io'])
    expect([path, (await read(path)).status]).not.toEqual([path, 200]);
  // An alias may hold a dot: a browser's navigation is a page all the same.
  expect((await read(`/${story.slug}/members/j.rojo`, { accept: 'text/html' })).status).toBe(200);
});

test('#5 whoever guesses codes by the page gets the program’s page, and not one more try than by the API', async () => {
  const limited = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
  try {
    const elsewhere = await Story.begin(limited);
    const own = await Story.begin(limited);
    const { caller } = await elsewhere.person('member');
    await call(caller, joinProgram, { params: { program: own.slug }, body: { alias: 'Luz' } });
    const right = (await call(caller, getReferrals, { params: { program: own.slug, member: 'me' } })).code;
    const titleOf = async (one: string) =>
      (await tagsOf(await fetch(`${limited.url}/${own.slug}/i/${one}`, { headers: { accept: '*/*' } })))['title'];
    expect(await titleOf(right)).toMatch(/^Luz te invita/);
    for (let tried = 0; tried < 60; tried += 1) await titleOf(aKey('no').slice(0, 10));
    const answer = await fetch(`${limited.url}/${own.slug}/i/${right}`);
    expect(answer.status).toBe(200);
    expect((await tagsOf(answer))['title']).not.toMatch(/^Luz/);
    expect((await fetch(`${limited.url}/api/v1/programs/${own.slug}/invitations/${right}`)).status).toBe(429);
  } finally {
    await limited.stop();
  }
});

test('#54 installed from a program’s page the client is called as it is and opens there; elsewhere it is the house’s', async () => {
  const manifestOf = async (path: string) => {
    const html = await (await read(path)).text();
    const [, href = ''] = /<link rel="manifest" href="([^"]*)"/.exec(html) ?? [];
    const answer = await read(new URL(href, server.url + path).pathname);
    return {
      status: answer.status,
      ...((await answer.json()) as { name: string; start_url: string; icons: unknown[] }),
    };
  };
  const own = await manifestOf(`/${story.slug}`);
  expect(own).toMatchObject({
    status: 200,
    id: `/${story.slug}`,
    name: NAME,
    start_url: `/${story.slug}`,
    scope: '/',
    lang: 'es',
  });
  expect(own.icons.length).toBeGreaterThan(0);
  expect(await manifestOf(`/${story.slug}/i/${code}`)).toMatchObject({ name: NAME, start_url: `/${story.slug}` });
  expect(await manifestOf('/')).toMatchObject({ name: 'Verbena', start_url: '/' });
  expect((await read('/no-hay-tal/manifest.webmanifest')).status).toBe(404);
});
