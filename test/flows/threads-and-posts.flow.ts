import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { importThread, type ThreadImport } from '@verbena/shared/forums/import.routes.js';
import {
  changePost,
  changeThread,
  createPost,
  createThread,
  deletePost,
  getPost,
  listPostVersions,
  listThreads,
  type Post,
  previewPost,
  purgePost,
  restorePost,
  type Thread,
  type ThreadChange,
} from '@verbena/shared/forums/threads.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey } from '#support/factories.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { ask, call, type Caller, refusal, succeeded } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** A forum with a category for all, Ana and Beto who write, and Eva who moderates. */
async function aForum(at = server) {
  const story = await Story.begin(at);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const eva = await story.person('moderator', { secondFactor: false });
  const talk = await forum.category('charla');
  const { params } = forum;
  return {
    ...{ story, forum, ana, beto, eva, talk, params },
    post: ({ id }: Pick<Post, 'id'>) => ({ params: { ...params, post: id } }),
    thread: ({ id }: Pick<Thread, 'id'>) => ({ params: { ...params, thread: id } }),
    change: ({ caller }: { caller: Caller }, { id }: Pick<Thread, 'id'>, body: ThreadChange) =>
      call(caller, changeThread, { params: { ...params, thread: id }, body }),
    log: async () =>
      (await call(at.local, listAuditEntries, { params })).items
        .map(({ action }) => action)
        .filter((one) => one.startsWith('forum')),
  };
}

/** The words that can be read in a thread, by number. */
const words = ({ posts }: { posts: readonly Post[] }): string[] =>
  posts.map(({ number, html }) => `${number} ${html.replaceAll(/<[^>]*>/g, '').trim()}`);

