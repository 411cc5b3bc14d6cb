import { ulid } from 'ulid';
import type { Session } from '#platform/mongo/mongo.js';
import { MovableClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { ForumReader } from './forum-access.service.js';
import { RenderPostsAnewWorker } from './forums.worker.js';
import type { PostDocument, ThreadDocument } from './forums.schema.js';
import { ForumChanges } from './forum-changes.service.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostWriter } from './post-writer.service.js';
import { ReactionsRepository } from './reactions.repository.js';
import { PostsRepository } from './posts.repository.js';
import { ThreadsRepository } from './threads.repository.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `forum_${ulid()}` }),
);
const clock = new MovableClock();
const posts = new PostsRepository(mongo);
const threads = new ThreadsRepository(mongo, new ForumChanges());
const reactions = new ReactionsRepository(mongo);
const scope = scopeOf(ulid());
/** The renderer with a program and members of a forum where nobody is mentioned. */
const renderer = new PostRenderer(
  { findByAlias: () => Promise.resolve(null), signaturesOf: () => Promise.resolve(new Map()) } as never,
  { get: () => Promise.resolve({ slug: 'plaza' }) } as never,
  posts,
);
const announced = { announce: () => Promise.resolve() } as never;
/** A program that counts nothing of it. */
const told = { wrote: () => Promise.resolve(), removed: () => Promise.resolve(), restored: () => Promise.resolve() };
const limits = { refuseNewcomer: () => Promise.resolve(), refuseReacting: () => Promise.resolve() } as never;
const writer = new PostWriter(threads, posts, reactions, renderer, mongo, clock, announced, told as never, limits);
const ana = { scope, member: ulid() } as unknown as ForumReader;
const alone = (_: Session): Promise<void> => Promise.resolve();
let keys = 0;
const key = (): string => `clave-${(keys += 1)}-de-un-mensaje`;

beforeAll(async () => {
  await mongo.ready();
  await posts.ensureIndexes();
  await threads.ensureIndexes();
});
afterAll(() => mongo.onModuleDestroy());

const aThread = (): Promise<ThreadDocument> =>
  writer.openThread(ana, { key: key(), category: ulid(), title: 'Un hilo', body: 'Hola' }, false);
const reply = (thread: ThreadDocument, body = 'Yo también') => writer.reply(ana, thread, { key: key(), body }, false);
const now = async ({ _id }: Pick<ThreadDocument, '_id'>): Promise<ThreadDocument> => {
  const thread = await threads.find(scope, _id);
  if (thread === null) throw new Error('The thread is gone.');
  return thread;
};

test('#23 what an older renderer made is made anew, and words that were changed meanwhile are left alone', async () => {
  const thread = await aThread();
  const [old, changed] = [await reply(thread, '**viejo**'), await reply(thread, 'antes')];
  for (const { _id } of [old, changed])
    await mongo
      .collection<PostDocument>('forumPosts')
      .updateOne({ _id }, { $set: { markdown: 0, html: '<b>viejo</b>' } });
  const found = await posts.find(scope, changed._id);
  await writer.edit(ana, changed, { body: 'después', version: 1, by: ana.member ?? '' }, alone);
  if (found !== null) await posts.keepRendered(found, '<p>antes</p>', 1);
  await new RenderPostsAnewWorker(posts, renderer).run();
  expect(await posts.find(scope, old._id)).toMatchObject({ html: '<p><strong>viejo</strong></p>\n', markdown: 1 });
  expect(await posts.find(scope, changed._id)).toMatchObject({ html: '<p>después</p>\n', version: 2 });
  expect(await posts.listRenderedBefore(1, 10)).toEqual([]);
});

test('#18 FB16 taking away and putting back at once, many times, is counted as often as it happened', async () => {
  const thread = await aThread();
  const made = await reply(thread);
  for (let round = 0; round < 5; round += 1) {
    const post = (await posts.find(scope, made._id)) ?? made;
    const take = () => writer.remove(ana, post, { by: 'author', reason: null }, alone);
    const taken = await Promise.allSettled([take(), take(), take()]);
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await now(thread)).replies).toBe(0);
    const gone = (await posts.find(scope, made._id)) ?? made;
    const put = () => writer.restore(ana, gone, alone);
    const back = await Promise.allSettled([put(), put(), put()]);
    expect(back.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await now(thread)).replies).toBe(1);
  }
  expect((await now(thread)).changes).toBe(12);
});

test('#18 an edit and a taking away at once: one of them is first, and the other is told', async () => {
  const thread = await aThread();
  const post = await reply(thread);
  const outcomes = await Promise.allSettled([
    writer.edit(ana, post, { body: 'Otro', version: 1, by: ana.member ?? '' }, alone),
    writer.remove(ana, post, { by: 'author', reason: null }, alone),
  ]);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
  expect(refused).toEqual(['post.changed']);
});

test('#18 an answer that comes while its thread is taken away is either counted or refused', async () => {
  for (let round = 0; round < 5; round += 1) {
    const thread = await aThread();
    const first = (await posts.find(scope, thread._id)) as PostDocument;
    const [taken, answered] = await Promise.allSettled([
      writer.remove(ana, first, { by: 'author', reason: null }, alone),
      reply(thread),
    ]);
    const after = await now(thread);
    // Whoever was first: an answered thread its author does not take away, and in one that is gone nobody answers.
    expect([taken.status, answered.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect([after.isDeleted, after.replies]).toEqual(taken.status === 'fulfilled' ? [true, 0] : [false, 1]);
  }
});

test('#52 threads of one millisecond are on one page', async () => {
  const category = ulid();
  for (let at = 0; at < 7; at += 1)
    await writer.openThread(ana, { key: key(), category, title: `Hilo ${at}`, body: 'x' }, false);
  await mongo
    .collection<ThreadDocument>('forumThreads')
    .updateMany({ program: scope.program, category }, { $set: { bumpedAtMs: 1_000_000 } });
  const asked = { category, order: 'active', limit: 3 } as const;
  expect(await threads.list(scope, { ...asked, fromMs: 2_000_000 })).toHaveLength(7);
  expect(await threads.list(scope, { ...asked, fromMs: 999_999 })).toEqual([]);
});
