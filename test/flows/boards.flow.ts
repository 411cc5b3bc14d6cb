import { getBoard, listBoards } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { putMember } from '@verbena/shared/members/members.routes.js';
import type { BoardPage } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { call, type Caller } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const devices: StreamClient[] = [];
afterEach(() => {
  for (const device of devices.splice(0)) device.close();
});

const page = (story: Story, caller: Caller, board = 'semana', query: { run?: string; limit?: string } = {}) =>
  call(caller, getBoard, { params: { program: story.slug, board }, query: query as never });

/** Somebody with an alias, so that rows can be told apart. */
async function named(story: Story, alias: string): Promise<Person> {
  const person = await story.person();
  await call(server.local, putMember, {
    params: { program: story.slug, member: person.member ?? '' },
    body: { name: person.name, alias },
  });
  return person;
}

function buy(
  story: Story,
  person: Pick<Person, 'externalId'>,
  totalMinor: number,
  occurredAt?: string,
): Promise<unknown> {
  return story.record(
    aPurchase({ externalId: person.externalId, totalMinor, ...(occurredAt === undefined ? {} : { occurredAt }) }),
  );
}

async function showing(
  story: Story,
  caller: Caller,
  rows: readonly (readonly [string, number])[],
  board = 'siempre',
): Promise<BoardPage> {
  let found: BoardPage | null = null;
  await eventually(
    async () => {
      found = await page(story, caller, board);
      expect(found.rows.map(({ alias, score }) => [alias, score])).toEqual(rows);
      return true;
    },
    { until: `the board shows ${JSON.stringify(rows)}` },
  );
  return found as unknown as BoardPage;
}

describe('places', () => {
  test('H4 #74 top, around me and my own place come in one answer', async () => {
    const story = await Story.begin(server);
    const [luz, ana] = [await named(story, 'luz'), await named(story, 'ana')];
    const double = isWednesday() ? 2 : 1;
    await buy(story, luz, 5_000);
    await buy(story, ana, 3_000);
    const seen = await showing(story, ana.caller, [
      ['luz', 50 * double],
      ['ana', 30 * double],
    ]);
    expect(seen).toMatchObject({
      id: 'siempre',
      total: 2,
      around: [],
      previous: null,
      next: null,
      run: { id: 'ever', startsOn: null, endsOn: null, closedAt: null },
      me: {
        place: 2,
        rank: 2,
        score: 30 * double,
        hidden: false,
        movement: null,
        toNext: { points: 20 * double + 1, alias: 'luz', label: 'luz' },
      },
    });
    expect(seen.rows[0]).toMatchObject({ place: 1, rank: 1, tier: 'socio' });
    const staff = await story.person('manager');
    expect((await page(story, staff.caller)).me).toBeNull();
    const { items } = await call(luz.caller, listBoards, { params: { program: story.slug } });
    expect(items.map(({ id, total, me }) => [id, total, me?.place])).toEqual([
      ['semana', 2, 1],
      ['mes', 2, 1],
      ['siempre', 2, 1],
    ]);
  });
});

function isWednesday(): boolean {
  return new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Madrid' }).format(new Date()) === 'Wed';
}