describe('#8 threads and answers', () => {
  test('#8 a thread with its posts in order, an answer that leads to what it answers, authors by alias', async () => {
    const { forum, ana, beto, talk } = await aForum();
    const thread = await forum.open(ana, talk, { title: '¿Cuándo abre la terraza?', body: '¿Alguien **sabe** algo?' });
    expect(thread).toMatchObject({ slug: 'cuando-abre-la-terraza', categorySlug: 'charla', posts: 1, replies: 0 });
    const first = await forum.reply(beto, thread, { body: 'El viernes' });
    await forum.reply(ana, thread, { body: '¡Gracias!', replyTo: first.id });
    const read = await forum.read(beto, thread);
    expect(read.posts.map(({ author, replyTo }) => [author, replyTo])).toEqual([
      [{ alias: 'Ana', isMe: false, tier: 'socio', badges: [] }, null],
      [{ alias: 'Beto', isMe: true, tier: 'socio', badges: [] }, null],
      [
        { alias: 'Ana', isMe: false, tier: 'socio', badges: [] },
        { id: first.id, number: 2, author: { alias: 'Beto', isMe: true } },
      ],
    ]);
    expect(read.posts[0]?.html).toBe('<p>¿Alguien <strong>sabe</strong> algo?</p>\n');
    expect(read.thread).toMatchObject({ posts: 3, replies: 2, last: { author: { alias: 'Ana' } } });
  });

  test('#8 what it answers to has to be there, in the same thread', async () => {
    const { forum, ana, talk, thread: at } = await aForum();
    const [one, other] = [await forum.open(ana, talk), await forum.open(ana, talk)];
    const elsewhere = await forum.reply(ana, other);
    for (const replyTo of [elsewhere.id, 'A'.repeat(22)]) {
      const body = { key: aKey('m'), body: 'Hola', replyTo };
      const { code, fields } = await refusal(ana.caller, createPost, { ...at(one), body });
      expect([code, fields?.[0]?.path]).toEqual(['post.notFound', ['replyTo']]);
    }
    expect((await forum.read(ana, one)).thread.posts).toBe(1);
  });

  test('#52 pages both ways, ±20 around a post, and numbers without gaps', async () => {
    const { forum, ana, talk } = await aForum();
    const thread = await forum.open(ana, talk);
    for (let number = 2; number <= 65; number += 1) await forum.reply(ana, thread, { body: `mensaje ${number}` });
    const numbers = async (query: Parameters<Forum['read']>[2]) => {
      const { posts } = await forum.read(ana, thread, query);
      return [posts[0]?.number, posts.at(-1)?.number, posts.length];
    };
    expect(await numbers({})).toEqual([1, 20, 20]);
    expect(await numbers({ after: '20' })).toEqual([21, 40, 20]);
    expect(await numbers({ after: '60' })).toEqual([61, 65, 5]);
    expect(await numbers({ before: '21' })).toEqual([1, 20, 20]);
    expect(await numbers({ near: '30' })).toEqual([10, 50, 41]);
    expect(await numbers({ near: '900' })).toEqual([45, 65, 21]);
  });

  test('#16 #52 lists go by the last answer, page after page without a thread twice or missing; pinned ones stand above, once', async () => {
    const { forum, ana, beto, eva, talk, change, params } = await aForum();
    const threads: Thread[] = [];
    for (let at = 1; at <= 9; at += 1) threads.push(await forum.open(ana, talk, { title: `Hilo ${at}` }));
    const [first, second, third] = threads as [Thread, Thread, Thread];
    await forum.reply(beto, first);
    await change(eva, second, { pin: { in: 'category', until: null } });
    await change(eva, third, { pin: { in: 'category', until: new Date(Date.now() - 1_000).toISOString() } });
    const titles: string[] = [];
    for (let before: string | undefined; ;) {
      const query = { limit: '3', ...(before === undefined ? {} : { before }) };
      const found = await call(ana.caller, listThreads, { params: { ...params, category: 'charla' }, query });
      titles.push(...found.items.map(({ title }) => title));
      expect(found.pinned.map(({ title }) => title)).toEqual(before === undefined ? ['Hilo 2'] : []);
      if (found.next === undefined) break;
      before = String(found.next);
    }
    expect(titles).toEqual(['Hilo 1', 'Hilo 9', 'Hilo 8', 'Hilo 7', 'Hilo 6', 'Hilo 5', 'Hilo 4', 'Hilo 3']);
  });

  test('#16 what is pinned in all of the forum stands only where its own category may be read', async () => {
    const { forum, ana, eva, talk, change, params } = await aForum();
    const closed = await forum.category('equipo', {
      rights: {
        see: { role: { atLeast: 'moderator' } },
        read: null,
        create: null,
        reply: null,
        react: null,
        moderate: { role: { atLeast: 'moderator' } },
      },
    });
    const rules = await forum.open(ana, talk, { title: 'Normas' });
    await change(eva, rules, { pin: { in: 'forum', until: null } });
    const pinned = async ({ caller }: { caller: Caller }, category: string) =>
      (await call(caller, listThreads, { params: { ...params, category } })).pinned.map(({ title }) => title);
    await forum.category('dudas');
    await eventually(async () => (await pinned(ana, 'dudas')).includes('Normas'));
    expect(await pinned(eva, closed.slug)).toEqual(['Normas']);
  });
});

