import type { Reaction } from '@verbena/shared/forums/reaction.js';
import {
  deletePost,
  listReactions,
  type Post,
  purgePost,
  reactToPost,
  restorePost,
} from '@verbena/shared/forums/threads.routes.js';
import { eventually } from '#support/eventually.js';
import { Forum, hiddenBelow, someoneCalled } from '#support/forum.js';
import { call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

type Who = { readonly caller: Caller };

/** Ana's post, and others who react to it. */
async function aPost() {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto, clara] = [
    await someoneCalled(story, 'Ana'),
    await someoneCalled(story, 'Beto'),
    await someoneCalled(story, 'Clara'),
  ];
  const talk = await forum.category('charla', { reactions: ['like', 'love', 'thanks'] });
  const thread = await forum.open(beto, talk);
  const post = await forum.reply(ana, thread);
  const at = (id = post.id) => ({ params: { ...forum.params, post: id } });
  return {
    ...{ story, forum, ana, beto, clara, talk, thread, post, at },
    react: ({ caller }: Who, reaction: Reaction | null) => call(caller, reactToPost, { ...at(), body: { reaction } }),
    seenBy: async (who: Who) => (await forum.read(who, thread)).posts[1],
    who: async ({ caller }: Who) =>
      (await call(caller, listReactions, at())).items.map(({ author, reaction }) => [author.alias, reaction]),
  };
}

const counts = (post: Post | undefined) => post?.reactions.map(({ reaction, count }) => [reaction, count]);

test('#11 one of each member: said again it changes nothing, said otherwise it is another one, and null takes it back', async () => {
  const { react, seenBy, who, ana, beto, clara, forum, thread } = await aPost();
  expect(counts(await react(beto, 'like'))).toEqual([['like', 1]]);
  const { changes } = (await forum.read(ana, thread)).thread;
  expect(await react(beto, 'like')).toMatchObject({ myReaction: 'like', reactions: [{ reaction: 'like', count: 1 }] });
  expect((await forum.read(ana, thread)).thread.changes).toBe(changes);
  await react(clara, 'like');
  expect(counts(await react(clara, 'love'))).toEqual([
    ['like', 1],
    ['love', 1],
  ]);
  expect(await seenBy(ana)).toMatchObject({ myReaction: null });
  expect(await seenBy(clara)).toMatchObject({ myReaction: 'love' });
  expect(await who(ana)).toEqual([
    ['Clara', 'love'],
    ['Beto', 'like'],
  ]);
  expect(counts(await react(beto, null))).toEqual([['love', 1]]);
  expect(await react(beto, null)).toMatchObject({ myReaction: null });
});

test('#11 forty at one moment of two members count two', async () => {
  const { react, seenBy, beto, clara, ana } = await aPost();
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => react(n % 2 === 0 ? beto : clara, n % 3 === 0 ? 'love' : 'like')),
  );
  const reacted = counts(await seenBy(ana)) ?? [];
  expect(reacted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(2);
  const own = [(await seenBy(beto))?.myReaction, (await seenBy(clara))?.myReaction];
  for (const [reaction, count] of reacted) expect(own.filter((one) => one === reaction)).toHaveLength(Number(count));
});

test('#11 #2 what is one’s own, not there, not for one, or not among what there is, is refused', async () => {
  const { story, forum, at, react, ana, beto } = await aPost();
  const refused = async ({ caller }: Who, reaction: string, id?: string) =>
    refusal(caller, reactToPost, { ...at(id), body: { reaction } });
  expect(await refused(ana, 'like')).toMatchObject({ status: 409, code: 'reaction.own' });
  expect(await refused(beto, 'bravo')).toMatchObject({
    status: 400,
    fields: [{ path: ['reaction'], code: 'invalid' }],
  });
  expect(await refused(beto, 'hate')).toMatchObject({ status: 400, fields: [{ path: ['reaction'] }] });
  expect(await refused(beto, 'like', 'A'.repeat(22))).toMatchObject({ status: 404, code: 'post.notFound' });
  const rights = { ...hiddenBelow('oro'), see: null, read: null, react: { tier: { atLeast: 'oro' } } };
  const quiet = await forum.category('callada', { rights });
  const there = await forum.open(ana, quiet);
  expect(await refused(beto, 'like', there.id)).toMatchObject({ status: 403, code: 'forum.notAllowed' });
  expect((await forum.read(beto, there)).thread.can).not.toContain('react');
  const dora = await someoneCalled(story, 'Dora', 2_000);
  await eventually(() => call(dora.caller, reactToPost, { ...at(there.id), body: { reaction: 'like' } }));
  await react(beto, 'like');
  await call(ana.caller, deletePost, { ...at(), body: {} });
  expect(await refused(beto, 'love')).toMatchObject({ status: 409, code: 'post.deleted' });
});

test('FB16 what was taken away and put back has the reactions that it had, without those that were taken back before', async () => {
  const { story, react, seenBy, who, at, ana, beto, clara } = await aPost();
  const others = await Promise.all([story.person(), story.person(), story.person()]);
  for (const one of [beto, clara, ...others]) await react(one, 'thanks');
  await react(clara, null);
  await call(ana.caller, deletePost, { ...at(), body: {} });
  expect(await seenBy(beto)).toMatchObject({ reactions: [], myReaction: null });
  expect(await who(beto)).toEqual([]);
  await call(ana.caller, restorePost, at());
  expect(counts(await seenBy(beto))).toEqual([['thanks', 4]]);
  expect(await seenBy(clara)).toMatchObject({ myReaction: null });
  await call(server.local, deletePost, { ...at(), body: { reason: 'Publicidad' } });
  await call(server.local, purgePost, at());
  expect(await who(ana)).toEqual([]);
});

test('#56 a reaction is a change of the thread, pushed to who has it open', async () => {
  const { story, react, ana, beto, thread } = await aPost();
  const phone = await StreamClient.connect(server.url, ana.caller.bearer, story.slug, 2, `thread:${thread.id}`);
  try {
    await phone.open();
    await react(beto, 'love');
    await phone.until(3);
    expect(phone.applied).toMatchObject([
      { name: 'thread.changed', data: { post: { reactions: [{ reaction: 'love', count: 1 }], myReaction: null } } },
    ]);
  } finally {
    phone.close();
  }
});
