import { listAside } from '@verbena/shared/ledger/aside.routes.js';
import { importThread, type ThreadImport } from '@verbena/shared/forums/import.routes.js';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import {
  changeThread,
  deletePost,
  purgePost,
  reactToPost,
  restorePost,
} from '@verbena/shared/forums/threads.routes.js';
import { leaveProgram } from '@verbena/shared/members/members.routes.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import { eventually } from '#support/eventually.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { GRACIAS, withGracias } from '#support/forum-rules.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { publish } from '#support/undo-story.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

interface Who {
  readonly caller: Caller;
  readonly externalId: string;
}

/** A program whose forum gives `gracias`, with Ana, Beto and Clara. */
async function aForum(given: Parameters<typeof withGracias>[1] = {}) {
  const story = await Story.begin(server);
  await publish(story, (definitions) => withGracias(definitions, given));
  const forum = new Forum(story);
  const [ana, beto, clara] = [
    await someoneCalled(story, 'Ana'),
    await someoneCalled(story, 'Beto'),
    await someoneCalled(story, 'Clara'),
  ];
  const talk = await forum.category('charla');
  const forumOf = async ({ externalId }: Who) =>
    (await story.journal(externalId)).filter(({ cause }) => cause.type.startsWith('forum.'));
  const has = async ({ externalId }: Who) => (await story.standing(externalId)).balances['gracias'] ?? 0;
  const at = (post: string) => ({ params: { ...forum.params, post } });
  return {
    ...{ story, forum, ana, beto, clara, talk, has },
    react: ({ caller }: Who, post: string, reaction: Reaction | null) =>
      call(caller, reactToPost, { ...at(post), body: { reaction } }),
    accept: ({ caller }: { caller: Caller }, thread: string, answer: string | null) =>
      call(caller, changeThread, { params: { ...forum.params, thread }, body: { answer } }),
    remove: ({ caller }: { caller: Caller }, post: string, reason?: string) =>
      call(caller, deletePost, { ...at(post), body: reason === undefined ? {} : { reason } }),
    restore: ({ caller }: { caller: Caller }, post: string) => call(caller, restorePost, at(post)),
    purge: ({ caller }: { caller: Caller }, post: string) => call(caller, purgePost, at(post)),
    told: async (who: Who) => (await forumOf(who)).map(({ cause }) => cause.type),
    forumOf,
    /** What a member has in the end: all that was told of it has arrived. */
    becomes: (who: Who, gracias: number) =>
      eventually(async () => (await has(who)) === gracias, { until: `there are ${gracias} gracias` }),
  };
}

test('#67 #69 who opens a thread, answers, is reacted to and whose answer is accepted earns by it, each a line that names the post', async () => {
  const { forum, ana, beto, clara, talk, react, accept, becomes, forumOf, told } = await aForum();
  const thread = await forum.open(ana, talk, { body: 'Hola a todos, ¿qué tal?' });
  await becomes(ana, GRACIAS['forum.thread']);
  const answer = await forum.reply(beto, thread, { body: '> Hola a todos\n\nMuy bien' });
  await react(ana, answer.id, 'like');
  await react(clara, answer.id, 'thanks');
  await accept(ana, thread.id, answer.id);
  await becomes(beto, 3 + 2 + 2 + 10);
  const post = { thread: thread.id, post: answer.id, category: 'charla' };
  const earned = await forumOf(beto);
  expect(earned.map(({ cause: { type, attributes } }) => [type, attributes])).toEqual([
    // The words that were quoted are not its own.
    ['forum.reply', { ...post, length: 7 }],
    ['forum.reaction', { ...post, other: ana.member, reaction: 'like' }],
    ['forum.reaction', { ...post, other: clara.member, reaction: 'thanks' }],
    ['forum.accepted', { ...post, other: ana.member }],
  ]);
  expect(earned.map(({ lines }) => lines.find(({ currency }) => currency === 'gracias')?.amount)).toEqual([
    3, 2, 2, 10,
  ]);
  expect(await told(clara)).toEqual([]);
});

test('#68 nobody earns by accepting its own, or an answer to itself; another reaction in place of one is the same', async () => {
  const { forum, ana, beto, talk, react, accept, becomes, told } = await aForum();
  const thread = await forum.open(ana, talk);
  const own = await forum.reply(ana, thread);
  const answer = await forum.reply(beto, thread);
  await accept(ana, thread.id, own.id);
  await accept({ caller: server.local }, thread.id, null);
  await accept({ caller: server.local }, thread.id, own.id);
  for (const reaction of ['like', 'love', 'love', null, 'thanks'] as const) await react(ana, answer.id, reaction);
  await accept(ana, thread.id, answer.id);
  await accept(ana, thread.id, null);
  await accept(ana, thread.id, answer.id);
  await becomes(beto, 3 + 2 + 10);
  expect(await told(beto)).toEqual([
    ...['forum.reply', 'forum.reaction', 'forum.reaction.reversed', 'forum.reaction'],
    ...['forum.accepted', 'forum.accepted.reversed', 'forum.accepted'],
  ]);
  await becomes(ana, 5 + 3);
  expect(await told(ana)).toEqual(['forum.thread', 'forum.reply']);
});

