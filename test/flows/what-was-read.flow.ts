import { changeCategory, listForum, previewForum } from '@verbena/shared/forums/categories.routes.js';
import type { FollowLevel } from '@verbena/shared/forums/follow.js';
import { followCategory, followThread } from '@verbena/shared/forums/follows.routes.js';
import { importThread } from '@verbena/shared/forums/import.routes.js';
import {
  deletePost,
  listThreads,
  markCategoryRead,
  markThreadRead,
  restorePost,
  type Thread,
  type ThreadRow,
  UNREAD_MAX,
} from '@verbena/shared/forums/threads.routes.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey } from '#support/factories.js';
import { Forum, hiddenBelow, someoneCalled } from '#support/forum.js';
import { call, type Caller, refusal } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let server: TestServer;
/** By how much the server's clock, which runs, is ahead of ours. */
let aheadMs = 0;
const nowMs = (): number => Date.now() + aheadMs;
const later = async (ms: number): Promise<void> => {
  aheadMs += ms;
  await server.moveClock(new Date(nowMs()).toISOString());
};
beforeAll(async () => {
  server = await startServer({ clock: NOW });
  aheadMs = Date.parse(NOW) - Date.now();
  await later(MINUTE_MS);
});
afterAll(() => server?.stop());

type Someone = { readonly caller: Caller };

/** A forum with a category for all, where Ana and Beto write and Clara looks after it. */
async function aForum() {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const { params } = forum;
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const eva = await story.person('moderator', { secondFactor: false });
  const talk = await forum.category('charla');
  const rowsOf = async ({ caller }: Someone, category = 'charla'): Promise<ThreadRow[]> => {
    const { pinned, items } = await call(caller, listThreads, { params: { ...params, category } });
    return [...pinned, ...items];
  };
  return {
    ...{ story, forum, params, ana, beto, eva, talk },
    /** Somebody has read up to a post. */
    mark: ({ caller }: Someone, { id }: Pick<Thread, 'id'>, number: number) =>
      call(caller, markThreadRead, { params: { ...params, thread: id }, body: { number } }),
    markAll: ({ caller }: Someone, category: string) =>
      call(caller, markCategoryRead, { params: { ...params, category } }),
    unread: async (who: Someone, { id }: Pick<Thread, 'id'>, category?: string) =>
      (await rowsOf(who, category)).find((row) => row.id === id)?.unread,
    lastRead: async (who: Person | Someone, thread: Pick<Thread, 'id'>) =>
      (await forum.read(who, thread)).thread.lastRead,
    /** The categories that somebody sees with something unread. */
    dots: async ({ caller }: Someone) =>
      (await call(caller, listForum, { params })).items.flatMap(({ slug, hasUnread }) => (hasUnread ? [slug] : [])),
    replies: async (who: Someone, thread: Pick<Thread, 'id'>, count: number) => {
      for (let at = 0; at < count; at += 1) await forum.reply(who, thread);
    },
    takeAway: ({ caller }: Someone, post: string) =>
      call(caller, deletePost, { params: { ...params, post }, body: { reason: 'Fuera de tema' } }),
  };
}

