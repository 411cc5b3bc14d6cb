import {
  type CategoryTile,
  changeCategory,
  createCategory,
  getRightsMatrix,
  listForum,
  previewForum,
} from '@verbena/shared/forums/categories.routes.js';
import { followCategory, followThread } from '@verbena/shared/forums/follows.routes.js';
import { listPeople } from '@verbena/shared/forums/people.routes.js';
import {
  changePost,
  changeThread,
  createPost,
  createThread,
  deletePost,
  getPost,
  getThread,
  listPostVersions,
  listReactions,
  listThreads,
  markCategoryRead,
  markThreadRead,
  purgePost,
  reactToPost,
  restorePost,
} from '@verbena/shared/forums/threads.routes.js';
import type { RouteSpec } from '@verbena/shared/platform/route.js';
import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { Forum, hiddenBelow, someoneCalled } from '#support/forum.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { NOBODY } from '#support/module-fixtures.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** As long as an id of the forum, and nobody's. */
const NOTHING = 'A'.repeat(22);
const ORO = { tier: { atLeast: 'oro' } };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** Holds soon, since rights are believed for a second. */
const soon = (probe: () => Promise<void>, withinMs = 5_000) =>
  eventually(
    async () => {
      await probe();
      return true;
    },
    { withinMs },
  );
const forumOf = async (forum: Forum, { caller }: { caller: Caller }): Promise<CategoryTile[]> =>
  (await call(caller, listForum, { params: forum.params })).items;
const tileOf = async (forum: Forum, who: { caller: Caller }, slug: string): Promise<CategoryTile | undefined> =>
  (await forumOf(forum, who)).find((tile) => tile.slug === slug);

describe('#1 a category that is not for somebody', () => {
  test('#1 FB1 is nowhere: every route answers as for what never was, and the title is in no answer', async () => {
    const [story, other] = [await Story.begin(server), await Story.begin(server)];
    const forum = new Forum(story);
    const ana = await someoneCalled(story, 'Ana', 2_000);
    const [beto, stranger] = [await someoneCalled(story, 'Beto'), await other.person()];
    await forum.category('charla');
    const oro = await forum.category('oro', { rights: hiddenBelow('oro') });
    const thread = await eventually(() => forum.open(ana, oro, { title: 'Sorteo secreto', body: 'Solo aquí' }));
    const post = await forum.reply(ana, thread);
    const thing = { key: aKey('x'), body: 'Hola' };
    const routes: [RouteSpec, object, object, unknown?][] = [
      [listThreads, { category: 'oro' }, { category: 'ninguna' }],
      [markCategoryRead, { category: 'oro' }, { category: 'ninguna' }],
      [createThread, {}, {}, { ...thing, category: oro.id, title: 'Hola' }],
      [getThread, { thread: thread.id }, { thread: NOTHING }],
      [markThreadRead, { thread: thread.id }, { thread: NOTHING }, { number: 1 }],
      [changeThread, { thread: thread.id }, { thread: NOTHING }, { title: 'Otro' }],
      [createPost, { thread: thread.id }, { thread: NOTHING }, thing],
      [getPost, { post: post.id }, { post: NOTHING }],
      [changePost, { post: post.id }, { post: NOTHING }, { body: 'Otro', version: 1 }],
      [listPostVersions, { post: post.id }, { post: NOTHING }],
      [deletePost, { post: post.id }, { post: NOTHING }, { reason: 'Porque sí' }],
      [restorePost, { post: post.id }, { post: NOTHING }],
      [purgePost, { post: post.id }, { post: NOTHING }],
      [reactToPost, { post: post.id }, { post: NOTHING }, { reaction: 'like' }],
      [listReactions, { post: post.id }, { post: NOTHING }],
      [followThread, { thread: thread.id }, { thread: NOTHING }, { level: 'watch' }],
      [followCategory, { category: 'oro' }, { category: 'ninguna' }, { level: 'watch' }],
      [listPeople, { category: 'oro' }, { category: 'ninguna' }],
    ];
    for (const [who, caller] of Object.entries({
      beto: beto.caller,
      stranger: stranger.caller,
      nobody: { url: server.url },
    })) {
      for (const [route, there, nowhere, body] of routes) {
        const answers = [];
        for (const params of [there, nowhere]) {
          const isNowhere = params === nowhere && route === createThread;
          const answer = await ask(caller, route, {
            params: { ...forum.params, ...params },
            ...(body === undefined ? {} : { body: isNowhere ? { ...body, category: NOBODY } : body }),
          });
          const { traceId: _, ...problem } = JSON.parse(answer.text) as { traceId: string; status: number };
          expect(answer.text).not.toMatch(/sorteo|solo aquí/i);
          expect(answer.headers.get('location')).toBeNull();
          answers.push(problem);
        }
        expect([who, route.path, answers[0]]).toEqual([who, route.path, answers[1]]);
        expect(answers[0]?.status).toBe(who === 'nobody' ? 401 : 404);
      }
      const page = await (
        await fetch(`${server.url}/${story.slug}/forum/t/${thread.id}/x`, { headers: { accept: 'text/html' } })
      ).text();
      expect(page).not.toMatch(/sorteo/i);
    }
    expect((await forumOf(forum, beto)).map(({ slug }) => slug)).toEqual(['charla']);
    expect((await forumOf(forum, ana)).map(({ slug }) => slug)).toEqual(['charla', 'oro']);
  });

  test('#1 #2 FB2 counts, last thread and author of the tile above are those that the reader may read', async () => {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const [ana, beto] = [await someoneCalled(story, 'Ana', 2_000), await someoneCalled(story, 'Beto')];
    const centro = await forum.category('centro');
    const oro = await forum.category('oro', { parent: centro.id, rights: hiddenBelow('oro') });
    for (const title of ['Aparcar', 'La terraza', 'Horarios']) await forum.open(beto, centro, { title });
    await eventually(() => forum.open(ana, oro, { title: 'Preestreno' }));
    const seen = async (who: { caller: Caller }) => {
      const tile = await tileOf(forum, who, 'centro');
      return [tile?.threads.count, tile?.last?.title, tile?.last?.author.alias];
    };
    expect(await seen(beto)).toEqual([3, 'Horarios', 'Beto']);
    expect(await seen(ana)).toEqual([4, 'Preestreno', 'Ana']);
    await story.record(aPurchase({ externalId: beto.externalId, totalMinor: 200_000 }));
    await soon(async () => expect(await seen(beto)).toEqual([4, 'Preestreno', 'Ana']));
  });

  test('#3 #5 what a tier opened its loss closes within five seconds, what a badge opened stays with the badge', async () => {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const ana = await someoneCalled(story, 'Ana', 10);
    const purchase = aPurchase({ externalId: ana.externalId, totalMinor: 200_000 });
    await story.record(purchase);
    await forum.category('oro', { rights: hiddenBelow('oro') });
    const any = { any: [{ badge: 'primera-compra' }, ORO] };
    await forum.category('clientas', { rights: { ...hiddenBelow('oro'), see: any, read: any } });
    const slugs = async () => (await forumOf(forum, ana)).map(({ slug }) => slug);
    await soon(async () => expect(await slugs()).toEqual(['oro', 'clientas']));
    const body = { key: aKey('devolver'), reason: 'Una devolución' };
    await call(server.local, reverseActivity, { params: { ...forum.params, key: purchase.key }, body });
    await soon(async () => expect(await slugs()).not.toContain('oro'), 5_000);
  });
});