test('FB16 #70 what is taken away takes back what it gave, each line with its cause, and put back gives exactly that again', async () => {
  const { story, forum, ana, beto, talk, react, accept, remove, restore, purge, becomes, forumOf } = await aForum();
  const thread = await forum.open(ana, talk);
  const post = await forum.reply(beto, thread);
  const others = await Promise.all(Array.from({ length: 5 }, () => story.person()));
  for (const one of others) await react(one, post.id, 'like');
  await accept(ana, thread.id, post.id);
  const [first] = others;
  if (first === undefined) throw new Error('Nobody reacted.');
  await react(first, post.id, null);
  await becomes(beto, 3 + 4 * 2 + 10);
  await remove({ caller: server.local }, post.id, 'Publicidad');
  await becomes(beto, 0);
  const taken = (await forumOf(beto)).filter(({ note }) => note?.reason === 'Publicidad');
  expect(taken.map(({ cause }) => cause.type).sort()).toEqual([
    'forum.accepted.reversed',
    ...Array.from({ length: 4 }, () => 'forum.reaction.reversed'),
    'forum.reply.reversed',
  ]);
  await restore({ caller: server.local }, post.id);
  await becomes(beto, 3 + 4 * 2 + 10);
  expect((await refusal(server.local, restorePost, { params: { ...forum.params, post: post.id } })).code).toBe(
    'post.notDeleted',
  );
  await remove(beto, post.id);
  await accept(ana, thread.id, (await forum.reply(beto, thread)).id);
  await becomes(beto, 3 + 10);
  // Another one is the answer by now.
  await restore(beto, post.id);
  await becomes(beto, 3 + 10 + 3 + 4 * 2);
  await remove({ caller: server.local }, post.id, 'Otra vez');
  await purge({ caller: server.local }, post.id);
  await becomes(beto, 3 + 10);
});

test('#70 a post of thirty days ago is taken back like one of today', async () => {
  const { story, forum, ana, beto, talk, remove, becomes } = await aForum();
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const ref = ({ externalId }: Who) => `ext:${externalId}`;
  const body: ThreadImport = {
    ...{ key: 'de-otro-foro', category: talk.slug, title: 'Lo de antes', answer: 2, earns: true },
    posts: [
      { author: ref(ana), at: ago(3_000), body: 'Una pregunta' },
      {
        ...{ author: ref(beto), at: ago(30), body: 'Una respuesta' },
        reactions: [{ member: ref(ana), reaction: 'like', at: ago(29) }],
      },
    ],
  };
  const take = () => call(server.local, importThread, { params: forum.params, body });
  const thread = await take();
  await take();
  await becomes(beto, 3 + 2 + 10);
  await becomes(ana, 5);
  expect((await call(server.local, listAside, { params: forum.params })).items).toEqual([]);
  expect(
    (await story.journal(beto.externalId)).find(({ cause }) => cause.type === 'forum.reply')?.cause.occurredAt,
  ).toBe(body.posts[1]?.at);
  const answer = (await forum.read(beto, thread)).posts[1]?.id ?? '';
  await remove(beto, answer);
  await becomes(beto, 0);
});

test('#67 to who has left nothing is given, to who was joined to another account that one, and nothing is set aside', async () => {
  const { story, forum, ana, beto, clara, talk, react, becomes, has } = await aForum();
  const thread = await forum.open(ana, talk);
  const [betos, claras] = [await forum.reply(beto, thread), await forum.reply(clara, thread)];
  await Promise.all([becomes(beto, 3), becomes(clara, 3)]);
  await call(beto.caller, leaveProgram, { params: { ...forum.params, member: 'me' }, body: {} });
  const params = { ...forum.params, member: `ext:${ana.externalId}` };
  await call(server.local, mergeMembers, { params, body: { ends: `ext:${clara.externalId}`, reason: 'Es la misma' } });
  await becomes(ana, 5 + 3);
  const dora = await someoneCalled(story, 'Dora');
  await react(dora, betos.id, 'like');
  await react(dora, claras.id, 'like');
  await becomes(ana, 5 + 3 + 2);
  await react(dora, claras.id, null);
  await becomes(ana, 5 + 3);
  await react(dora, betos.id, null);
  expect(await has(beto)).toBe(3);
  expect((await call(server.local, listAside, { params: forum.params })).items).toEqual([]);
});