describe('#44 how far a member has read', () => {
  test('#44 of many devices at once the furthest stands, and nothing moves it back', async () => {
    const { story, forum, ana, beto, talk, mark, lastRead, replies } = await aForum();
    const thread = await forum.open(ana, talk);
    await replies(ana, thread, 11);
    const phone = await story.logIn(beto);
    const numbers = [5, 12, 1, 9, 3, 11, 7, 2, 12, 4, 10, 6, 8];
    const answers = await Promise.all(
      numbers.map((number, at) => mark(at % 2 === 0 ? beto : phone, thread, number).then((stands) => stands.number)),
    );
    expect(answers.every((stands, at) => stands >= (numbers[at] ?? 0))).toBe(true);
    expect(await lastRead(beto, thread)).toBe(12);
    expect(await mark(phone, thread, 3)).toEqual({ number: 12 });
    expect(await lastRead(beto, thread)).toBe(12);
    expect(await lastRead(ana, thread)).toBe(0);
  });

  test('#44 a number that no post has, nobody’s own, and a category that is only seen are refused', async () => {
    const { story, forum, params, ana, beto, eva, talk } = await aForum();
    const thread = await forum.open(ana, talk);
    const into = { params: { ...params, thread: thread.id } };
    for (const number of [2, 0, 1.5]) {
      const refused = await refusal(beto.caller, markThreadRead, { ...into, body: { number } });
      expect([refused.code, refused.fields?.[0]?.path]).toEqual(['input.invalid', ['number']]);
    }
    expect((await refusal(eva.caller, markThreadRead, { ...into, body: { number: 1 } })).code).toBe('forum.notMember');
    const all = (caller: Caller, category: string) =>
      refusal(caller, markCategoryRead, { params: { ...params, category } });
    expect((await all(eva.caller, 'charla')).code).toBe('forum.notMember');
    await forum.category('estrenos', { rights: { ...hiddenBelow('oro'), see: null } });
    await eventually(async () => (await all(beto.caller, 'estrenos')).code === 'forum.notAllowed');
    const owner = await story.person('owner', { secondFactor: false });
    expect((await forum.read(owner, thread)).thread.lastRead).toBe(0);
  });

  test('#44 a page asked for where one stopped begins there, and at the first post where one never began', async () => {
    const { forum, ana, beto, talk, mark, replies } = await aForum();
    const thread = await forum.open(ana, talk);
    await replies(ana, thread, 69);
    const numbers = async () => {
      const { posts } = await forum.read(beto, thread, { at: 'unread' });
      return [posts[0]?.number, posts.at(-1)?.number];
    };
    expect(await numbers()).toEqual([1, 20]);
    await mark(beto, thread, 39);
    expect(await numbers()).toEqual([20, 60]);
    await mark(beto, thread, 70);
    expect(await numbers()).toEqual([50, 70]);
  });
});