describe('#20 a key is one post', () => {
  test('#20 a double click, two tabs and a retry make one, whatever comes first', async () => {
    const { forum, ana, talk, thread: at, params } = await aForum();
    const opening = { key: aKey('hilo'), category: talk.id, title: 'Una vez', body: 'Hola' };
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => ask(ana.caller, createThread, { params, body: opening })),
    );
    const ids = opened.map((answer) => succeeded(createThread, answer).id);
    expect(new Set(ids).size).toBe(1);
    const thread = { id: ids[0] ?? '' };
    const answer = { key: aKey('mensaje'), body: 'Gracias' };
    const made = await Promise.all(
      Array.from({ length: 8 }, () => ask(ana.caller, createPost, { ...at(thread), body: answer })),
    );
    expect(new Set(made.map((one) => succeeded(createPost, one).id)).size).toBe(1);
    const read = await forum.read(ana, thread);
    expect(words(read)).toEqual(['1 Hola', '2 Gracias']);
    expect(read.thread).toMatchObject({ posts: 2, replies: 1 });
  });

  test('FB4 two equal texts with two keys are two posts; another text with a key that was used loses nothing', async () => {
    const { forum, ana, talk, thread: at, params } = await aForum();
    const thread = await forum.open(ana, talk);
    const key = aKey('mensaje');
    await forum.reply(ana, thread, { key, body: 'Gracias' });
    await forum.reply(ana, thread, { body: 'Gracias' });
    const refused = await refusal(ana.caller, createPost, { ...at(thread), body: { key, body: 'Otra cosa' } });
    expect([refused.status, refused.code]).toEqual([409, 'post.keyTaken']);
    expect(refused.detail).toContain('no se ha perdido');
    const used = { key, category: talk.id, title: 'Otro hilo', body: 'Gracias' };
    expect((await refusal(ana.caller, createThread, { params, body: used })).code).toBe('post.keyTaken');
    expect(words(await forum.read(ana, thread))).toEqual(['1 Hola a todos', '2 Gracias', '3 Gracias']);
  });

  test('#20 #52 forty answers at once have forty numbers, and the thread counts them', async () => {
    const { forum, ana, beto, talk } = await aForum();
    const thread = await forum.open(ana, talk);
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => forum.reply(at % 2 === 0 ? ana : beto, thread, { body: `${at}` })),
    );
    const [page, rest] = [await forum.read(ana, thread), await forum.read(ana, thread, { after: '20' })];
    const numbers = [...page.posts, ...rest.posts, ...(await forum.read(ana, thread, { after: '40' })).posts];
    expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: 41 }, (_, at) => at + 1));
    expect(page.thread).toMatchObject({ posts: 41, replies: 40, changes: 41 });
  });
});

describe('#15 words that change', () => {
  test('#15 who was slower loses nothing: the version that was changed is asked for', async () => {
    const { forum, ana, talk, post: at } = await aForum();
    const { id } = await forum.open(ana, talk);
    const first = await call(ana.caller, changePost, { ...at({ id }), body: { body: 'Uno', version: 1 } });
    expect(first).toMatchObject({ version: 2, html: '<p>Uno</p>\n', editedAt: null });
    const late = await refusal(ana.caller, changePost, { ...at({ id }), body: { body: 'Dos', version: 1 } });
    expect([late.status, late.code]).toEqual([409, 'post.changed']);
    expect((await call(ana.caller, getPost, at({ id }))).body).toBe('Uno');
    // The same words change nothing.
    expect(await call(ana.caller, changePost, { ...at({ id }), body: { body: 'Uno', version: 2 } })).toMatchObject({
      version: 2,
    });
  });

  test('#15 FB15 in the first five minutes an author leaves no trace but the number of the version; later, and as a moderator, each version stays', async () => {
    const clock = '2026-11-20T10:00:00.000Z';
    const own = await startServer({ clock });
    try {
      const { forum, ana, beto, eva, talk, post: at, log } = await aForum(own);
      const { id } = await forum.open(ana, talk, { body: 'v1' });
      const edit = ({ caller }: { caller: Caller }, version: number, given: { reason?: string } = {}) =>
        call(caller, changePost, { ...at({ id }), body: { body: `v${version + 1}`, version, ...given } });
      await edit(ana, 1);
      const versions = async ({ caller }: { caller: Caller }) =>
        (await call(caller, listPostVersions, at({ id }))).items.map(
          ({ version, by }) => `${version} ${by.alias ?? '–'}`,
        );
      expect(await versions(ana)).toEqual(['2 Ana']);
      await own.moveClock('2026-11-20T10:06:00.000Z');
      expect(await edit(ana, 2)).toMatchObject({ version: 3, editedAt: expect.stringMatching('T10:06:') });
      const silent = await refusal(eva.caller, changePost, { ...at({ id }), body: { body: 'v4', version: 3 } });
      expect([silent.code, silent.fields?.[0]?.path]).toEqual(['input.invalid', ['reason']]);
      await edit(eva, 3, { reason: 'Sin el teléfono' });
      expect(await versions(ana)).toEqual(['4 –', '3 Ana', '2 Ana']);
      expect(await versions(eva)).toHaveLength(3);
      expect((await refusal(beto.caller, listPostVersions, at({ id }))).code).toBe('forum.notAllowed');
      expect(await log()).toEqual(['forumPost.changed', 'forumCategory.created']);
    } finally {
      await own.stop();
    }
  });

  test('#2 nobody changes what another one wrote, nor takes it away or puts it back', async () => {
    const { forum, ana, beto, talk, post: at } = await aForum();
    const thread = await forum.open(ana, talk);
    const answer = await forum.reply(ana, thread);
    const refused = async (route: Parameters<typeof refusal>[1], body?: object) =>
      (await refusal(beto.caller, route, { ...at(answer), ...(body === undefined ? {} : { body }) })).code;
    expect(await refused(changePost, { body: 'Otro', version: 1, reason: 'Porque sí' })).toBe('forum.notAllowed');
    expect(await refused(deletePost, { reason: 'Porque sí' })).toBe('forum.notAllowed');
    expect(await refused(restorePost)).toBe('post.notDeleted');
    await call(ana.caller, deletePost, { ...at(answer), body: {} });
    expect(await refused(restorePost)).toBe('forum.notAllowed');
    expect(await refused(purgePost)).toBe('forum.notAllowed');
  });
});