test('#4 a category that may only be seen says which tier it takes and how many points are missing, and nothing of what is in it', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana', 2_000), await someoneCalled(story, 'Beto', 600)];
  const rights = { ...hiddenBelow('oro'), see: null };
  const oro = await forum.category('oro', { rights, description: { es: 'Los estrenos, antes que nadie' } });
  const thread = await eventually(() => forum.open(ana, oro, { title: 'Preestreno' }));
  await soon(async () =>
    expect(await tileOf(forum, beto, 'oro')).toMatchObject({
      description: { es: 'Los estrenos, antes que nadie' },
      can: ['see'],
      needs: { tier: { id: 'oro', missing: 1_500 - (await story.standing(beto.externalId)).earned.year } },
      threads: { count: 0, more: false },
      last: null,
    }),
  );
  const listed = await call(beto.caller, listThreads, { params: { ...forum.params, category: 'oro' } });
  expect([listed.items, listed.pinned]).toEqual([[], []]);
  const refused = await refusal(beto.caller, getThread, { params: { ...forum.params, thread: thread.id } });
  expect(refused.code).toBe('thread.notFound');
});

test('#2 create, reply and moderate are rights of their own', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana', 2_000), await someoneCalled(story, 'Beto')];
  const rights = { ...hiddenBelow('oro'), see: null, read: null, create: ORO, reply: null, react: null, moderate: ORO };
  const news = await forum.category('avisos', { rights });
  const opening = { key: aKey('hilo'), category: news.id, title: 'Un aviso', body: 'Hola' };
  const refused = await refusal(beto.caller, createThread, { params: forum.params, body: opening });
  expect([refused.code, refused.status]).toEqual(['forum.notAllowed', 403]);
  const thread = await eventually(() => forum.open(ana, news));
  expect(thread.can).toEqual(['see', 'read', 'create', 'reply', 'react', 'moderate']);
  const post = await forum.reply(beto, thread);
  expect((await forum.read(beto, thread)).thread.can).toEqual(['see', 'read', 'reply', 'react']);
  for (const change of [
    { isLocked: true },
    { pin: { in: 'forum', until: null } },
    { slowModeSeconds: 5 },
    { title: 'Mío' },
  ] as const)
    expect(
      (await refusal(beto.caller, changeThread, { params: { ...forum.params, thread: thread.id }, body: change })).code,
    ).toBe('forum.notAllowed');
  await call(ana.caller, deletePost, { params: { ...forum.params, post: post.id }, body: { reason: 'Fuera de tema' } });
});

