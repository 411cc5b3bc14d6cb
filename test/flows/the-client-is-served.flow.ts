import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const get = (path: string, accept = '*/*') => fetch(server.url + path, { headers: { accept } });

describe('the client is served', () => {
  test('#81 the service worker: never kept, a script, and allowed to ask this server and nothing else', async () => {
    const answer = await get('/service-worker.js');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
    );
    expect(await answer.text()).toContain('verbena-answers:');
  });

  test('#81 the manifest and its icons, each of its kind', async () => {
    const answer = await get('/manifest.webmanifest');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/manifest+json');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const manifest = (await answer.json()) as { lang: string; icons: { src: string; type: string; purpose: string }[] };
    expect(manifest.lang).toBe('es');
    expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
    for (const { src, type } of manifest.icons) {
      const icon = await get(src);
      expect([icon.status, icon.headers.get('content-type')]).toEqual([200, type]);
    }
  });

  test('#81 the page names the manifest, and its policy lets it and the worker in', async () => {
    const answer = await get('/plaza/join', 'text/html');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("manifest-src 'self'");
    expect(policy).toContain("worker-src 'self'");
    expect(await answer.text()).toContain('href="/manifest.webmanifest"');
  });

  test('a script that is not there is missing, not the page', async () => {
    for (const path of ['/service-worker.mjs', '/sw.js', '/_app/immutable/nada.js', '/icons/nada.png'])
      expect((await get(path)).status).toBe(404);
  });
});