describe('#18 taking away', () => {
  test('#18 an author takes an answer away and puts it back; the others see that something was there', async () => {
    const { forum, ana, beto, talk, post: at, log } = await aForum();
    const thread = await forum.open(ana, talk);
    const answer = await forum.reply(beto, thread, { body: 'Me arrepiento' });
    await call(beto.caller, deletePost, { ...at(answer), body: {} });
    const seen = async (who: Person) => words(await forum.read(who, thread))[1];
    expect([await seen(ana), await seen(beto)]).toEqual(['2 ', '2 Me arrepiento']);
    const { thread: without, posts } = await forum.read(ana, thread);
    expect(without).toMatchObject({ posts: 2, replies: 0, last: { author: { alias: 'Ana' } } });
    expect(posts[1]).toMatchObject({ deletion: { by: 'author', reason: null, isPurged: false }, can: [] });
    expect((await call(ana.caller, getPost, at(answer))).body).toBe('');
    expect((await refusal(beto.caller, deletePost, { ...at(answer), body: {} })).code).toBe('post.deleted');
    await call(beto.caller, restorePost, at(answer));
    expect((await refusal(beto.caller, restorePost, at(answer))).code).toBe('post.notDeleted');
    expect(await seen(ana)).toBe('2 Me arrepiento');
    expect((await forum.read(ana, thread)).thread).toMatchObject({ replies: 1, last: { author: { alias: 'Beto' } } });
    expect(await log()).toEqual(['forumCategory.created']);
  });

  test('#18 what a moderator takes away needs a reason, which its author reads and nobody else; only a moderator puts it back, and erases it', async () => {
    const { forum, ana, beto, eva, talk, post: at, log } = await aForum();
    const thread = await forum.open(ana, talk);
    const answer = await forum.reply(beto, thread, { body: 'Compra aquí' });
    expect((await refusal(eva.caller, deletePost, { ...at(answer), body: {} })).fields?.[0]?.path).toEqual(['reason']);
    await call(eva.caller, deletePost, { ...at(answer), body: { reason: 'Publicidad' } });
    const reason = async (who: Person) => (await forum.read(who, thread)).posts[1]?.deletion?.reason;
    expect([await reason(ana), await reason(beto), await reason(eva)]).toEqual([null, 'Publicidad', 'Publicidad']);
    expect((await refusal(beto.caller, restorePost, at(answer))).code).toBe('forum.notAllowed');
    await call(eva.caller, restorePost, at(answer));
    expect((await refusal(eva.caller, purgePost, at(answer))).code).toBe('post.notDeleted');
    await call(eva.caller, deletePost, { ...at(answer), body: { reason: 'Publicidad' } });
    await call(eva.caller, purgePost, at(answer));
    const { posts, thread: now } = await forum.read(beto, thread);
    expect([posts[1]?.html, posts[1]?.deletion?.isPurged, now.replies]).toEqual(['', true, 0]);
    expect((await refusal(eva.caller, restorePost, at(answer))).code).toBe('post.purged');
    expect((await call(eva.caller, getPost, at(answer))).body).toBe('');
    expect(await log()).toEqual([
      'forumPost.purged',
      'forumPost.deleted',
      'forumPost.restored',
      'forumPost.deleted',
      'forumCategory.created',
    ]);
  });

  test('#18 with its first post a thread goes and comes; once somebody answered only a moderator takes it away', async () => {
    const { forum, ana, beto, eva, talk, post: at, thread: in_, params } = await aForum();
    const thread = await forum.open(ana, talk);
    await call(ana.caller, deletePost, { ...at(thread), body: {} });
    const count = async ({ caller }: { caller: Caller }) =>
      (await call(caller, listThreads, { params: { ...params, category: 'charla' } })).category.threads.count;
    expect(await count(beto)).toBe(0);
    const gone = { key: aKey('m'), body: 'Hola' };
    expect((await refusal(beto.caller, createPost, { ...in_(thread), body: gone })).code).toBe('thread.notFound');
    expect((await forum.read(ana, thread)).thread.isDeleted).toBe(true);
    await call(ana.caller, restorePost, at(thread));
    await forum.reply(beto, thread);
    const late = await refusal(ana.caller, deletePost, { ...at(thread), body: {} });
    expect([late.status, late.code]).toEqual([409, 'thread.hasReplies']);
    await call(eva.caller, deletePost, { ...at(thread), body: { reason: 'Repetido' } });
    expect(await count(beto)).toBe(0);
  });
});