test('#70 what a program does not count any more is taken back all the same, and does not come back', async () => {
  const { story, forum, ana, beto, talk, remove, restore, becomes } = await aForum();
  const post = await forum.reply(beto, await forum.open(ana, talk));
  await becomes(beto, 3);
  await publish(story, ({ activityTypes, rules }) => {
    const isReply = ({ id, on }: { id: string; on?: unknown }) =>
      id === 'forum.reply' || JSON.stringify(on ?? '').includes('forum.reply');
    for (const list of [activityTypes, rules])
      list.splice(0, list.length, ...(list.filter((one) => !isReply(one)) as never[]));
  });
  await remove(beto, post.id);
  await becomes(beto, 0);
  await restore(beto, post.id);
  await remove(beto, post.id);
  expect((await call(server.local, listAside, { params: forum.params })).items).toEqual([]);
});

test('#67 what a program does not define is told to nobody, and nothing is set aside', async () => {
  const story = await Story.begin(server);
  await publish(story, ({ activityTypes, rules, badges }) => {
    const isForum = (id: unknown) => typeof id === 'string' && id.startsWith('forum.');
    for (const list of [activityTypes, rules, badges] as { id: string; on?: unknown; grant?: unknown }[][])
      for (let at = list.length - 1; at >= 0; at -= 1)
        if (isForum(list[at]?.id) || JSON.stringify(list[at]).includes('"forum.')) list.splice(at, 1);
  });
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const thread = await forum.open(ana, await forum.category('charla'));
  const post = await forum.reply(beto, thread);
  await call(ana.caller, reactToPost, { params: { ...forum.params, post: post.id }, body: { reaction: 'like' } });
  await call(beto.caller, deletePost, { params: { ...forum.params, post: post.id }, body: {} });
  expect((await call(server.local, listAside, { params: forum.params })).items).toEqual([]);
  expect((await story.journal(beto.externalId)).filter(({ cause }) => cause.type.startsWith('forum.'))).toEqual([]);
});

test('#67 #77 FB17 a hundred reactions at one moment, and as many changes of mind, give each once, and their post one badge', async () => {
  const { story, forum, ana, talk, react, becomes, forumOf } = await aForum();
  const thread = await forum.open(ana, talk);
  const others = await Promise.all(Array.from({ length: 10 }, () => story.person()));
  await Promise.all(
    others.flatMap((one) =>
      Array.from({ length: 10 }, (_, n) => react(one, thread.id, n % 3 === 2 ? null : n % 2 === 0 ? 'like' : 'love')),
    ),
  );
  for (const one of others) await react(one, thread.id, 'thanks');
  await becomes(ana, 5 + 10 * 2);
  const given = (await forumOf(ana)).filter(({ cause }) => cause.type === 'forum.reaction');
  const back = (await forumOf(ana)).filter(({ cause }) => cause.type === 'forum.reaction.reversed');
  expect(given.length - back.length).toBe(10);
  const badges = (await story.journal(ana.externalId)).flatMap(({ effects }) =>
    effects.flatMap((effect) =>
      (effect.type === 'badge.granted' || effect.type === 'badge.revoked') && effect.badge === 'buena-respuesta'
        ? [[effect.type, effect.of]]
        : [],
    ),
  );
  expect(badges.at(-1)).toEqual(['badge.granted', thread.id]);
  expect(badges.filter(([type]) => type === 'badge.granted').length).toBe(Math.ceil(badges.length / 2));
  await eventually(async () => (await forum.read(ana, thread)).posts[0]?.badges.includes('buena-respuesta'), {
    until: 'the badge stands on the post',
  });
});

test('#67 #70 killed again and again while members write, react and take away, it has told each once in the end', async () => {
  const own = await startServer();
  try {
    const story = await Story.begin(own);
    await publish(story, withGracias);
    const forum = new Forum(story);
    const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
    const thread = await forum.open(ana, await forum.category('charla'));
    const until = <T>(work: () => Promise<T>) =>
      eventually(() => work().catch(() => null), { withinMs: 30_000, until: 'it is answered' });
    for (let round = 0; round < 3; round += 1) {
      const work = Array.from({ length: 4 }, async (_, n) => {
        const body = { key: `mensaje-${round}-${n}-de-beto`, body: 'Yo también' };
        const post = await until(() => forum.reply(beto, thread, body));
        const at = { params: { ...forum.params, post: post.id } };
        await until(() => call(ana.caller, reactToPost, { ...at, body: { reaction: 'like' } }));
        if (n === 0)
          await until(async () => {
            const gone = await ask(beto.caller, deletePost, { ...at, body: {} });
            return gone.status === 200 || gone.text.includes('post.deleted') ? gone : null;
          });
      });
      await own.kill();
      await own.start();
      await Promise.all(work);
    }
    await eventually(async () => (await story.standing(beto.externalId)).balances['gracias'] === 3 * 3 * (3 + 2), {
      until: 'each counts once',
    });
    const forms = (await story.journal(beto.externalId)).map(({ cause }) => cause.type);
    const times = (type: string) => forms.filter((one) => one === type).length;
    expect(['forum.reply', 'forum.reply.reversed', 'forum.reaction', 'forum.reaction.reversed'].map(times)).toEqual([
      12, 3, 12, 3,
    ]);
  } finally {
    await own.stop();
  }
});