test('#7 where each sees only its own threads, nobody finds those of the others, in counts and lists either', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto, eva] = [
    await someoneCalled(story, 'Ana'),
    await someoneCalled(story, 'Beto'),
    await story.person('owner', { secondFactor: false }),
  ];
  const help = await forum.category('ayuda', { ownThreadsOnly: true });
  const thread = await forum.open(ana, help, { title: 'No me llegan los puntos' });
  const titles = async ({ caller }: { caller: Caller }) =>
    (await call(caller, listThreads, { params: { ...forum.params, category: 'ayuda' } })).items.map(
      ({ title }) => title,
    );
  expect([await titles(ana), await titles(beto), await titles(eva)]).toEqual([[thread.title], [], [thread.title]]);
  expect([
    (await tileOf(forum, ana, 'ayuda'))?.threads.count,
    (await tileOf(forum, beto, 'ayuda'))?.threads.count,
  ]).toEqual([1, 0]);
  expect((await refusal(beto.caller, getThread, { params: { ...forum.params, thread: thread.id } })).code).toBe(
    'thread.notFound',
  );
  expect((await forum.read(eva, thread)).thread.can).toContain('moderate');
});

describe('#6 how a category is set up', () => {
  test('#6 name and description in both languages, order, icon, colour and the order of its threads', async () => {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const ana = await someoneCalled(story, 'Ana');
    const second = await forum.category('segunda', { place: 2 });
    await forum.category('primera', {
      name: { es: 'La plaza', en: 'The square' },
      description: { es: 'De todo un poco' },
      icon: 'coffee',
      color: 'amber',
      place: 1,
      order: 'newest',
    });
    const [first, ...rest] = await forumOf(forum, ana);
    expect(first).toMatchObject({
      name: { es: 'La plaza', en: 'The square' },
      description: { es: 'De todo un poco' },
      icon: 'coffee',
      color: 'amber',
      order: 'newest',
    });
    expect(rest.map(({ slug }) => slug)).toEqual(['segunda']);
    const changed = { params: { ...forum.params, category: second.id }, body: { place: 0, slug: 'antes' } };
    await call(server.local, changeCategory, changed);
    await soon(async () => expect((await forumOf(forum, ana)).map(({ slug }) => slug)).toEqual(['antes', 'primera']));
    await call(server.local, changeCategory, { ...changed, body: { archived: true } });
    await soon(async () => expect((await forumOf(forum, ana)).map(({ slug }) => slug)).toEqual(['primera']));
  });

  test('#2 #6 what cannot be is refused, and named', async () => {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const centro = await forum.category('centro');
    const below = await forum.category('abajo', { parent: centro.id });
    const refused = async (given: object) => {
      const body = { slug: 'otra', name: { es: 'Otra' }, ...given };
      const { code, fields = [] } = await refusal(server.local, createCategory, { params: forum.params, body });
      return [code, fields.map(({ path }) => path.join('.'))];
    };
    expect(await refused({ slug: 'centro' })).toEqual(['forumCategory.slugTaken', ['slug']]);
    // There threads are opened.
    expect(await refused({ slug: 'new' })).toEqual(['input.invalid', ['slug']]);
    expect(await refused({ parent: NOBODY })).toEqual(['forumCategory.notFound', ['parent']]);
    expect(await refused({ parent: below.id })).toEqual(['input.invalid', ['parent']]);
    const rights = { ...hiddenBelow('bronce'), moderate: { all: [{ badge: 'ninguna' }] } };
    expect(await refused({ rights })).toEqual([
      'input.invalid',
      ['rights.see.tier', 'rights.read.tier', 'rights.moderate.all.0.badge'],
    ]);
  });

  test('#2 who may what, by tier and by role, and the forum as a tier sees it', async () => {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const oro = await forum.category('oro', { rights: hiddenBelow('oro') });
    const { rows } = await call(server.local, getRightsMatrix, { params: forum.params });
    const held = Object.fromEntries(rows.map(({ tier, role, rights }) => [tier ?? role, rights[oro.id]]));
    expect(held).toEqual({
      socio: undefined,
      plata: undefined,
      oro: ['see', 'read', 'create', 'reply', 'react'],
      platino: ['see', 'read', 'create', 'reply', 'react'],
      moderator: undefined,
      manager: ['see', 'read', 'create', 'reply', 'react', 'moderate'],
      owner: ['see', 'read', 'create', 'reply', 'react', 'moderate'],
    });
    const as = async (tier: string) =>
      (await call(server.local, previewForum, { params: forum.params, query: { tier } })).items.map(({ slug }) => slug);
    expect([await as('plata'), await as('oro')]).toEqual([[], ['oro']]);
  });
});