describe('#12 the accepted answer', () => {
  test('#12 who asked and who moderates accept and take back; an answer that goes and comes again is still the answer', async () => {
    const { forum, ana, beto, eva, talk, change, post: at, thread: in_ } = await aForum();
    const thread = await forum.open(ana, talk);
    const answer = await forum.reply(beto, thread);
    expect((await refusal(beto.caller, changeThread, { ...in_(thread), body: { answer: answer.id } })).code).toBe(
      'forum.notAllowed',
    );
    expect(await change(ana, thread, { answer: answer.id })).toMatchObject({ isSolved: true, answer: { number: 2 } });
    expect(await change(eva, thread, { answer: null })).toMatchObject({ isSolved: false, answer: null });
    for (const wrong of [thread.id, 'A'.repeat(22)])
      expect((await refusal(ana.caller, changeThread, { ...in_(thread), body: { answer: wrong } })).code).toBe(
        'post.notFound',
      );
    await change(ana, thread, { answer: answer.id });
    await call(beto.caller, deletePost, { ...at(answer), body: {} });
    expect((await forum.read(ana, thread)).thread.isSolved).toBe(false);
    await call(beto.caller, restorePost, at(answer));
    expect((await forum.read(ana, thread)).thread.answer).toEqual({ id: answer.id, number: 2 });
  });
});

