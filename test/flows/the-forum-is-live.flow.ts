import { changeCategory, createCategory } from '@verbena/shared/forums/categories.routes.js';
import type { ThreadChanged, ThreadsMoved } from '@verbena/shared/forums/forum-pushes.js';
import { importThread } from '@verbena/shared/forums/import.routes.js';
import {
  changePost,
  changeThread,
  deletePost,
  restorePost,
  type Thread,
} from '@verbena/shared/forums/threads.routes.js';
import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import {
  CATCH_UP_MAX,
  type PushEnvelope,
  type StreamName,
  type StreamPresent,
} from '@verbena/shared/realtime/socket.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { Forum, hiddenBelow, someoneCalled } from '#support/forum.js';
import { call } from '#support/http-call.js';
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

type Streamed = Pick<Person, 'caller'>;

/** A device of somebody that follows a stream since a number. */
async function follow(story: Story, { caller }: Streamed, stream: StreamName, since: number, at = server) {
  const device = await StreamClient.connect(at.url, caller.bearer, story.slug, since, stream);
  devices.push(device);
  await device.open();
  return device;
}

const ofThread = ({ id }: Pick<Thread, 'id'>): StreamName => `thread:${id}`;
const refused = (code: string) => ({ refusal: { code } });
const changesOf = (pushes: readonly PushEnvelope[]): ThreadChanged[] =>
  pushes.map((push) => (push.name === 'thread.changed' ? push.data : {}));
const movesOf = (pushes: readonly PushEnvelope[]): ThreadsMoved[] =>
  pushes.flatMap((push) => (push.name === 'threads.moved' ? [push.data] : []));
const wordsOf = (pushes: readonly PushEnvelope[]): string[] =>
  changesOf(pushes).flatMap(({ post }) => (post === undefined ? [] : [`${post.number} ${post.html.trim()}`]));

async function aForum(at = server) {
  const story = await Story.begin(at);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const talk = await forum.category('charla', {
    rights: { see: null, read: null, create: null, reply: null, react: null, moderate: { tier: { atLeast: 'oro' } } },
  });
  const thread = await forum.open(ana, talk, { title: 'La terraza', body: '¿Cuándo abre?' });
  return { story, forum, ana, beto, talk, thread, params: forum.params };
}

