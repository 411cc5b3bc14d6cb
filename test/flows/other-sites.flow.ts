import { getPodium } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { API_PREFIX, fillPath, type RouteSpec } from '@verbena/shared/platform/route.js';
import { allRoutes } from '#support/route-table.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const SITE = { origin: 'https://marca.example' };

let server: TestServer;
let story: Story;
beforeAll(async () => {
  server = await startServer();
  story = await Story.begin(server);
});
afterAll(() => server?.stop());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}${API_PREFIX}${path}`, { ...init, headers: { ...SITE, ...init.headers } });
const allowed = (answer: Response): string | null => answer.headers.get('access-control-allow-origin');

describe('#11 A49 the page of another site', () => {
  test('reads what everybody may read, and why it is refused', async () => {
    const podium = await ask(fillPath(getPodium.path, { program: story.slug }));
    expect([podium.status, allowed(podium)]).toEqual([200, '*']);
    // With it a cookie of ours would be sent along.
    expect(podium.headers.get('access-control-allow-credentials')).toBeNull();
    const none = await ask(fillPath(getPodium.path, { program: 'no-hay-tal' }));
    expect([none.status, allowed(none)]).toEqual([404, '*']);
  });

  test('reads nothing else: of all routes only those that are public and only read', async () => {
    const open = async (route: RouteSpec): Promise<boolean> => {
      const path = route.path.replaceAll(/:\w+/g, 'nada');
      const body = route.method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
      return allowed(await ask(path, { method: route.method, ...body })) !== null;
    };
    const routes = await allRoutes();
    const found: string[] = [];
    for (const route of routes) if (await open(route)) found.push(`${route.method} ${route.path}`);
    expect(found).toEqual(
      routes.filter(({ method, access }) => method === 'GET' && access === 'public').map(({ path }) => `GET ${path}`),
    );
    expect(found.length).toBeGreaterThan(3);
  });

  test('is told before it asks that it may read, and no more', async () => {
    const preflight = await ask('/programs/x/activities', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
    expect(preflight.headers.get('access-control-allow-headers')).not.toMatch(/authorization|content-type/i);
  });
});