describe('#16 closed and slowed down', () => {
  test('#16 in a closed thread nobody but a moderator writes or changes anything', async () => {
    const { forum, ana, eva, beto, talk, change, post: at, thread: in_ } = await aForum();
    const thread = await forum.open(ana, talk);
    const answer = await forum.reply(beto, thread);
    await change(eva, thread, { isLocked: true });
    const hello = { key: aKey('m'), body: 'Hola' };
    const refused = await refusal(ana.caller, createPost, { ...in_(thread), body: hello });
    expect([refused.status, refused.code]).toEqual([409, 'thread.locked']);
    expect((await refusal(beto.caller, changePost, { ...at(answer), body: { body: 'x', version: 1 } })).code).toBe(
      'thread.locked',
    );
    expect((await refusal(beto.caller, deletePost, { ...at(answer), body: {} })).code).toBe('thread.locked');
    await change(eva, thread, { isLocked: false });
    await call(ana.caller, createPost, { ...in_(thread), body: hello });
  });

  test('#16 a thread closes by itself at its time', async () => {
    const { forum, ana, eva, talk, change, thread: in_ } = await aForum();
    const thread = await forum.open(ana, talk);
    await change(eva, thread, { closesAt: new Date(Date.now() + 60_000).toISOString() });
    await forum.reply(ana, thread);
    expect(await change(eva, thread, { closesAt: new Date(Date.now() - 1).toISOString() })).toMatchObject({
      isLocked: true,
    });
    const late = { key: aKey('m'), body: 'Tarde' };
    expect((await refusal(ana.caller, createPost, { ...in_(thread), body: late })).code).toBe('thread.locked');
  });

  test('#16 #37 in a slow thread each waits between two answers, and is told how long', async () => {
    const { forum, ana, beto, eva, talk, change, thread: in_ } = await aForum();
    const thread = await forum.open(ana, talk);
    await change(eva, thread, { slowModeSeconds: 600 });
    await forum.reply(beto, thread);
    const soon = { key: aKey('m'), body: 'Otra vez' };
    const refused = await refusal(beto.caller, createPost, { ...in_(thread), body: soon });
    expect([refused.status, refused.code]).toEqual([429, 'thread.slow']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
    expect(refused.detail).toMatch(/podrás responder otra vez en \d+ segundos/);
  });
});

describe('#17 moving', () => {
  test('#17 #51 FB13 a thread that moves keeps its address, author and answer; who may not read it there finds it no more', async () => {
    const { forum, ana, beto, eva, talk, change, post: at, thread: in_, log } = await aForum();
    const rights = {
      see: null,
      read: { badge: 'primera-compra' },
      create: null,
      reply: null,
      react: null,
      moderate: { role: { atLeast: 'moderator' as const } },
    };
    const [quiet, closed] = [await forum.category('tranquila'), await forum.category('clientas', { rights })];
    const thread = await forum.open(ana, talk);
    const answer = await forum.reply(beto, thread);
    const wish = { ...in_(thread), body: { category: quiet.id } };
    expect((await refusal(ana.caller, changeThread, wish)).code).toBe('forum.notAllowed');
    expect(await change(eva, thread, { category: quiet.id })).toMatchObject({
      id: thread.id,
      categorySlug: 'tranquila',
    });
    expect(await call(beto.caller, getPost, at(answer))).toMatchObject({ thread: thread.id, number: 2 });
    expect((await forum.read(beto, thread)).thread.author).toEqual({ alias: 'Ana', isMe: false });
    // A moderator who may not read where it shall go does not learn that there is such a place.
    expect((await refusal(eva.caller, changeThread, { ...in_(thread), body: { category: closed.id } })).code).toBe(
      'forumCategory.notFound',
    );
    expect(await log()).toEqual(['forumThread.changed', ...Array.from({ length: 3 }, () => 'forumCategory.created')]);
  });
});

test('#22 #27 the preview is what the post becomes, HTML stays what was typed, and links of members say so', async () => {
  const { forum, ana, talk, params } = await aForum();
  const body = '<b>negrita</b> [la web](https://example.com) y @Beto, no @Nadie';
  const { html } = await call(ana.caller, previewPost, { params, body: { body } });
  expect(html).toContain('&lt;b&gt;negrita&lt;/b&gt;');
  expect(html).toContain('rel="nofollow ugc noopener"');
  expect(html).toContain(`href="/${params.program}/members/Beto"`);
  expect(html).not.toContain('members/Nadie');
  const thread = await forum.open(ana, talk, { body });
  expect((await forum.read(ana, thread)).posts[0]?.html).toBe(html);
});

test('staff who are no members read, and are told why they do not write', async () => {
  const { forum, ana, eva, talk, thread: in_ } = await aForum();
  const thread = await forum.open(ana, talk);
  expect((await forum.read(eva, thread)).thread.can).toContain('moderate');
  const hello = { key: aKey('m'), body: 'Hola' };
  const refused = await refusal(eva.caller, createPost, { ...in_(thread), body: hello });
  expect([refused.status, refused.code]).toEqual([409, 'forum.notMember']);
});

describe('#17 threads from elsewhere', () => {
  test('#17 a thread is taken over with its authors, times, answers and accepted answer, once for a key', async () => {
    const { forum, ana, beto, params } = await aForum();
    const by = ({ externalId }: Person) => `ext:${externalId}`;
    const body: ThreadImport = {
      key: aKey('importado'),
      category: 'charla',
      title: '¿Dónde se recargan los coches?',
      posts: [
        {
          author: by(ana),
          at: '2026-03-01T10:00:00.000Z',
          body: '¿Hay enchufes en el aparcamiento?',
          // To one's own nobody reacts, and nobody twice.
          reactions: [by(beto), by(beto), by(ana)].map((member) => ({
            member,
            reaction: 'thanks',
            at: '2026-03-02T09:00:00.000Z',
          })),
        },
        {
          author: by(beto),
          at: '2026-03-01T11:30:00.000Z',
          body: 'En la planta -2, **junto al ascensor**',
          replyTo: 1,
        },
      ],
      answer: 2,
    };
    const taken = await call(server.local, importThread, { params, body });
    expect((await call(server.local, importThread, { params, body })).id).toBe(taken.id);
    const { thread, posts } = await forum.read(ana, taken);
    expect(thread).toMatchObject({ createdAt: '2026-03-01T10:00:00.000Z', replies: 1, isSolved: true, changes: 2 });
    expect(posts.map(({ author, createdAt, replyTo }) => [author.alias, createdAt, replyTo?.number])).toEqual([
      ['Ana', '2026-03-01T10:00:00.000Z', undefined],
      ['Beto', '2026-03-01T11:30:00.000Z', 1],
    ]);
    expect(posts[0]).toMatchObject({ reactions: [{ reaction: 'thanks', count: 1 }], myReaction: null });
    expect((await forum.read(beto, taken)).posts[0]?.myReaction).toBe('thanks');
    // It is older than the section, and stands in its list all the same.
    const listed = await call(ana.caller, listThreads, { params: { ...params, category: 'charla' } });
    expect([listed.items.map(({ id }) => id), listed.category.last?.thread]).toEqual([[taken.id], taken.id]);
    await forum.reply(beto, thread);
    const refused = async (given: Partial<ThreadImport>) => {
      const { code, fields } = await refusal(server.local, importThread, { params, body: { ...body, ...given } });
      return [code, fields?.map(({ path }) => path.join('.'))];
    };
    expect(await refused({ category: 'ninguna' })).toEqual(['forumCategory.notFound', undefined]);
    expect(await refused({ answer: 3 })).toEqual(['input.invalid', ['answer']]);
    const [first, second] = body.posts as [ThreadImport['posts'][0], ThreadImport['posts'][0]];
    const wrong = [
      { ...first, at: '2026-03-02T10:00:00.000Z' },
      { ...second, replyTo: 2 },
    ];
    expect(await refused({ posts: wrong })).toEqual(['input.invalid', ['posts.1.at', 'posts.1.replyTo']]);
    expect(await refused({ posts: [{ ...first, author: 'ext:nadie' }, second] })).toEqual([
      'member.notFound',
      ['posts.0.author'],
    ]);
    const nobody = { member: 'ext:nadie', reaction: 'like' as const, at: first.at };
    expect(await refused({ posts: [{ ...first, reactions: [nobody] }, second] })).toEqual([
      'member.notFound',
      ['posts.0.reactions.0.member'],
    ]);
    expect((await refusal(ana.caller, importThread, { params, body })).code).toBe('auth.forbidden');
  });
});