describe('#54 #56 a thread', () => {
  test('#54 #56 each change is one number with what it made: a post, new words, none, a thread that is closed or solved', async () => {
    const { story, forum, ana, beto, thread, params } = await aForum();
    const anas = await follow(story, ana, ofThread(thread), 1);
    const betos = await follow(story, beto, ofThread(thread), 1);
    const post = await forum.reply(beto, thread, { body: 'El viernes' });
    const on = { ...params, post: post.id };
    await call(beto.caller, changePost, { params: on, body: { body: 'El sábado', version: 1 } });
    await call(beto.caller, deletePost, { params: on, body: {} });
    await call(beto.caller, restorePost, { params: on });
    await call(ana.caller, changeThread, { params: { ...params, thread: thread.id }, body: { answer: post.id } });
    await call(server.local, changeThread, { params: { ...params, thread: thread.id }, body: { isLocked: true } });
    for (const device of [anas, betos]) await device.until(7);
    expect(betos.applied.map(({ q }) => q)).toEqual([2, 3, 4, 5, 6, 7]);
    const [written, changed, taken, back, solved, closed] = changesOf(anas.applied);
    expect(written).toMatchObject({
      thread: { posts: 2, replies: 1, changes: 2, last: { author: { alias: 'Beto', isMe: false } } },
      post: { id: post.id, number: 2, html: '<p>El viernes</p>\n', author: { alias: 'Beto', isMe: false }, can: [] },
    });
    expect(changed?.post).toMatchObject({ html: '<p>El sábado</p>\n', version: 2 });
    expect(taken).toMatchObject({
      thread: { replies: 0 },
      post: { html: '', deletion: { by: 'author', reason: null } },
    });
    expect(back).toMatchObject({ thread: { replies: 1 }, post: { html: '<p>El sábado</p>\n', deletion: null } });
    expect(solved).toEqual({ thread: expect.objectContaining({ isSolved: true, answer: { id: post.id, number: 2 } }) });
    expect(closed?.thread).toMatchObject({ isLocked: true, changes: 7 });
    // One’s own is told as one’s own, its words also after they were taken away.
    expect(changesOf(betos.applied)[0]?.post?.author).toMatchObject({ alias: 'Beto', isMe: true });
    expect(changesOf(betos.applied)[2]?.post?.html).toBe('<p>El sábado</p>\n');
    expect(changesOf(anas.applied)[0]).not.toHaveProperty('thread.can');
  });

  test('#59 five posts while one was away: exactly these, in order, and a catch-up says what was pushed', async () => {
    const { story, forum, ana, beto, thread } = await aForum();
    const [stays, goes] = [
      await follow(story, ana, ofThread(thread), 1),
      await follow(story, beto, ofThread(thread), 1),
    ];
    await forum.reply(ana, thread, { body: 'Antes' });
    await goes.until(2);
    goes.drop();
    for (const body of ['uno', 'dos', 'tres', 'cuatro', 'cinco']) await forum.reply(ana, thread, { body });
    await goes.comeBack();
    await goes.open();
    await stays.until(7);
    await forum.reply(ana, thread, { body: 'Después' });
    for (const device of [stays, goes]) await device.until(8);
    const all = [
      '2 <p>Antes</p>',
      ...['uno', 'dos', 'tres', 'cuatro', 'cinco'].map((body, at) => `${at + 3} <p>${body}</p>`),
    ];
    expect(wordsOf(goes.applied)).toEqual([...all, '8 <p>Después</p>']);
    expect(wordsOf(stays.applied)).toEqual(wordsOf(goes.applied));
    expect(await goes.open()).toMatchObject({ head: 8, pushes: [] });
  });

  test('#59 two hundred disconnects of five members while others write: nothing missed, nothing twice', async () => {
    const { story, forum, ana, thread } = await aForum();
    const people = await Promise.all(Array.from({ length: 5 }, () => story.person()));
    const phones = await Promise.all(people.map((person) => follow(story, person, ofThread(thread), 1)));
    let isWriting = true;
    const writing = (async () => {
      for (let n = 2; isWriting; n += 1) await forum.reply(ana, thread, { body: `${n}` });
    })();
    const away = phones.map(async (phone, which) => {
      for (let drop = 0; drop < 40; drop += 1) {
        phone.drop();
        for (let turn = 0; turn < (drop * 7 + which) % 5; turn += 1)
          await new Promise((resolve) => setImmediate(resolve));
        await phone.comeBack();
        // Sometimes it goes again before it was told anything.
        if ((drop + which) % 4 !== 0) await phone.open();
      }
    });
    await Promise.all(away).finally(() => (isWriting = false));
    await writing;
    const { thread: now } = await forum.read(ana, thread);
    const all = Array.from({ length: now.posts - 1 }, (_, at) => `${at + 2} <p>${at + 2}</p>`);
    for (const phone of phones) {
      await phone.open();
      await phone.until(now.changes);
      expect(wordsOf(phone.applied)).toEqual(all);
    }
    expect(now.posts).toBeGreaterThan(20);
  });

  test('#60 whoever missed more than two hundred changes is told to read anew, never a shorter list', async () => {
    const { story, ana, params } = await aForum();
    const at = new Date(Date.now() - 60_000).toISOString();
    const posts = Array.from({ length: CATCH_UP_MAX + 2 }, (_, n) => ({
      author: `ext:${ana.externalId}`,
      at,
      body: `${n}`,
    }));
    const body = { key: aKey('viejo'), category: 'charla', title: 'Un hilo largo', posts };
    const thread = await call(server.local, importThread, { params, body });
    const early = await follow(story, ana, ofThread(thread), 2);
    expect(early.applied).toHaveLength(CATCH_UP_MAX);
    const late = await StreamClient.connect(server.url, ana.caller.bearer, story.slug, 1, ofThread(thread));
    devices.push(late);
    expect(await late.open()).toMatchObject({ head: CATCH_UP_MAX + 2, pushes: [], reset: true });
  });

  test('#54 what one node writes is shown by the other', async () => {
    const { story, forum, ana, beto, talk, thread } = await aForum();
    const other = await startServer({ database: server.database, isOneOfTwo: true });
    try {
      const there = await follow(story, beto, ofThread(thread), 1, other);
      const list = await follow(story, beto, `category:${talk.id}`, 0, other);
      await forum.reply(ana, thread, { body: 'Desde el otro nodo' });
      await there.until(2);
      await list.until(1);
      expect(wordsOf(there.applied)).toEqual(['2 <p>Desde el otro nodo</p>']);
      expect(movesOf(list.applied)[0]?.rows).toMatchObject([{ id: thread.id, replies: 1 }]);
    } finally {
      await other.stop();
    }
  });

  test('#54 without Redis everything but who is there goes on', async () => {
    const alone = await startServer({ redisUrl: 'redis://127.0.0.1:1', isOneOfTwo: true });
    try {
      const { story, forum, ana, beto, thread } = await aForum(alone);
      const phone = await follow(story, beto, ofThread(thread), 1, alone);
      expect(await phone.command('stream.typing', { stream: ofThread(thread) })).toEqual({ noted: false });
      await forum.reply(ana, thread);
      await phone.until(2);
    } finally {
      await alone.stop();
    }
  });
});

