import {
  type BoardPage,
  getBoard,
  getPodium,
  listBoardRuns,
  listBoards,
  rebuildBoards,
} from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { changeProfile, putMember } from '@verbena/shared/members/members.routes.js';
import type { PushData, StreamName } from '@verbena/shared/realtime/socket.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
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

function page(
  story: Story,
  caller: Caller,
  board = 'siempre',
  query: { readonly run?: string; readonly limit?: string } = {},
): Promise<BoardPage> {
  return call(caller, getBoard, { params: { program: story.slug, board }, query });
}

/** Somebody with an alias, so that rows can be told apart. */
async function named(story: Story, alias: string): Promise<Person> {
  const person = await story.person();
  await call(story.server.local, putMember, {
    params: { program: story.slug, member: person.member ?? '' },
    body: { name: person.name, alias },
  });
  return person;
}

/** The same person with a new session: time went on. */
async function returned(story: Story, person: Person): Promise<Person> {
  return { ...person, ...(await story.logIn(person)) };
}

const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Madrid' });

/** A purchase that earns so many points on any day: half its total is enough on a Wednesday. */
function earn(story: Story, { externalId }: Pick<Person, 'externalId'>, points: number, occurredAt?: string) {
  return story.record(
    aPurchase({
      externalId,
      totalMinor: points * (weekday.format(new Date(occurredAt ?? Date.now())) === 'Wed' ? 50 : 100),
      ...(occurredAt === undefined ? {} : { occurredAt }),
    }),
  );
}

const scores = ({ rows }: Pick<BoardPage, 'rows'>) => rows.map(({ label, score }) => [label, score]);

/** Waits until a board shows these rows. */
function showing(
  story: Story,
  caller: Caller,
  rows: readonly (readonly [string, number])[],
  board = 'siempre',
  run?: string,
): Promise<BoardPage> {
  return eventually(
    async () => {
      const found = await page(story, caller, board, run === undefined ? {} : { run });
      expect(scores(found)).toEqual(rows);
      return found;
    },
    { until: `the board shows ${JSON.stringify(rows)}` },
  );
}

async function watch(story: Story, person: Person, stream: StreamName): Promise<StreamClient> {
  const device = await StreamClient.connect(story.server.url, person.caller.bearer, story.slug, 0, stream);
  devices.push(device);
  await device.open();
  return device;
}

