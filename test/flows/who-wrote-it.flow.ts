import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import {
  changePost,
  createPost,
  getThread,
  listReactions,
  listThreads,
  reactToPost,
} from '@verbena/shared/forums/threads.routes.js';
import { changeProfile, getMember, leaveProgram, type ProfileChange } from '@verbena/shared/members/members.routes.js';
import { getProfile } from '@verbena/shared/profiles/profiles.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { publish } from '#support/undo-story.js';

/** What is shown of a member is the new one everywhere within this time, and the test's own asking. */
const WITHIN = { withinMs: 7_000 };
const MORE = ['segunda', 'tercera', 'cuarta'];
const NOTHING = { name: false, tier: false, badges: false, points: false, joined: false };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** Ana, who has bought and so has a tier and four badges, opened a thread that Beto reads. What is said before it is opened is shown at once. */
async function aThread(profile: ProfileChange = {}) {
  const story = await Story.begin(server);
  await publish(story, ({ badges }) => {
    const [first] = badges;
    if (first?.grant.kind !== 'count') throw new Error('The preset begins with another badge.');
    badges.push(...MORE.map((id) => ({ ...first, id, name: { es: id, en: id } })));
  });
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const purchase = aPurchase({ externalId: ana.externalId, totalMinor: 60_000 });
  await story.record(purchase);
  const say = (body: ProfileChange) =>
    call(ana.caller, changeProfile, { params: { ...forum.params, member: 'me' }, body });
  await say(profile);
  const talk = await forum.category('charla');
  const thread = await forum.open(ana, talk);
  return {
    ...{ story, forum, ana, beto, talk, thread, purchase, say },
    refused: (chosenBadges: readonly string[]) =>
      refusal(ana.caller, changeProfile, {
        params: { ...forum.params, member: 'me' },
        body: { chosenBadges: [...chosenBadges] },
        headers: { 'accept-language': 'es' },
      }),
    /** The line of Ana's post, as Beto reads it. */
    line: async () => (await forum.read(beto, thread)).posts[0]?.author,
    text: async ({ caller }: { caller: Caller }) =>
      (await ask(caller, getThread, { params: { ...forum.params, thread: thread.id } })).text,
  };
}

/** Waits until the line of a post is so. */
const reads = (line: () => Promise<unknown>, wanted: object) =>
  eventually(
    async () => {
      expect(await line()).toMatchObject(wanted);
      return true;
    },
    { ...WITHIN, until: `the line is ${JSON.stringify(wanted)}` },
  );