describe('#44 what is unread', () => {
  test('#44 posts of others behind the last one that was read; own ones never, and writing skips nothing', async () => {
    const { forum, ana, beto, talk, mark, unread, dots, replies } = await aForum();
    const thread = await forum.open(ana, talk);
    await replies(ana, thread, 2);
    expect([await unread(beto, thread), await dots(beto)]).toEqual([3, ['charla']]);
    expect([await unread(ana, thread), await dots(ana)]).toEqual([0, []]);
    await mark(beto, thread, 1);
    await forum.reply(beto, thread);
    expect(await unread(beto, thread)).toBe(2);
    expect([await unread(ana, thread), await dots(ana)]).toEqual([1, ['charla']]);
    await mark(beto, thread, 3);
    expect([await unread(beto, thread), await dots(beto)]).toEqual([0, []]);
  });

  test('#44 #45 what one has muted is not new, but for a thread in it that one watches', async () => {
    const { forum, params, ana, beto, talk, unread, dots } = await aForum();
    const thread = await forum.open(ana, talk);
    const follow = (level: FollowLevel) =>
      call(beto.caller, followThread, { params: { ...params, thread: thread.id }, body: { level } });
    await follow('mute');
    expect([await unread(beto, thread), await dots(beto)]).toEqual([0, []]);
    await follow('normal');
    expect([await unread(beto, thread), await dots(beto)]).toEqual([1, ['charla']]);
    await call(beto.caller, followCategory, { params: { ...params, category: 'charla' }, body: { level: 'mute' } });
    expect([await unread(beto, thread), await dots(beto)]).toEqual([0, []]);
    await follow('watch');
    expect([await unread(beto, thread), await dots(beto)]).toEqual([1, ['charla']]);
  });

  test('#44 what an account wrote that was joined to the reader’s is its own', async () => {
    const { story, forum, params, ana, beto, talk, mark, unread, dots } = await aForum();
    const thread = await forum.open(ana, talk);
    await mark(beto, thread, 1);
    const old = await someoneCalled(story, 'Bea');
    await forum.reply(old, thread);
    expect(await unread(beto, thread)).toBe(1);
    const owner = await story.person('owner');
    const [member, ends] = [beto.member ?? '', old.member ?? ''];
    await call(owner.caller, mergeMembers, { params: { ...params, member }, body: { ends, reason: 'Es Beto' } });
    await eventually(async () => (await unread(beto, thread)) === 0, { withinMs: 15_000 });
    expect(await dots(beto)).toEqual([]);
  });

  test('#44 FB5 a thread whose last posts were taken away is read; one that is put back is unread then, and where it opens', async () => {
    const { forum, params, ana, beto, eva, talk, mark, unread, lastRead, dots, replies, takeAway } = await aForum();
    const thread = await forum.open(ana, talk);
    await replies(ana, thread, 2);
    await mark(beto, thread, 3);
    const gone = [await forum.reply(ana, thread), await forum.reply(ana, thread)];
    expect(await unread(beto, thread)).toBe(2);
    await takeAway(ana, gone[1]?.id ?? '');
    expect(await unread(beto, thread)).toBe(1);
    await takeAway(eva, gone[0]?.id ?? '');
    expect([await unread(beto, thread), await dots(beto)]).toEqual([0, []]);
    expect((await forum.read(beto, thread, { at: 'unread' })).posts.at(-1)?.number).toBe(5);
    const post = gone[0]?.id ?? '';
    await call(eva.caller, restorePost, { params: { ...params, post } });
    expect([await unread(beto, thread), await dots(beto), await lastRead(beto, thread)]).toEqual([1, ['charla'], 3]);
    // One that is gone stands between: it is not counted, and those behind it are.
    await takeAway(eva, post);
    await forum.reply(ana, thread);
    expect(await unread(beto, thread)).toBe(1);
  });

  test('#44 FB2 what somebody may not read is on no tile, not of the category above either', async () => {
    const { story, forum, ana, beto, eva, params, mark, dots } = await aForum();
    const clara = await someoneCalled(story, 'Clara', 2_000);
    const centro = await forum.category('centro');
    const oro = await forum.category('oro', { parent: centro.id, rights: hiddenBelow('oro') });
    const dora = await someoneCalled(story, 'Dora', 2_000);
    const thread = await eventually(() => forum.open(dora, oro, { title: 'Preestreno' }));
    await eventually(async () => (await dots(clara)).length > 0);
    expect(await dots(clara)).toEqual(['centro', 'oro']);
    expect([await dots(beto), await dots(eva)]).toEqual([[], []]);
    await mark(clara, thread, 1);
    expect(await dots(clara)).toEqual([]);
    const help = await forum.category('ayuda', { ownThreadsOnly: true });
    await eventually(() => forum.open(ana, help));
    expect(await dots(beto)).toEqual([]);
    const { items } = await call(server.local, previewForum, { params, query: { tier: 'oro' } });
    expect(items.map(({ hasUnread }) => hasUnread)).not.toContain(true);
  });

  test('#44 a thread that one never opened is new for two weeks, and not what was there before one came', async () => {
    const { story, forum, ana, beto, talk, unread, dots, mark } = await aForum();
    const thread = await forum.open(ana, talk);
    await later(MINUTE_MS);
    const carla = await someoneCalled(story, 'Carla');
    expect([await unread(carla, thread), await dots(carla)]).toEqual([0, []]);
    expect(await unread(beto, thread)).toBe(1);
    await later(13 * DAY_MS);
    const [anas, betos, carlas] = [await story.logIn(ana), await story.logIn(beto), await story.logIn(carla)];
    expect(await unread(betos, thread)).toBe(1);
    const opened = await forum.open(anas, talk);
    expect([await unread(betos, opened), await unread(carlas, opened)]).toEqual([1, 1]);
    await later(2 * DAY_MS);
    const [anew, again] = [await story.logIn(beto), await story.logIn(ana)];
    expect([await unread(anew, thread), await unread(anew, opened)]).toEqual([0, 1]);
    // Once it was opened, what comes counts however old it is.
    await mark(anew, thread, 1);
    await forum.reply(again, thread);
    expect(await unread(anew, thread)).toBe(1);
  });

  test('#44 counted up to a hundred, over however many posts', async () => {
    const { story, params, ana, beto, mark, unread } = await aForum();
    const beginMs = nowMs();
    await later(60 * MINUTE_MS);
    const [anas, betos] = [await story.logIn(ana), await story.logIn(beto)];
    const posts = Array.from({ length: 260 }, (_, at) => ({
      author: (at % 2 === 0 ? ana : beto).member ?? '',
      at: new Date(beginMs + (at + 1) * 1_000).toISOString(),
      body: `mensaje ${at + 1}`,
    }));
    const body = { key: aKey('importado'), category: 'charla', title: 'Muy largo', posts };
    const thread = await call(server.local, importThread, { params, body });
    expect([await unread(anas, thread), await unread(betos, thread)]).toEqual([UNREAD_MAX, UNREAD_MAX]);
    await mark(betos, thread, 250);
    expect(await unread(betos, thread)).toBe(5);
    await mark(betos, thread, 61);
    expect(await unread(betos, thread)).toBe(5);
    await mark(anas, thread, 62);
    expect(await unread(anas, thread)).toBe(99);
  });
});

