import { getBoard } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { changeProfile, leaveProgram, type ProfileChange } from '@verbena/shared/members/members.routes.js';
import { getProfile, type MemberProfile } from '@verbena/shared/profiles/profiles.routes.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { publish } from '#support/undo-story.js';

const NOW = '2026-11-20T10:00:00.000Z';
const NOTHING = { name: false, tier: false, badges: false, points: false, joined: false };

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

/** Somebody with an alias, a purchase and what comes of it: 600 points, a badge and a tier. */
async function somebody(story: Story, change: ProfileChange): Promise<Person> {
  const person = await story.person();
  await say(story, person, change);
  await story.record(
    aPurchase({ externalId: person.externalId, totalMinor: 60_000, occurredAt: '2026-11-20T09:00:00Z' }),
  );
  return person;
}

const say = (story: Story, { caller }: Person, body: ProfileChange) =>
  call(caller, changeProfile, { params: { program: story.slug, member: 'me' }, body });

const see = (story: Story, caller: Caller, alias: string): Promise<MemberProfile> =>
  call(caller, getProfile, { params: { program: story.slug, alias } });

describe('A3 the card of a member', () => {
  test('A3 shows tier and badges at first, and nothing else', async () => {
    const story = await Story.begin(server);
    await somebody(story, { alias: 'Luz de Feria' });
    const other = await story.person();
    expect(await see(story, other.caller, 'Luz de Feria')).toEqual({
      alias: 'Luz de Feria',
      name: null,
      tier: 'plata',
      badges: [{ id: 'primera-compra', on: '2026-11-20' }],
      earned: null,
      joinedOn: null,
      isMe: false,
    });
  });

  test('A3 what is not shown never leaves the server, and what is chosen does at once', async () => {
    const story = await Story.begin(server);
    const person = await somebody(story, { alias: 'Farolera', name: 'Remedios Castaño', shows: NOTHING });
    const other = await story.person();
    const read = () => ask(other.caller, getProfile, { params: { program: story.slug, alias: 'Farolera' } });
    const hidden = await read();
    for (const secret of ['Remedios', person.email, person.member ?? '', person.externalId, 'plata', 'primera', '600'])
      expect(hidden.text).not.toContain(secret);
    await say(story, person, { shows: { name: true, tier: true, badges: true, points: true, joined: true } });
    expect(JSON.parse((await read()).text)).toMatchObject({
      name: 'Remedios Castaño',
      tier: 'plata',
      earned: 600,
      joinedOn: '2026-11-20',
    });
    // The points are those of the currency that is declared first, whatever versions there are.
    await publish(story, ({ badges }) => void badges.pop());
    expect((await see(story, other.caller, 'Farolera')).earned).toBe(600);
  });

  test('A3 who does not show its tier shows it on no board either', async () => {
    const story = await Story.begin(server);
    await somebody(story, { alias: 'Discreta', shows: NOTHING });
    const open = await somebody(story, { alias: 'Abierta' });
    await eventually(async () => {
      const { rows } = await call(open.caller, getBoard, { params: { program: story.slug, board: 'siempre' } });
      expect(Object.fromEntries(rows.map(({ alias, tier }) => [alias, tier]))).toEqual({
        Discreta: null,
        Abierta: 'plata',
      });
      return true;
    });
  });

  test('A3 one sees oneself as the others do', async () => {
    const story = await Story.begin(server);
    const person = await somebody(story, { alias: 'Nube', shows: { ...NOTHING, points: true } });
    expect(await see(story, person.caller, 'Nube')).toMatchObject({
      isMe: true,
      earned: 600,
      tier: null,
      badges: null,
    });
  });

  test('A3 an alias is found however it is written, and a member hidden from boards has a card all the same', async () => {
    const story = await Story.begin(server);
    await somebody(story, { alias: 'Ñandú 7', boards: 'hidden' });
    const other = await story.person();
    expect(await see(story, other.caller, 'ÑANDÚ 7')).toMatchObject({ alias: 'Ñandú 7', tier: 'plata' });
    expect(
      await refusal(other.caller, getProfile, { params: { program: story.slug, alias: 'Nandu 7' } }),
    ).toMatchObject({
      status: 404,
      code: 'member.notFound',
    });
  });

  test('A3 who left, who changed the alias and who never was: the same refusal', async () => {
    const story = await Story.begin(server);
    const [leaver, renamed] = [await somebody(story, { alias: 'Se Va' }), await somebody(story, { alias: 'Antes' })];
    await call(leaver.caller, leaveProgram, { params: { program: story.slug, member: 'me' }, body: {} });
    await say(story, renamed, { alias: 'Ahora' });
    const other = await story.person();
    for (const alias of ['Se Va', 'Antes', 'Nadie']) {
      expect(await refusal(other.caller, getProfile, { params: { program: story.slug, alias } })).toMatchObject({
        status: 404,
        code: 'member.notFound',
      });
    }
    expect((await see(story, other.caller, 'Ahora')).alias).toBe('Ahora');
  });

  test('A3 staff see what the others see; another program, a key without the right and nobody see nothing', async () => {
    const [story, elsewhere] = [await Story.begin(server), await Story.begin(server)];
    await somebody(story, { alias: 'Sola Aquí', shows: NOTHING });
    const owner = await story.person('owner');
    expect(await see(story, owner.caller, 'Sola Aquí')).toMatchObject({ name: null, tier: null, isMe: false });
    const params = { program: story.slug, alias: 'Sola Aquí' };
    const stranger = await elsewhere.person();
    expect(await refusal(stranger.caller, getProfile, { params })).toMatchObject({ code: 'program.notFound' });
    expect(
      await refusal(stranger.caller, getProfile, { params: { ...params, program: elsewhere.slug } }),
    ).toMatchObject({ code: 'member.notFound' });
    expect((await ask(story.shop, getProfile, { params })).status).toBe(403);
    expect((await ask({ url: server.url }, getProfile, { params })).status).toBe(401);
  });
});
