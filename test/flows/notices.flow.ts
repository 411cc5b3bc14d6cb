import { changeCategory } from '@verbena/shared/forums/categories.routes.js';
import { followCategory, followThread } from '@verbena/shared/forums/follows.routes.js';
import type { FollowLevel } from '@verbena/shared/forums/follow.js';
import { listPeople } from '@verbena/shared/forums/people.routes.js';
import {
  changePost,
  deletePost,
  listThreads,
  type Post,
  restorePost,
  type Thread,
} from '@verbena/shared/forums/threads.routes.js';
import type { Notice } from '@verbena/shared/notices/notice.js';
import { listNotices } from '@verbena/shared/notices/notices.routes.js';
import { quoteOf } from '@verbena/shared/platform/quote-markdown.js';
import { eventually } from '#support/eventually.js';
import { Forum, hiddenBelow, someoneCalled } from '#support/forum.js';
import { call, refusal } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
const clients: StreamClient[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server?.stop());

/** A forum with a category for all, and what the members of it are told. */
async function aForum() {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto, clara] = [
    await someoneCalled(story, 'Ana'),
    await someoneCalled(story, 'Beto'),
    await someoneCalled(story, 'Clara'),
  ];
  const talk = await forum.category('charla');
  const { params } = forum;
  const inbox = ({ caller }: Person, limit = 50) =>
    call(caller, listNotices, { params, query: { limit: String(limit) } });
  const told = async (person: Person): Promise<string[]> => (await inbox(person)).items.map(line);
  /** Whoever writes last is known to be told last: then all that was told before is there. */
  const settled = async () => {
    const thread = await forum.open(clara, talk, { title: 'Ya está', body: '@Ana @Beto ya' });
    for (const one of [ana, beto])
      await eventually(async () => (await inbox(one)).items.some(({ title }) => title === 'Ya está'), {
        until: 'the last one is told',
      });
    await call(clara.caller, deletePost, { params: { ...params, post: thread.id }, body: {} });
  };
  return {
    ...{ story, forum, ana, beto, clara, talk, params, inbox, told, settled },
    follow: ({ caller }: Person, { id }: Pick<Thread, 'id'>, level: FollowLevel) =>
      call(caller, followThread, { params: { ...params, thread: id }, body: { level } }),
    followCategory: ({ caller }: Person, category: string, level: FollowLevel) =>
      call(caller, followCategory, { params: { ...params, category }, body: { level } }),
    edit: ({ caller }: Person, { id, version }: Pick<Post, 'id' | 'version'>, body: string) =>
      call(caller, changePost, { params: { ...params, post: id }, body: { body, version } }),
    device: async (person: Person, since = 0): Promise<StreamClient> => {
      const client = await StreamClient.connect(server.url, person.caller.bearer, story.slug, since, 'inbox');
      clients.push(client);
      await client.open();
      return client;
    },
  };
}

/** A notice in a word: `mention Beto+2 Un hilo`. */
function line({ reason, by, others, title }: Notice): string {
  return `${reason} ${by ?? '?'}${others === 0 ? '' : `+${others}`} ${title}`;
}