describe('#44 all of a category is read', () => {
  test('#44 what stands there now is read, also below it; what comes is unread, and its thread opens there', async () => {
    const { forum, ana, beto, talk, mark, markAll, unread, lastRead, dots, replies } = await aForum();
    const below = await forum.category('cocina', { parent: talk.id });
    const other = await forum.category('deporte');
    const [thread, opened] = [await forum.open(ana, talk), await forum.open(ana, talk)];
    const cooking = await eventually(() => forum.open(ana, below));
    const sport = await eventually(() => forum.open(ana, other));
    await replies(ana, thread, 3);
    await replies(ana, opened, 3);
    await mark(beto, opened, 2);
    expect(await dots(beto)).toEqual(['charla', 'cocina', 'deporte']);
    await later(1_000);
    const { at } = await markAll(beto, 'charla');
    expect(Math.abs(Date.parse(at) - nowMs())).toBeLessThan(MINUTE_MS);
    expect(await dots(beto)).toEqual(['deporte']);
    expect([await unread(beto, thread), await unread(beto, opened)]).toEqual([0, 0]);
    expect([await lastRead(beto, thread), await lastRead(beto, opened)]).toEqual([4, 4]);
    expect([await unread(beto, cooking, 'cocina'), await unread(beto, sport, 'deporte')]).toEqual([0, 1]);
    expect(await unread(ana, thread)).toBe(0);

    await later(1_000);
    await replies(ana, thread, 2);
    await replies(ana, opened, 1);
    expect([await unread(beto, thread), await unread(beto, opened)]).toEqual([2, 1]);
    expect([await lastRead(beto, thread), await lastRead(beto, opened)]).toEqual([4, 4]);
    expect(await dots(beto)).toEqual(['charla', 'deporte']);
    // Looking back at the beginning is not having read less.
    expect(await mark(beto, thread, 1)).toEqual({ number: 4 });
    expect([await unread(beto, thread), await lastRead(beto, thread)]).toEqual([2, 4]);
    await later(1_000);
    await markAll(beto, talk.id);
    expect(await dots(beto)).toEqual(['deporte']);
  });

  test('#44 an archived category is nobody’s to read', async () => {
    const { forum, params, ana, beto, talk, markAll, dots } = await aForum();
    await forum.open(ana, talk);
    expect(await dots(beto)).toEqual(['charla']);
    await markAll(beto, 'charla');
    const at = { params: { ...params, category: talk.id } };
    await call(server.local, changeCategory, { ...at, body: { archived: true } });
    await eventually(async () => (await refusal(beto.caller, markCategoryRead, at)).code === 'forumCategory.notFound');
  });
});