describe('#66 who wrote it', () => {
  test('#66 the tier stands beside the name at first, and of the badges those that were chosen, in their order', async () => {
    const { forum, ana, thread, say, line } = await aThread();
    await reads(line, { alias: 'Ana', isMe: false, tier: 'plata', badges: [] });
    const chosenBadges = ['tercera', 'primera-compra', 'segunda'];
    expect(await say({ chosenBadges })).toMatchObject({ chosenBadges });
    // What else is changed leaves them.
    await say({ name: 'Ana María' });
    const params = { ...forum.params, member: 'me' };
    expect(await call(ana.caller, getMember, { params })).toMatchObject({ chosenBadges });
    await reads(line, { tier: 'plata', badges: chosenBadges });
    // What she writes and changes is answered with the same line.
    const author = { alias: 'Ana', isMe: true, tier: 'plata', badges: chosenBadges };
    const post = await forum.reply(ana, thread);
    expect(post.author).toEqual(author);
    const change = { params: { ...forum.params, post: post.id }, body: { body: 'Nosotros también', version: 1 } };
    expect((await call(ana.caller, changePost, change)).author).toEqual(author);
    expect(await say({ chosenBadges: [] })).toMatchObject({ chosenBadges: [] });
  });

  test('#66 a fourth badge, one twice and one that the program has not are refused by their field, and nothing changes', async () => {
    const { ana, forum, refused } = await aThread({ chosenBadges: ['segunda'] });
    expect(await refused(['primera-compra', ...MORE])).toMatchObject({
      status: 400,
      code: 'input.invalid',
      fields: [{ path: ['chosenBadges'], code: 'maxItems', detail: 'Admite como mucho 3 elementos.' }],
    });
    expect(await refused(['segunda', 'segunda'])).toMatchObject({
      fields: [{ path: ['chosenBadges'], code: 'twice', detail: 'Hay algo repetido. Pon cada cosa una sola vez.' }],
    });
    expect(await refused(['segunda', 'no-la-hay'])).toMatchObject({
      fields: [{ path: ['chosenBadges', 1], detail: 'No hay ninguna insignia «no-la-hay».' }],
    });
    const params = { ...forum.params, member: 'me' };
    expect((await call(ana.caller, getMember, { params })).chosenBadges).toEqual(['segunda']);
  });

  test('#66 a badge that is not held is not shown, and comes back with the purchase that brings it again', async () => {
    const { story, forum, ana, line, purchase } = await aThread({ chosenBadges: ['cliente-fiel', 'segunda'] });
    await reads(line, { badges: ['segunda'] });
    await call(server.local, reverseActivity, {
      params: { ...forum.params, key: purchase.key },
      body: { key: aKey('devuelta'), reason: 'Devuelta' },
    });
    await reads(line, { tier: 'socio', badges: [] });
    await story.record(aPurchase({ externalId: ana.externalId, totalMinor: 60_000 }));
    await reads(line, { tier: 'plata', badges: ['segunda'] });
  });

  test('#66 A3 what a member does not show never leaves the server: not with a post, not in a push, not on the card', async () => {
    const { story, forum, ana, beto, thread, say, line, text } = await aThread({ chosenBadges: ['segunda'] });
    const secrets = ['plata', 'primera-compra', 'segunda', '600'];
    await reads(line, { tier: 'plata', badges: ['segunda'] });
    await say({ shows: NOTHING });
    await reads(line, { tier: null, badges: [] });
    const device = await StreamClient.connect(server.url, beto.caller.bearer, story.slug, 1, `thread:${thread.id}`);
    try {
      const pushed: unknown[] = [];
      device.socket.on('push', (push) => pushed.push(push));
      await device.open();
      const post = await forum.reply(ana, thread);
      await device.until(2);
      const { text: card } = await ask(beto.caller, getProfile, { params: { ...forum.params, alias: 'Ana' } });
      for (const secret of secrets) {
        expect(await text(beto)).not.toContain(secret);
        expect(card).not.toContain(secret);
        expect(JSON.stringify(pushed)).not.toContain(secret);
      }
      // She reads herself as the others do.
      expect(await text(ana)).not.toContain('segunda');
      // What is shown again is pushed again, and by itself.
      await say({ shows: { ...NOTHING, tier: true } });
      await reads(line, { tier: 'plata', badges: [] });
      const params = { ...forum.params, post: post.id };
      await call(ana.caller, changePost, { params, body: { body: 'Otra vez', version: 1 } });
      await device.until(3);
      const last = device.applied.at(-1);
      const author = last?.name === 'thread.changed' ? last.data.post?.author : undefined;
      expect(author).toEqual({ alias: 'Ana', isMe: false, tier: 'plata', badges: [] });
    } finally {
      device.close();
    }
  });

  test('#66 who left stands there without anything, and where only a name is shown there is nothing else', async () => {
    const { forum, ana, beto, talk, thread, line } = await aThread({ chosenBadges: ['segunda'] });
    await reads(line, { badges: ['segunda'] });
    const answered = await forum.reply(beto, thread, { replyTo: (await forum.read(beto, thread)).posts[0]?.id ?? '' });
    expect(answered.replyTo?.author).toEqual({ alias: 'Ana', isMe: false });
    const params = { ...forum.params, post: answered.id };
    await call(ana.caller, reactToPost, { params, body: { reaction: 'like' } });
    const { items: reactions } = await call(beto.caller, listReactions, { params });
    const { items: rows } = await call(beto.caller, listThreads, { params: { ...forum.params, category: talk.slug } });
    const name = { alias: 'Ana', isMe: false };
    expect([reactions[0]?.author, rows[0]?.author]).toEqual([name, name]);
    await call(ana.caller, leaveProgram, { params: { ...forum.params, member: 'me' }, body: {} });
    await reads(line, { alias: null, tier: null, badges: [] });
  });
});

test('#77 a badge that a post brought its author stands on it and on no other, and goes with what had earned it', async () => {
  const { story, forum, ana, beto, thread } = await aThread();
  await publish(story, ({ badges }) => {
    const [any] = badges;
    if (any === undefined) throw new Error('The preset has no badge.');
    badges.push({
      ...any,
      id: 'gusta',
      rev: 1,
      grant: { kind: 'count', activity: 'forum.reaction', target: 1, by: 'post' },
    });
  });
  const post = await forum.reply(ana, thread);
  await forum.reply(beto, thread);
  expect(post.badges).toEqual([]);
  const react = (reaction: 'like' | null) =>
    call(beto.caller, reactToPost, { params: { ...forum.params, post: post.id }, body: { reaction } });
  const become = (wanted: string[][]) =>
    eventually(async () => {
      expect((await forum.read(beto, thread)).posts.map(({ badges }) => badges)).toEqual(wanted);
      return true;
    }, WITHIN);
  await react('like');
  await become([[], ['gusta'], []]);
  const again = { params: { ...forum.params, thread: thread.id }, body: { key: aKey('otra'), body: 'Hola' } };
  expect((await call(ana.caller, createPost, again)).badges).toEqual([]);
  await react(null);
  await become([[], [], [], []]);
});