test('#30 whoever wrote what a moderator took away is told so and why, each time, nobody else, until it is back; and of its own doing nothing', async () => {
  const { forum, ana, beto, talk, params, inbox, settled } = await aForum();
  const thread = await forum.open(ana, talk, { title: 'La cena' });
  const post = await forum.reply(beto, thread);
  const at = { params: { ...params, post: post.id } };
  const removals = async (who: Person) =>
    (await inbox(who)).items.flatMap(({ reason, by, title, detail, path }) =>
      reason === 'removed' ? [{ by, title, detail, path }] : [],
    );
  const told = (reason: string) => ({ by: null, title: 'La cena', detail: reason, path: `forum/p/${post.id}` });
  const phone = await forum.reply(beto, thread);
  await call(beto.caller, deletePost, { params: { ...params, post: phone.id }, body: {} });
  await call(server.local, deletePost, { ...at, body: { reason: 'Publicidad' } });
  await eventually(async () => (await removals(beto)).length === 1, { until: 'Beto is told' });
  expect(await removals(beto)).toEqual([told('Publicidad')]);
  await call(server.local, restorePost, at);
  expect(await removals(beto)).toEqual([]);
  await call(server.local, deletePost, { ...at, body: { reason: 'Otra vez' } });
  await eventually(async () => (await removals(beto)).length === 1, { until: 'Beto is told again' });
  expect(await removals(beto)).toEqual([told('Otra vez')]);
  // Of a thread its author is told too, though nobody else finds it any more.
  await call(server.local, deletePost, { params: { ...params, post: thread.id }, body: { reason: 'Repetido' } });
  await eventually(async () => (await removals(ana)).length === 1, { until: 'Ana is told' });
  await settled();
  expect(await removals(ana)).toMatchObject([{ detail: 'Repetido' }]);
  expect(await removals(beto)).toEqual([]);
});

describe('FB8 whom a post names', () => {
  test('FB8 #9 given Clara wrote «@Ana mira», Ana quotes it, and Beto quotes Ana: each is told once, and nobody for what stands in a quote', async () => {
    const { forum, story, ana, beto, clara, talk, told, settled } = await aForum();
    const thread = await forum.open(await someoneCalled(story, 'Diego'), talk, { title: 'La terraza' });
    const first = await forum.reply(clara, thread, { body: '@Ana mira' });
    const second = await forum.reply(ana, thread, {
      body: `${quoteOf({ id: first.id, alias: 'Clara', body: '@Ana mira' })}Ya miro`,
    });
    const nested = `> @Clara dijo:\n>\n> > @Ana mira\n\nYa miro`;
    const body = `${quoteOf({ id: second.id, alias: 'Ana', body: nested })}Y yo. \`@Clara\` [@Clara](https://example.com)`;
    await forum.reply(beto, thread, { body });
    await settled();
    expect(await told(ana)).toEqual(['quote Beto La terraza', 'mention Clara La terraza']);
    expect(await told(beto)).toEqual([]);
    expect(await told(clara)).toEqual(['quote Ana La terraza']);
  });

  test('FB8 one notice for a post that mentions, answers and quotes the same person, and none for one’s own acts', async () => {
    const { forum, ana, beto, talk, told, inbox, settled } = await aForum();
    const thread = await forum.open(ana, talk, { title: 'La terraza', body: '@Ana me nombro' });
    const quote = quoteOf({ id: thread.id, alias: 'Ana', body: 'me nombro' });
    await forum.reply(beto, thread, { body: `${quote}@Ana @Beto sí`, replyTo: thread.id });
    await settled();
    expect(await told(ana)).toEqual(['mention Beto La terraza']);
    expect(await inbox(ana)).toMatchObject({ unread: 1 });
    expect(await told(beto)).toEqual([]);
  });

  test('FB8 an edit tells whom it names anew, and nobody twice', async () => {
    const { forum, ana, beto, clara, talk, told, edit, settled } = await aForum();
    const thread = await forum.open(clara, talk, { title: 'La terraza' });
    const post = await forum.reply(clara, thread, { body: 'Hola @Ana' });
    const edited = await edit(clara, post, 'Hola @Ana y @Beto');
    await edit(clara, edited, 'Hola @Ana, @Beto y @Ana');
    await settled();
    expect(await told(ana)).toEqual(['mention Clara La terraza']);
    expect(await told(beto)).toEqual(['mention Clara La terraza']);
  });

  test('FB7 the same key sent twice tells once; a post that is taken away is told of no more', async () => {
    const { forum, ana, beto, talk, inbox, params } = await aForum();
    const thread = await forum.open(ana, talk, { title: 'La terraza' });
    const draft = { key: 'la-misma-clave-dos-veces-01', body: 'Hola @Ana' };
    const post = await forum.reply(beto, thread, draft);
    await Promise.all([forum.reply(beto, thread, draft), forum.reply(beto, thread, draft)]);
    await forum.reply(beto, thread, { body: 'Otra cosa' });
    await eventually(async () => (await inbox(ana)).q === 2, { until: 'Ana is told of both' });
    expect((await inbox(ana)).items.map(line)).toEqual(['watched Beto La terraza', 'mention Beto La terraza']);
    await call(beto.caller, deletePost, { params: { ...params, post: post.id }, body: {} });
    expect(await inbox(ana)).toMatchObject({ unread: 1, items: [{ reason: 'watched' }] });
  });
});