describe('#3 #61 a right that one has not, or no more', () => {
  test('#61 a thread or list that is not for somebody answers as one that never was', async () => {
    const { story, forum, beto, params } = await aForum();
    const clara = await someoneCalled(story, 'Clara', 2_000);
    const stranger = await (await Story.begin(server)).person();
    const oro = await forum.category('oro', { rights: hiddenBelow('oro') });
    const secret = await eventually(() => forum.open(clara, oro, { title: 'Sorteo secreto' }));
    const help = await call(server.local, createCategory, {
      params,
      body: { slug: 'ayuda', name: { es: 'Ayuda' }, ownThreadsOnly: true },
    });
    const own = await forum.open(clara, help);
    await follow(story, clara, ofThread(secret), 1);
    await follow(story, clara, ofThread(own), 1);
    for (const stream of [
      ofThread(secret),
      ofThread(own),
      `category:${oro.id}`,
      `category:${help.id}`,
      `thread:${'A'.repeat(22)}`,
    ] as const) {
      await expect(follow(story, beto, stream, 0)).rejects.toMatchObject(refused('stream.unknown'));
      await expect(follow(story, beto, stream, 7)).rejects.toMatchObject(refused('stream.unknown'));
    }
    await expect(StreamClient.connect(server.url, stranger.caller.bearer, story.slug)).rejects.toMatchObject(
      refused('program.notFound'),
    );
  });

  test('#3 a tier that is lost mutes thread and list within five seconds, and others go on', async () => {
    const { story, forum, params } = await aForum();
    const [clara, dora] = [await someoneCalled(story, 'Clara', 2_000), await someoneCalled(story, 'Dora', 2_000)];
    const oro = await forum.category('oro', { rights: hiddenBelow('oro') });
    const thread = await eventually(() => forum.open(dora, oro));
    const eva = await someoneCalled(story, 'Eva');
    const purchase = aPurchase({ externalId: eva.externalId, totalMinor: 200_000 });
    await story.record(purchase);
    const gone = await eventually(() => follow(story, eva, ofThread(thread), 1).catch(() => null));
    const list = await follow(story, eva, `category:${oro.id}`, 0);
    const stays = await follow(story, clara, ofThread(thread), 1);
    const closed: StreamName[] = [];
    for (const { socket } of [gone, list]) socket.on('stream.closed', ({ stream }) => closed.push(stream));
    await call(server.local, reverseActivity, {
      params: { ...params, key: purchase.key },
      body: { key: aKey('devuelta'), reason: 'Devuelta' },
    });
    await eventually(() => closed.length === 2, { withinMs: 5_000 });
    await forum.reply(dora, thread, { body: 'Ya no lo ve' });
    await stays.until(2);
    expect([gone.received, list.received]).toEqual([[], []]);
    await expect(gone.open()).rejects.toMatchObject(refused('stream.unknown'));
    expect(gone.socket.connected).toBe(true);
  });

  test('#3 a category that is closed, and a thread that is moved or taken away, are gone from open sockets', async () => {
    const { story, forum, ana, beto, talk, thread, params } = await aForum();
    const clara = await someoneCalled(story, 'Clara', 2_000);
    const oro = await forum.category('oro', { rights: hiddenBelow('oro') });
    await eventually(() => forum.open(clara, oro));
    const [moved, taken] = [thread, await forum.open(ana, talk)];
    const [first, second] = [
      await follow(story, beto, ofThread(moved), 1),
      await follow(story, beto, ofThread(taken), 1),
    ];
    const list = await follow(story, beto, `category:${talk.id}`, 0);
    const stays = await follow(story, clara, ofThread(moved), 1);
    const closed: StreamName[] = [];
    for (const { socket } of [first, second, list]) socket.on('stream.closed', ({ stream }) => closed.push(stream));
    await call(server.local, changeThread, { params: { ...params, thread: moved.id }, body: { category: oro.id } });
    await call(server.local, deletePost, { params: { ...params, post: taken.id }, body: { reason: 'Repetido' } });
    await stays.until(2);
    await eventually(() => closed.length === 2, { withinMs: 1_000 });
    expect([first.received, second.received]).toEqual([[], []]);
    await eventually(() => movesOf(list.applied).flatMap(({ gone }) => gone).length === 2);
    const { rights } = oro;
    await call(server.local, changeCategory, { params: { ...params, category: talk.id }, body: { rights } });
    await eventually(() => closed.length === 3, { withinMs: 5_000 });
  });
});

