import { importThread } from '@verbena/shared/forums/import.routes.js';
import { RIGHTS_AT_FIRST } from '@verbena/shared/forums/category.js';
import { createPost, createThread, reactToPost } from '@verbena/shared/forums/threads.routes.js';
import { aKey } from '#support/factories.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const DAY_MS = 86_400_000;

/** Limits count in this one; everywhere else tests write as much as they like. */
let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    env: {
      VERBENA_RATE_LIMITS: 'on',
      VERBENA_RATE_USER_PER_MINUTE: '999999',
      VERBENA_RATE_ADDRESS_PER_MINUTE: '999999',
    },
  });
});
afterAll(() => server?.stop());

async function aForum() {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const ana = await someoneCalled(story, 'Ana');
  const beto = await someoneCalled(story, 'Beto');
  const talk = await forum.category('charla');
  const { params } = forum;
  const thread = (key: string) => ({ params, body: { key, category: talk.id, title: 'Un hilo', body: 'Hola' } });
  const post = (of: { id: string }, key = aKey('m')) => ({
    params: { ...params, thread: of.id },
    body: { key, body: 'Hola' },
  });
  const reaction = (of: { id: string }, reaction: 'like' | 'thanks' | null) => ({
    params: { ...params, post: of.id },
    body: { reaction },
  });
  return { story, forum, ana, beto, talk, params, thread, post, reaction };
}

const times = async <T>(count: number, act: () => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  for (let at = 0; at < count; at += 1) made.push(await act());
  return made;
};

describe('#38 the first day', () => {
  test('#37 #38 opens three threads, and says how long until the next; the same again is no further one', async () => {
    const { forum, ana, talk, thread } = await aForum();
    const key = aKey('hilo');
    await times(2, () => forum.open(ana, talk));
    const third = await call(ana.caller, createThread, thread(key));
    const refused = await refusal(ana.caller, createThread, thread(aKey('hilo')));
    expect([refused.status, refused.code]).toEqual([429, 'forum.firstDay']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(DAY_MS / 1_000 - 600);
    expect(refused.detail).toMatch(/se abren como mucho 3 hilos\. Podrás abrir otro en unas 24 horas/);
    expect((await call(ana.caller, createThread, thread(key))).id).toBe(third.id);
    const own = await forum.category('nuestra', { rights: { ...RIGHTS_AT_FIRST, moderate: null } });
    // Who moderates is not counted.
    await times(4, () => forum.open(ana, own));
  });

  test('#37 #38 five threads sent at one moment are three', async () => {
    const { ana, thread } = await aForum();
    const answers = await Promise.allSettled(
      [1, 2, 3, 4, 5].map(() => call(ana.caller, createThread, thread(aKey('hilo')))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  test('#37 #38 answers ten times; what was taken away counts, what was refused left nothing, and a day later all is open', async () => {
    const { story, forum, ana, beto, talk, post } = await aForum();
    const of = await forum.open(beto, talk);
    const key = aKey('m');
    await times(9, () => forum.reply(ana, of));
    const tenth = await call(ana.caller, createPost, post(of, key));
    expect((await refusal(ana.caller, createPost, post(of))).code).toBe('forum.firstDay');
    expect((await call(ana.caller, createPost, post(of, key))).id).toBe(tenth.id);
    expect((await forum.read(beto, of)).thread).toMatchObject({ posts: 11, replies: 10 });
    // Opening is counted apart.
    await forum.open(ana, talk);
    await server.moveClock(new Date(Date.now() + DAY_MS + 60_000).toISOString());
    try {
      const later = await story.logIn(ana);
      await times(11, () => forum.reply(later, of));
    } finally {
      await server.moveClock(new Date().toISOString());
    }
  });
});

test('#37 #38 fifty reactions a day; another in place of one is none more, and one that is taken back makes room', async () => {
  const { forum, ana, beto, reaction, params } = await aForum();
  const at = new Date(Date.now() - DAY_MS).toISOString();
  const written = Array.from({ length: 51 }, () => ({ author: `ext:${beto.externalId}`, at, body: 'Hola' }));
  const body = { key: aKey('hilo'), category: 'charla', title: 'Un hilo', posts: written };
  const of = await call(server.local, importThread, { params, body });
  const pages = await Promise.all(['0', '20', '40'].map((after) => forum.read(ana, of, { after })));
  const posts = pages.flatMap((page) => page.posts);
  const [first, last] = [posts[0], posts.at(-1)];
  if (first === undefined || last === undefined) throw new Error('There are no posts.');
  expect(posts.map(({ number }) => number)).toEqual(written.map((_, place) => place + 1));
  for (const one of posts.slice(0, 50)) await call(ana.caller, reactToPost, reaction(one, 'like'));
  const refused = await refusal(ana.caller, reactToPost, reaction(last, 'like'));
  expect([refused.status, refused.code]).toEqual([429, 'reaction.tooMany']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(DAY_MS / 1_000 - 600);
  await call(ana.caller, reactToPost, reaction(first, 'thanks'));
  await call(ana.caller, reactToPost, reaction(first, null));
  await call(ana.caller, reactToPost, reaction(last, 'like'));
});