describe('#45 watch, normal, mute', () => {
  test('#45 whoever opened a thread watches it, others by choice; whoever mutes it is not even told that it is named', async () => {
    const { forum, ana, beto, clara, talk, told, follow, settled } = await aForum();
    const thread = await forum.open(ana, talk, { title: 'La terraza' });
    expect([(await forum.read(ana, thread)).thread.follow, (await forum.read(beto, thread)).thread.follow]).toEqual([
      'watch',
      'normal',
    ]);
    await forum.reply(clara, thread, { body: 'uno' });
    await settled();
    expect([await told(ana), await told(beto)]).toEqual([['watched Clara La terraza'], []]);
    await follow(beto, thread, 'watch');
    await follow(ana, thread, 'mute');
    await forum.reply(clara, thread, { body: 'dos @Ana' });
    await settled();
    expect([await told(ana), await told(beto)]).toEqual([['watched Clara La terraza'], ['watched Clara La terraza']]);
    expect((await forum.read(ana, thread)).thread.follow).toBe('mute');
    await follow(ana, thread, 'normal');
    await forum.reply(clara, thread, { body: 'tres' });
    await forum.reply(clara, thread, { body: 'cuatro @Ana' });
    await settled();
    expect(await told(ana)).toEqual(['mention Clara La terraza', 'watched Clara La terraza']);
  });

  test('#45 who watches a category is told of new threads; who mutes it of nothing in it but threads that it watches', async () => {
    const {
      forum,
      ana,
      beto,
      clara,
      talk,
      told,
      inbox,
      params,
      followCategory: choose,
      follow,
      settled,
    } = await aForum();
    await choose(ana, 'charla', 'watch');
    await choose(beto, 'charla', 'mute');
    const { category } = await call(ana.caller, listThreads, { params: { ...params, category: 'charla' } });
    expect(category.follow).toBe('watch');
    const one = await forum.open(clara, talk, { title: 'Uno', body: 'Hola @Beto' });
    const two = await forum.open(clara, talk, { title: 'Dos' });
    await forum.reply(clara, two, { body: 'de lo que nadie se entera' });
    await eventually(async () => (await inbox(ana)).q === 2, { until: 'Ana is told of both threads' });
    expect((await inbox(ana)).items).toMatchObject([{ reason: 'opened', count: 2, others: 0, title: 'Dos' }]);
    await follow(beto, one, 'watch');
    await forum.reply(clara, one, { body: 'Hola @Beto' });
    await eventually(async () => (await told(beto)).length === 1, {
      until: 'Beto is told of the thread that it watches',
    });
    expect(await told(beto)).toEqual(['mention Clara Uno']);
    await choose(beto, 'charla', 'normal');
    await settled();
    expect((await inbox(beto)).q).toBe(2);
  });

  test('#45 only members follow, and only what they may read', async () => {
    const { forum, story, ana, talk, params } = await aForum();
    const [eva, gold] = [
      await story.person('moderator', { secondFactor: false }),
      await forum.category('oro', { rights: { ...hiddenBelow('oro'), see: null } }),
    ];
    const thread = await forum.open(ana, talk);
    const body = { level: 'watch' } as const;
    const codes = [
      await refusal(eva.caller, followThread, { params: { ...params, thread: thread.id }, body }),
      await refusal(eva.caller, followCategory, { params: { ...params, category: 'charla' }, body }),
      await refusal(ana.caller, followCategory, { params: { ...params, category: gold.slug }, body }),
      await refusal(ana.caller, followThread, { params: { ...params, thread: 'A'.repeat(22) }, body }),
      await refusal(eva.caller, listNotices, { params }),
    ];
    expect(codes.map(({ code }) => code)).toEqual([
      'forum.notMember',
      'forum.notMember',
      'forum.notAllowed',
      'thread.notFound',
      'member.notFound',
    ]);
  });
});