describe('#54 the list of a category', () => {
  test('#54 FB2 new threads and answers come with their rows, and nothing of what stands below and is not for all', async () => {
    const { story, forum, ana, beto, talk, thread, params } = await aForum();
    const clara = await someoneCalled(story, 'Clara', 2_000);
    const below = await call(server.local, createCategory, {
      params,
      body: { slug: 'oro', name: { es: 'Oro' }, parent: talk.id, rights: hiddenBelow('oro') },
    });
    const list = await follow(story, beto, `category:${talk.id}`, 0);
    await eventually(() => forum.open(clara, below, { title: 'Preestreno' }));
    const fresh = await forum.open(ana, talk, { title: 'Otro hilo' });
    await forum.reply(beto, thread);
    await eventually(() => movesOf(list.applied).flatMap(({ rows }) => rows).length >= 2);
    const rows = movesOf(list.applied).flatMap((moved) => moved.rows);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([fresh.id, thread.id]));
    expect(rows.find(({ id }) => id === thread.id)).toMatchObject({
      replies: 1,
      last: { author: { alias: 'Beto', isMe: true } },
    });
    expect(JSON.stringify(list.received)).not.toContain('Preestreno');
  });
});

describe('#57 #58 who is there', () => {
  test('#57 #58 how many read, and who is writing until the post is there', async () => {
    const { story, forum, ana, beto, thread } = await aForum();
    const [anas, betos] = [
      await follow(story, ana, ofThread(thread), 1),
      await follow(story, beto, ofThread(thread), 1),
    ];
    const told: StreamPresent[] = [];
    betos.socket.on('stream.present', (present) => told.push(present));
    expect(await anas.command('stream.typing', { stream: ofThread(thread) })).toEqual({ noted: true });
    await eventually(() => told.at(-1)?.typing.length === 1, { withinMs: 5_000 });
    expect(told.at(-1)).toEqual({ stream: ofThread(thread), readers: 2, typing: ['Ana'] });
    await forum.reply(ana, thread);
    await eventually(() => told.at(-1)?.typing.length === 0, { withinMs: 3_000 });
    anas.close();
    await eventually(() => told.at(-1)?.readers === 1, { withinMs: 5_000 });
  });
});
