import { listHoldings } from '@verbena/shared/ledger/ledger.routes.js';
import { getMember, joinProgram, listMembers, putMember } from '@verbena/shared/members/members.routes.js';
import { aMember, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let elsewhere: Story;
beforeAll(async () => {
  server = await startServer();
  elsewhere = await Story.begin(server);
});
afterAll(() => server?.stop());

const find = (story: Story, caller: Caller, query: { search?: string; after?: string; limit?: string } = {}) =>
  call(caller, listMembers, { params: { program: story.slug }, query });
const name = (story: Story, externalId: string, names: { name?: string; alias?: string }) =>
  call(server.local, putMember, { params: story.member(externalId), body: names });

test('A1 staff find a member by the beginnings of name or alias, by card, by id, by address', async () => {
  const story = await Story.begin(server);
  const manager = await story.person('manager');
  const [card, other] = [aMember().externalId, aMember().externalId];
  await story.record(aPurchase({ externalId: other }));
  const { id } = await name(story, card, { name: 'Lucía Peña', alias: 'Luna clara' });
  await name(story, other, { name: 'Lucas Ibáñez' });
  const ana = await elsewhere.person('member', { name: 'Ana Muñoz' });
  const joined = await call(ana.caller, joinProgram, { params: { program: story.slug }, body: { alias: 'Anita' } });
  const idsOf = async (search: string) => (await find(story, manager.caller, { search })).items.map((one) => one.id);
  expect(await find(story, manager.caller, { search: 'LUCIA' })).toMatchObject({
    items: [
      {
        id,
        name: 'Lucía Peña',
        alias: 'Luna clara',
        email: null,
        externalIds: [card],
        hasLogin: false,
        enrolment: 'enrolled',
      },
    ],
    next: null,
    total: 1,
  });
  expect((await idsOf('luc')).length).toBe(2);
  for (const search of ['pe lu', 'clara', card, id, ` ${card} `]) expect(await idsOf(search)).toEqual([id]);
  for (const search of [ana.email, ana.email.toUpperCase(), 'munoz', 'anit'])
    expect(await idsOf(search)).toEqual([joined.id]);
  expect((await find(story, manager.caller, { search: 'munoz' })).items[0]).toMatchObject({
    email: ana.email,
    hasLogin: true,
  });
  for (const search of ['ucia', '.*', '$ne', card.slice(1), 'example.com', '@example.com', elsewhere.slug])
    expect(await idsOf(search)).toEqual([]);
});

test('#36 the page of a member has its address for the staff alone, and the list what each holds', async () => {
  const story = await Story.begin(server);
  const manager = await story.person('manager');
  const ana = await elsewhere.person();
  const { id } = await call(ana.caller, joinProgram, { params: { program: story.slug }, body: {} });
  const params = { program: story.slug, member: id };
  expect(await call(manager.caller, getMember, { params })).toMatchObject({ email: ana.email, emailVerified: true });
  for (const caller of [ana.caller, story.shop])
    expect(await call(caller, getMember, { params })).not.toHaveProperty('email');
  const card = aMember().externalId;
  const { member } = await story.record(aPurchase({ externalId: card, totalMinor: 60_000 }));
  const { balances, tier } = await story.standing(card);
  expect(await call(manager.caller, getMember, { params: { ...params, member: member } })).toMatchObject({
    email: null,
    emailVerified: false,
  });
  const query = { members: [member, id].join(',') };
  const holdings = { params: { program: story.slug }, query };
  const { items } = await call(manager.caller, listHoldings, holdings);
  expect(items).toContainEqual({ member: member, balances: { puntos: balances['puntos'] }, tier: tier?.id });
  // Nobody is told what somebody in another program holds.
  expect((await call(server.local, listHoldings, { ...holdings, params: { program: elsewhere.slug } })).items).toEqual(
    [],
  );
  expect(await refusal(ana.caller, listHoldings, holdings)).toMatchObject({ status: 403 });
  expect(await refusal(manager.caller, listHoldings, { ...holdings, query: { members: 'x' } })).toMatchObject({
    fields: [{ path: ['members'] }],
  });
});

test('A1 nobody is found who belongs to another program, by whatever', async () => {
  const story = await Story.begin(server);
  const owner = await story.person('owner');
  const stranger = await elsewhere.person('member', { name: 'Concepción Núñez' });
  for (const search of [stranger.email, stranger.externalId, stranger.member ?? '', 'concepcion'])
    expect(await find(story, owner.caller, { search })).toEqual({ items: [], next: null, total: 0 });
});

test('A1 without a search members come the newest first, page by page, and a name that changed is found anew', async () => {
  const story = await Story.begin(server);
  const manager = await story.person('manager');
  const cards = Array.from({ length: 5 }, () => aMember().externalId);
  for (const [index, card] of cards.entries()) await name(story, card, { name: `Persona ${index}` });
  const first = await find(story, manager.caller, { limit: '3' });
  const second = await find(story, manager.caller, {
    limit: '3',
    ...(first.next === null ? {} : { after: first.next }),
  });
  expect([first, second].map(({ items, total }) => [items.map((one) => one.name), total])).toEqual([
    [['Persona 4', 'Persona 3', 'Persona 2'], 5],
    [['Persona 1', 'Persona 0'], 5],
  ]);
  expect(second.next).toBeNull();
  await name(story, cards[0] ?? '', { name: 'Begoña Ortuño' });
  expect((await find(story, manager.caller, { search: 'orto' })).total).toBe(0);
  expect((await find(story, manager.caller, { search: 'ortuno bego' })).total).toBe(1);
  expect((await find(story, manager.caller, { search: 'persona 0' })).total).toBe(0);
});

test('A1 two members cannot be given one alias', async () => {
  const story = await Story.begin(server);
  const [one, other] = [aMember().externalId, aMember().externalId];
  await name(story, one, { alias: 'Luna clara' });
  expect(
    await refusal(server.local, putMember, { params: story.member(other), body: { alias: 'LUNA CLARA' } }),
  ).toMatchObject({ status: 409, code: 'member.aliasTaken' });
});

test('A1 members do not see the list, keys that may read members do', async () => {
  const story = await Story.begin(server);
  const member = await story.person();
  const params = { program: story.slug };
  expect((await ask(member.caller, listMembers, { params })).status).toBe(403);
  expect((await find(story, story.shop)).total).toBe(1);
  expect((await ask({ url: server.url }, listMembers, { params })).status).toBe(401);
});