describe('#10 nobody without the right to read', () => {
  test('#10 FB1 who may not read a category is not told of what stands there, and who lost the right reads no title any more', async () => {
    const { forum, story, ana, beto, told, inbox, params, settled, device } = await aForum();
    const rica = await someoneCalled(story, 'Rica', 2_000);
    const gold = await forum.category('oro', { rights: hiddenBelow('oro') });
    const secret = await forum.open(rica, gold, { title: 'El secreto', body: '@Ana @Beto venid' });
    await settled();
    expect([await told(ana), await told(beto)]).toEqual([[], []]);
    // For a moment everybody may read there, and Ana is named.
    const change = (rights: object) =>
      call(server.local, changeCategory, {
        params: { ...params, category: gold.id },
        body: { rights: rights as never },
      });
    const { moderate } = hiddenBelow('oro');
    await change({ see: null, read: null, create: null, reply: null, react: null, moderate });
    await eventually(async () => (await refusalOrNull(ana, secret.id)) === null, { until: 'Ana may read there' });
    await forum.reply(rica, secret, { body: '@Ana mira' });
    await eventually(async () => (await told(ana)).length === 1, { until: 'Ana is told' });
    expect(await told(ana)).toEqual(['mention Rica El secreto']);
    await change(hiddenBelow('oro'));
    await eventually(async () => (await told(ana)).length === 0, { until: 'Ana reads nothing of it' });
    expect(await inbox(ana)).toMatchObject({ unread: 0, items: [] });
    const phone = await device(ana);
    expect(JSON.stringify(phone.applied)).not.toContain('secreto');
    expect(phone.cur).toBe((await inbox(ana)).q);

    async function refusalOrNull(person: Person, thread: string): Promise<string | null> {
      return forum.read(person, { id: thread }).then(
        () => null,
        () => 'refused',
      );
    }
  });

  test('#10 people are found by how their alias begins, whatever its accents; never who asks, nor who may not read there', async () => {
    const { forum, story, ana, params } = await aForum();
    for (const [alias, euros] of [
      ['Ángela', 2_000],
      ['ANABEL', 0],
      ['Andrés P.', 2_000],
      ['Beatriz', 2_000],
    ] as const)
      await someoneCalled(story, alias, euros);
    await forum.category('oro', { rights: { ...hiddenBelow('oro'), see: null } });
    const find = async (who: Person, category: string, q: string) =>
      (await call(who.caller, listPeople, { params: { ...params, category }, query: { q } })).items.map(
        ({ alias }) => alias,
      );
    expect(await find(ana, 'charla', 'an')).toEqual(['ANABEL', 'Andrés P.', 'Ángela']);
    expect(await find(ana, 'charla', 'ÁN')).toEqual(['ANABEL', 'Andrés P.', 'Ángela']);
    expect(await find(ana, 'charla', 'andrés p')).toEqual(['Andrés P.']);
    for (const q of ['zz', '', '  ', '.']) expect(await find(ana, 'charla', q)).toEqual([]);
    const rica = await someoneCalled(story, 'Rica', 2_000);
    expect(await find(rica, 'oro', 'a')).toEqual(['Andrés P.', 'Ángela']);
    const asked = { params: { ...params, category: 'oro' }, query: { q: 'a' } };
    expect((await refusal(ana.caller, listPeople, asked)).code).toBe('forum.notAllowed');
    const nowhere = { params: { ...params, category: 'no-hay' }, query: { q: 'a' } };
    expect((await refusal(ana.caller, listPeople, nowhere)).code).toBe('forumCategory.notFound');
  });
});