describe('places', () => {
  test('H4 #74 top, around me and my own place come in one answer', async () => {
    const story = await Story.begin(server);
    const [luz, ana] = [await named(story, 'luz'), await named(story, 'ana')];
    await earn(story, luz, 50);
    await earn(story, ana, 30);
    const seen = await showing(story, ana.caller, [
      ['luz', 50],
      ['ana', 30],
    ]);
    expect(seen).toMatchObject({ id: 'siempre', total: 2, around: [], previous: null, next: null });
    expect(seen.run).toEqual({ id: 'ever', startsOn: null, endsOn: null, closedAt: null });
    expect(seen.me).toEqual({
      score: 30,
      hidden: false,
      place: 2,
      rank: 2,
      movement: null,
      toNext: { points: 21, alias: 'luz', label: 'luz' },
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

  test('H4 somebody far below sees three above and three below, and the top apart', async () => {
    const story = await Story.begin(server);
    const people = [];
    for (let number = 0; number < 12; number += 1) people.push(await story.person());
    for (const [index, person] of people.entries()) await earn(story, person, 200 - index);
    const asking = people[7];
    if (asking === undefined) throw new Error('nobody asks');
    const seen = await eventually(async () => {
      const found = await page(story, asking.caller, 'siempre', { limit: '2' });
      return found.total === 12 && found;
    });
    expect(seen.rows.map(({ place }) => place)).toEqual([1, 2]);
    expect(seen.around.map(({ place, score }) => [place, score])).toEqual(
      [5, 6, 7, 8, 9, 10, 11].map((place) => [place, 201 - place]),
    );
    expect(seen.rows[0]).toMatchObject({ alias: null, label: `·${(people[0]?.member ?? '').slice(-4)}` });
  });

  test('#75 H5 of two with the same score whoever reached it first stands higher', async () => {
    const story = await Story.begin(server);
    const [luz, ana] = [await named(story, 'luz'), await named(story, 'ana')];
    await earn(story, ana, 40);
    await earn(story, luz, 10);
    await earn(story, luz, 30);
    const seen = await showing(story, luz.caller, [
      ['ana', 40],
      ['luz', 40],
    ]);
    expect(seen.rows.map(({ rank }) => rank)).toEqual([1, 2]);
    expect(seen.me?.toNext).toEqual({ points: 1, alias: 'ana', label: 'ana' });
  });

  test('H1 #72 what happened last week stands in last week, and one leafs from one run to the other', async () => {
    const story = await Story.begin(server);
    const ana = await named(story, 'ana');
    const weekAgo = new Date(Date.now() - 7 * 86_400_000).toISOString();
    await earn(story, ana, 12, weekAgo);
    await earn(story, ana, 5);
    const now = await showing(story, ana.caller, [['ana', 5]], 'semana');
    const last = await showing(story, ana.caller, [['ana', 12]], 'semana', now.previous ?? '');
    expect(last.run.id).toBe(now.previous);
    expect([last.next, last.previous, now.next]).toEqual([now.run.id, null, null]);
    expect(new Date(`${last.run.startsOn}T12:00:00Z`).getUTCDay()).toBe(1);
    expect(scores(await page(story, ana.caller))).toEqual([['ana', 17]]);
    for (const run of ['2020-W01', '2026-11', 'ever'])
      expect(
        await refusal(ana.caller, getBoard, { params: { program: story.slug, board: 'semana' }, query: { run } }),
      ).toMatchObject({ status: 404, code: 'board.notFound' });
  });

  test('#76 H10 whoever opts out keeps earning, stands on no board, and the others close up', async () => {
    const story = await Story.begin(server);
    const [luz, ana] = [await named(story, 'luz'), await named(story, 'ana')];
    await earn(story, luz, 50);
    await earn(story, ana, 30);
    await showing(story, ana.caller, [
      ['luz', 50],
      ['ana', 30],
    ]);
    const choose = (boards: 'alias' | 'hidden') =>
      call(luz.caller, changeProfile, { params: { program: story.slug, member: 'me' }, body: { boards } });
    await choose('hidden');
    const seen = await showing(story, ana.caller, [['ana', 30]]);
    expect([seen.total, seen.me]).toMatchObject([1, { place: 1, rank: 1, toNext: null }]);
    await earn(story, luz, 10);
    const own = await eventually(async () => {
      const { me } = await page(story, luz.caller);
      return me?.score === 60 && me;
    });
    expect(own).toEqual({ score: 60, hidden: true, place: null, rank: null, movement: null, toNext: null });
    const podium = await eventually(async () => {
      const found = await call({ url: server.url }, getPodium, { params: { program: story.slug } });
      return found.rows.length === 1 && found;
    });
    expect(podium.rows).toMatchObject([{ rank: 1, alias: 'ana' }]);
    await choose('alias');
    await showing(story, ana.caller, [
      ['luz', 60],
      ['ana', 30],
    ]);
  });

  test('a rebuild under way changes no place, and counts what is bought meanwhile', async () => {
    const story = await Story.begin(server);
    const [luz, ana] = [await named(story, 'luz'), await named(story, 'ana')];
    await earn(story, luz, 50);
    await earn(story, ana, 30);
    await showing(story, ana.caller, [
      ['luz', 50],
      ['ana', 30],
    ]);
    await call(server.local, rebuildBoards, { params: { program: story.slug } });
    await earn(story, ana, 25);
    await showing(story, ana.caller, [
      ['ana', 55],
      ['luz', 50],
    ]);
  });
});

describe('live', () => {
  test('#71 a member passes another, and both see it within two seconds', async () => {
    const story = await Story.begin(server);
    const [luz, ana] = [await named(story, 'luz'), await named(story, 'ana')];
    await earn(story, luz, 50);
    await earn(story, ana, 30);
    const before = await showing(
      story,
      ana.caller,
      [
        ['luz', 50],
        ['ana', 30],
      ],
      'semana',
    );
    const stream: StreamName = `board:semana:${before.run.id}`;
    const screens = [await watch(story, luz, stream), await watch(story, ana, stream)];
    const bought = performance.now();
    await earn(story, ana, 25);
    const moved = await Promise.all(
      screens.map((screen) =>
        eventually(
          () => movesOf(screen).find(({ rows }) => rows.some(({ place, alias }) => place === 1 && alias === 'ana')),
          {
            withinMs: 2_000,
          },
        ),
      ),
    );
    expect(performance.now() - bought).toBeLessThan(2_000);
    for (const { rows, total, run } of moved)
      expect([run, total, rows.map(({ place, alias, score }) => [place, alias, score])]).toEqual([
        before.run.id,
        2,
        [
          [1, 'ana', 55],
          [2, 'luz', 50],
        ],
      ]);
    expect(screens.map(({ applied }) => applied.map(({ q }) => q))).toEqual([[1], [1]]);
  });

  test('T22 another tenant’s members hear nothing of it, and what is no board has no stream', async () => {
    const [story, other] = [await Story.begin(server), await Story.begin(server)];
    const [luz, stranger] = [await named(story, 'luz'), await named(other, 'luz')];
    const [own, foreign] = [
      await watch(story, luz, 'board:siempre:ever'),
      await watch(other, stranger, 'board:siempre:ever'),
    ];
    await earn(story, luz, 50);
    await own.until(1);
    // A push of its own comes after, so nothing is still on its way.
    await earn(other, stranger, 7);
    await foreign.until(1);
    expect(movesOf(foreign).flatMap(({ rows }) => rows.map(({ score }) => score))).toEqual([7]);
    for (const name of ['board:semana:ever', 'board:nada:ever', 'board:semana:2020-W01', 'board:mes:2026-13'])
      await expect(own.command('stream.open', { stream: name })).rejects.toThrow('stream.unknown');
  });
});

describe('before visitors', () => {
  test('#61 three rows by alias, and nothing that leads to a person', async () => {
    const story = await Story.begin(server);
    const people = [await named(story, 'luz'), await named(story, 'ana'), await story.person(), await story.person()];
    for (const [index, person] of people.entries()) await earn(story, person, 90 - index * 10);
    const podium = await eventually(async () => {
      const found = await call({ url: server.url }, getPodium, { params: { program: story.slug } });
      return found.rows.length === 3 && found.rows[2]?.score === 70 && found;
    });
    expect(podium).toMatchObject({
      board: { id: 'semana', currency: 'puntos' },
      rows: [
        { rank: 1, alias: 'luz', label: 'luz', score: 90 },
        { rank: 2, alias: 'ana', label: 'ana', score: 80 },
        { rank: 3, alias: null, score: 70 },
      ],
    });
    const answer = await ask({ url: server.url }, getPodium, { params: { program: story.slug } });
    for (const { member, name, email, externalId } of people)
      for (const secret of [member ?? '', name, email, externalId]) expect(answer.text).not.toContain(secret);
  });
});

describe('by the calendar', () => {
  /** Time is moved here, so it is a server's of its own. 29 November 2026 is a Sunday; Madrid is one hour ahead. */
  let own: TestServer;
  beforeEach(async () => {
    own = await startServer({ clock: '2026-11-28T10:00:00.000Z' });
  });
  afterEach(() => own?.stop());

  test('H1 H11 a week closes two minutes after its midnight, frozen with its hash, and late purchases count for the member only', async () => {
    const story = await Story.begin(own);
    let [luz, ana] = [await named(story, 'luz'), await named(story, 'ana')];
    await earn(story, luz, 50);
    await earn(story, ana, 30);
    await showing(
      story,
      ana.caller,
      [
        ['luz', 50],
        ['ana', 30],
      ],
      'semana',
    );

    await own.moveClock('2026-11-29T23:01:00.000Z');
    [luz, ana] = [await returned(story, luz), await returned(story, ana)];
    await earn(story, ana, 25, '2026-11-29T22:59:00.000Z');
    await showing(
      story,
      ana.caller,
      [
        ['ana', 55],
        ['luz', 50],
      ],
      'semana',
      '2026-W48',
    );
    expect((await page(story, ana.caller, 'semana')).run.id).toBe('2026-W49');
    // The order of the day's beginning is noted: only now does anybody move.
    await eventually(async () => (await page(story, ana.caller)).me?.movement === 0, { withinMs: 30_000 });

    await own.moveClock('2026-11-29T23:02:10.000Z');
    [luz, ana] = [await returned(story, luz), await returned(story, ana)];
    const archived = await eventually(
      async () => {
        const { items } = await call(ana.caller, listBoardRuns, { params: { program: story.slug, board: 'semana' } });
        return items[0];
      },
      { withinMs: 40_000, until: 'the week is closed' },
    );
    expect(archived).toMatchObject({ id: '2026-W48', startsOn: '2026-11-23', endsOn: '2026-11-29', total: 2 });
    expect(archived.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(scores({ rows: archived.top })).toEqual([
      ['ana', 55],
      ['luz', 50],
    ]);

    await earn(story, luz, 40, '2026-11-29T22:00:00.000Z');
    const everything = await showing(story, luz.caller, [
      ['luz', 90],
      ['ana', 55],
    ]);
    expect(everything.rows.map(({ movement }) => movement)).toEqual([1, -1]);
    const closed = await page(story, luz.caller, 'semana', { run: '2026-W48' });
    expect([scores(closed), closed.me?.place, closed.run.closedAt]).toEqual([
      [
        ['ana', 55],
        ['luz', 50],
      ],
      2,
      archived.closedAt,
    ]);
    await call(own.local, rebuildBoards, { params: { program: story.slug } });
    await earn(story, luz, 1);
    await showing(story, luz.caller, [
      ['luz', 91],
      ['ana', 55],
    ]);
    expect(scores(await page(story, luz.caller, 'semana', { run: '2026-W48' }))).toEqual(scores(closed));
  });
});

function movesOf(device: StreamClient): PushData<'standings.moved'>[] {
  return device.received.flatMap((push) => (push.name === 'standings.moved' ? [push.data] : []));
}
