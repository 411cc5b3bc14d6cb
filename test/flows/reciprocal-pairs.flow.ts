import { listPairs } from '@verbena/shared/forums/pairs.routes.js';
import { reactToPost } from '@verbena/shared/forums/threads.routes.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { call, refusal } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test('#68 who gives one another is for those who look after the forum, and where nobody wrote there is no pair', async () => {
  const story = await Story.begin(server);
  const params = { program: story.slug };
  for (const role of ['member', 'moderator'] as const) {
    const { caller } = await story.person(role, { secondFactor: false });
    const { status, code } = await refusal(caller, listPairs, { params });
    expect([role, status, code]).toEqual([role, 403, 'auth.forbidden']);
  }
  const manager = await story.person('manager');
  expect(await call(manager.caller, listPairs, { params })).toMatchObject({ items: [], isCut: false });
});

test('#68 two who react to one another and to few others are found, with who gave how often, until they take it back', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto, clara] = [
    await someoneCalled(story, 'Ana'),
    await someoneCalled(story, 'Beto'),
    await someoneCalled(story, 'Clara'),
  ];
  const thread = await forum.open(clara, await forum.category('charla'));
  const like = (who: Person, post: string, reaction: 'like' | null = 'like') =>
    call(who.caller, reactToPost, { params: { ...forum.params, post }, body: { reaction } });
  const ofAna: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const [mine, yours] = [await forum.reply(ana, thread), await forum.reply(beto, thread)];
    ofAna.push(mine.id);
    await like(beto, mine.id);
    await like(ana, yours.id);
    // Clara likes what they write, and is not liked.
    await like(clara, mine.id);
  }
  const listed = () => call(server.local, listPairs, { params: forum.params });
  const { items, isCut } = await listed();
  const [gave] = items;
  expect([items.length, isCut, gave?.percent]).toEqual([1, false, 66]);
  expect(new Set(gave?.members)).toEqual(
    new Set([
      { member: ana.member, called: 'Ana', gave: 5 },
      { member: beto.member, called: 'Beto', gave: 5 },
    ]),
  );
  expect((gave?.firstAt ?? '') < (gave?.lastAt ?? '')).toBe(true);
  await like(beto, ofAna[0] ?? '', null);
  expect((await listed()).items).toEqual([]);
});