describe('#46 the inbox, live and on all devices', () => {
  test('#46 “Ana and 3 more”, counted by the server; read on one device is read on the other', async () => {
    const { forum, story, ana, beto, clara, talk, inbox, device } = await aForum();
    const [diego, eva] = [await someoneCalled(story, 'Diego'), await someoneCalled(story, 'Eva')];
    const thread = await forum.open(ana, talk, { title: '¿Cuándo abre la terraza?' });
    const [phone, desktop] = [await device(ana), await device(ana)];
    for (const person of [beto, clara, diego, eva, beto]) await forum.reply(person, thread);
    const last = await forum.reply(clara, thread);
    await Promise.all([phone.until(6), desktop.until(6)]);
    expect(phone.applied.map(({ q }) => q)).toEqual([1, 2, 3, 4, 5, 6]);
    const notice = {
      ...{ q: 6, reason: 'watched', count: 6, by: 'Clara', others: 3 },
      ...{ title: '¿Cuándo abre la terraza?', path: `forum/p/${last.id}` },
    };
    expect(desktop.applied.at(-1)).toMatchObject({ name: 'notice.added', data: { unread: 1, notice } });
    expect(await inbox(ana)).toMatchObject({ q: 6, read: 0, unread: 1, items: [notice] });

    await phone.command('stream.read', { stream: 'inbox', q: 6 });
    await eventually(() => desktop.readElsewhere.includes(6), { until: 'the desktop knows' });
    expect(await inbox(ana)).toMatchObject({ read: 6, unread: 0, items: [{ count: 6 }] });
    await forum.reply(diego, thread, { body: 'Hola @Ana' });
    await forum.reply(eva, thread);
    await phone.until(8);
    expect(await inbox(ana, 0)).toMatchObject({ unread: 2, items: [] });
    expect((await inbox(ana)).items.map(({ count, by }) => [by, count])).toEqual([
      ['Eva', 1],
      ['Diego', 1],
      ['Clara', 6],
    ]);
  });

  test('#46 who was away is told what came meanwhile, once, and what another device read meanwhile is not new', async () => {
    const { forum, ana, beto, talk, device, inbox } = await aForum();
    const thread = await forum.open(ana, talk);
    const phone = await device(ana);
    await forum.reply(beto, thread);
    await phone.until(1);
    phone.drop();
    await forum.reply(beto, thread);
    await forum.reply(beto, thread, { body: '@Ana' });
    await eventually(async () => (await inbox(ana)).q === 3, { until: 'Ana is told' });
    const desktop = await device(ana, 1);
    expect(desktop.applied.map(({ q, name }) => [q, name])).toEqual([
      [2, 'notice.added'],
      [3, 'notice.added'],
    ]);
    await desktop.command('stream.read', { stream: 'inbox', q: 3 });
    await phone.comeBack();
    const opened = await phone.open();
    expect(opened).toMatchObject({ head: 3, read: 3 });
    expect(phone.applied.map(({ q, name }) => [q, name])).toEqual([
      [1, 'notice.added'],
      [2, undefined],
      [3, undefined],
    ]);
  });

  test('FB7 killed as it acknowledged a post, the server tells of it when it is back, once', async () => {
    const own = await startServer();
    try {
      const story = await Story.begin(own);
      const forum = new Forum(story);
      const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
      const thread = await forum.open(ana, await forum.category('charla'));
      await forum.reply(beto, thread, { body: 'Hola @Ana' });
      await own.kill();
      await own.start();
      const inbox = () => call(ana.caller, listNotices, { params: forum.params });
      await eventually(async () => (await inbox()).q === 1, { until: 'Ana is told' });
      await forum.reply(beto, thread, { body: 'Hola otra vez, @Ana' });
      await eventually(async () => (await inbox()).q === 2, { until: 'Ana is told of the second' });
      expect((await inbox()).items).toMatchObject([{ reason: 'mention', count: 2 }]);
    } finally {
      await own.stop();
    }
  });
});
