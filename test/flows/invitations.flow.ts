import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { getMe } from '@verbena/shared/identity/identity.routes.js';
import { explainReceipt } from '@verbena/shared/ledger/explain-receipt.js';
import { es as ledgerWords } from '@verbena/shared/ledger/ledger.es.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import {
  changeProfile,
  createClaimCode,
  joinProgram,
  leaveProgram,
  type Member,
} from '@verbena/shared/members/members.routes.js';
import { getDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { getInvitation, getReferrals, type MyReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { Format } from '@verbena/shared/words/format.js';
import { localDateOf } from '@verbena/server/platform/clock/calendar.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { eventually } from '#support/eventually.js';
import { aKey, aMember, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
/** Where logins come from that have no place in the program that a test is about. */
let elsewhere: Story;
beforeAll(async () => {
  server = await startServer();
  elsewhere = await Story.begin(server);
});
afterAll(() => server?.stop());

const begin = (program?: NonNullable<Parameters<typeof Story.begin>[1]>['program']) =>
  Story.begin(server, {
    ...(program === undefined ? {} : { program }),
    key: {
      permissions: ['activities.write', 'activities.read', 'activities.reverse', 'members.read', 'members.claim'],
    },
  });
const newcomer = (given: Parameters<typeof aMember>[0] = {}) => elsewhere.person('member', given);
const me = (story: Story) => ({ program: story.slug, member: 'me' });
const join = (story: Story, caller: Caller, body: object = {}): Promise<Member> =>
  call(caller, joinProgram, { params: { program: story.slug }, body });
const referrals = (story: Story, caller: Caller): Promise<MyReferrals> =>
  call(caller, getReferrals, { params: me(story) });
const points = async (story: Story, caller: Caller) =>
  (await call(caller, getStanding, { params: me(story) })).balances['puntos'];
/** Lucía, with an alias and a link of her own. */
async function lucia(story: Story) {
  const person = await newcomer({ name: 'Lucía Peña' });
  const { id } = await join(story, person.caller, { alias: 'Luna clara' });
  return { ...person, id, code: (await referrals(story, person.caller)).code };
}
const buy = (story: Story, id: string, totalMinor = 1_000) => story.record(aPurchase({ member: { id }, totalMinor }));
const qualified = (story: Story, caller: Caller, count = 1) =>
  eventually(async () => {
    const found = await referrals(story, caller);
    return found.counts.qualified === count ? found : null;
  });

test('I1 whoever follows a link reads who invites, by alias, and what both get; nobody’s name', async () => {
  const story = await begin();
  const { code, id } = await lucia(story);
  const visitor = { url: server.url };
  const params = { program: story.slug, code };
  const invitation = await call(visitor, getInvitation, { params });
  expect(invitation).toEqual({
    code,
    advocate: 'Luna clara',
    friendGets: { puntos: 150 },
    advocateGets: { puntos: 300 },
    withinDays: 30,
  });
  expect(await call(visitor, getInvitation, { params: { ...params, code: code.toLowerCase() } })).toEqual(invitation);
  expect(JSON.stringify(invitation)).not.toContain(id);
  for (const wrong of ['0123456789', 'x', '../../etc', 'ILOU567890'])
    expect(await refusal(visitor, getInvitation, { params: { ...params, code: wrong } })).toMatchObject({
      status: 404,
      code: 'invitation.notFound',
    });
  // A link means nothing in another program.
  expect((await ask(visitor, getInvitation, { params: { program: elsewhere.slug, code } })).status).toBe(404);
});

test('I2 Ana joins by Lucía’s link and buys: both are rewarded, exactly once', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  const ana = await newcomer();
  const { id } = await join(story, ana.caller, { alias: 'Ana', invitation: advocate.code });
  expect((await referrals(story, advocate.caller)).items).toMatchObject([
    { friend: 'Ana', status: 'pending', qualifiedAt: null, points: {} },
  ]);
  // Nothing was bought yet.
  await buy(story, id, 0);
  expect((await referrals(story, advocate.caller)).counts).toMatchObject({ pending: 1, qualified: 0 });
  const bought = await buy(story, id);
  const found = await qualified(story, advocate.caller);
  expect(found).toMatchObject({
    cap: { per: 'month', times: 10, used: 1 },
    counts: { pending: 0, qualified: 1, expired: 0, reversed: 0, blocked: 0 },
    items: [{ friend: 'Ana', status: 'qualified', qualifiedAt: bought.occurredAt, points: { puntos: 300 } }],
  });
  expect(await points(story, advocate.caller)).toBe(300);
  const own = bought.balances['puntos'] ?? 0;
  await eventually(async () => (await points(story, ana.caller)) === own + 150);
  const again = await buy(story, id);
  expect(again.balances['puntos']).toBe(own + 150 + own);
  expect(await points(story, advocate.caller)).toBe(300);
});

test('#7 what an invitation gave is told with the other one’s alias, and names no member, no key and no role', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  const ana = await newcomer();
  const { id } = await join(story, ana.caller, { alias: 'Ana', invitation: advocate.code });
  const key = aKey('ticket');
  await story.record(aPurchase({ key, member: { id }, totalMinor: 1_000 }));
  await qualified(story, advocate.caller);
  const { definitions } = await call(server.local, getDefinitions, { params: { program: story.slug } });
  for (const [caller, partner] of [
    [advocate.caller, 'Ana'],
    [ana.caller, 'Luna clara'],
  ] as const) {
    const entry = await eventually(async () => {
      const { items } = await call(caller, listEntries, { params: me(story) });
      return items.find(({ cause }) => cause.type === 'referral.qualified') ?? null;
    });
    expect(entry.cause.partner).toBe(partner);
    const text = JSON.stringify(entry);
    for (const foreign of caller === ana.caller ? [advocate.id] : [id, key]) expect(text).not.toContain(foreign);
    const told = explainReceipt(entry, definitions, {
      language: 'es',
      words: ledgerWords,
      format: new Format('es'),
      today: '2026-11-20',
    });
    expect(JSON.stringify(told)).not.toMatch(/friend|advocate|Papel/);
    expect(told.why.map(({ name }) => name)).toContain('Invitación');
    expect(told.whyNot.map(({ name }) => name)).not.toContain('Invitación');
  }
});

test('I1 friends stand the newest first, and one who hides stands there without alias', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  for (const alias of ['Primera', 'Segunda']) {
    const friend = await newcomer();
    await join(story, friend.caller, { alias, invitation: advocate.code });
    if (alias === 'Primera')
      await call(friend.caller, changeProfile, { params: me(story), body: { boards: 'hidden' } });
  }
  const { items, counts } = await referrals(story, advocate.caller);
  expect(items.map(({ friend }) => friend)).toEqual(['Segunda', null]);
  expect(counts.pending).toBe(2);
});

test('I2 nobody invites themselves, whatever the address is dressed as, and nothing is stored', async () => {
  const story = await begin();
  const mailbox = aKey('lucia');
  const person = await newcomer({ email: `${mailbox}@example.com` });
  await join(story, person.caller, { alias: 'Luna' });
  const { code: invitation } = await referrals(story, person.caller);
  const params = { program: story.slug };
  expect(await refusal(person.caller, joinProgram, { params, body: { invitation } })).toMatchObject({
    status: 422,
    code: 'referral.self',
    fields: [{ path: ['invitation'] }],
  });
  const second = await newcomer({ email: `${mailbox.toUpperCase()}+otra@example.com` });
  expect(await refusal(second.caller, joinProgram, { params, body: { invitation, alias: 'Otra' } })).toMatchObject({
    code: 'referral.self',
  });
  expect((await call(second.caller, getMe)).enrolments.map(({ program }) => program.slug)).not.toContain(story.slug);
  expect((await referrals(story, person.caller)).items).toEqual([]);
  // Without the link the same person may join, and the alias was not kept back.
  expect((await join(story, second.caller, { alias: 'Otra' })).alias).toBe('Otra');
});

test('I2 who is known already, or comes back, is nobody’s new friend', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  const card = aMember().externalId;
  await story.record(aPurchase({ externalId: card }));
  const { code: claim } = await call(story.shop, createClaimCode, { params: story.member(card), body: {} });
  const known = await newcomer();
  await join(story, known.caller, { claim, invitation: advocate.code });
  const back = await newcomer();
  await join(story, back.caller);
  await call(back.caller, leaveProgram, { params: me(story), body: {} });
  await join(story, back.caller, { invitation: advocate.code });
  expect((await referrals(story, advocate.caller)).items).toEqual([]);
  await story.record(aPurchase({ externalId: card }));
  expect(await points(story, advocate.caller)).toBe(0);
});

test('I1 the link of somebody who left invites nobody until she is back', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  const params = { program: story.slug, code: advocate.code };
  await call(advocate.caller, leaveProgram, { params: me(story), body: {} });
  expect((await ask({ url: server.url }, getInvitation, { params })).status).toBe(404);
  await join(story, advocate.caller);
  expect((await call({ url: server.url }, getInvitation, { params })).advocate).toBe('Luna clara');
});

test('I2 when the purchase that counted is taken back, so are both rewards', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  const ana = await newcomer();
  const { id } = await join(story, ana.caller, { alias: 'Ana', invitation: advocate.code });
  const bought = await buy(story, id);
  await qualified(story, advocate.caller);
  await eventually(async () => (await points(story, ana.caller)) === (bought.balances['puntos'] ?? 0) + 150);
  await call(story.shop, reverseActivity, {
    params: { program: story.slug, key: bought.key },
    body: { key: aKey('devolver') },
  });
  const found = await eventually(async () => {
    const now = await referrals(story, advocate.caller);
    return now.counts.reversed === 1 ? now : null;
  });
  expect(found.items).toMatchObject([{ friend: 'Ana', status: 'reversed', points: {} }]);
  expect(await points(story, advocate.caller)).toBe(0);
  await eventually(async () => (await points(story, ana.caller)) === 0);
});

test('I2 where a program holds the rewards for the days of a return, they wait, and a return in time cancels them', async () => {
  const rules = shoppingCentre.rules.map((rule) =>
    rule.id === 'amiga' ? { ...rule, earn: rule.earn.map((one) => ({ ...one, pending: { days: 14 } })) } : rule,
  );
  const story = await begin({ preset: undefined, definitions: { ...shoppingCentre, rules } });
  const advocate = await lucia(story);
  const invitation = { params: { program: story.slug, code: advocate.code } };
  expect(await call({ url: server.url }, getInvitation, invitation)).toMatchObject({ waits: { days: 14 } });
  const ana = await newcomer();
  const { id } = await join(story, ana.caller, { alias: 'Ana', invitation: advocate.code });
  const bought = await buy(story, id);
  const held = await qualified(story, advocate.caller);
  const usableOn = localDateOf(Date.parse(bought.occurredAt) + 14 * 86_400_000, 'Europe/Madrid');
  expect(held).toMatchObject({ waits: { days: 14 }, items: [{ points: { puntos: 300 }, usableOn }] });
  const standing = (caller: Caller) => call(caller, getStanding, { params: me(story) });
  await eventually(async () => (await standing(ana.caller)).pending?.length === 1, { until: 'the friend’s wait too' });
  for (const [caller, amount, balance] of [
    [advocate.caller, 300, 0],
    [ana.caller, 150, 10],
  ] as const)
    expect(await standing(caller)).toMatchObject({
      balances: { puntos: balance },
      pending: [{ amount, on: usableOn }],
    });
  await call(story.shop, reverseActivity, {
    params: { program: story.slug, key: bought.key },
    body: { key: aKey('devolver') },
  });
  await eventually(async () => (await referrals(story, advocate.caller)).counts.reversed === 1);
  const [friend] = (await referrals(story, advocate.caller)).items;
  expect(friend).toEqual(expect.not.objectContaining({ usableOn: expect.anything() }));
  for (const { caller } of [advocate, ana])
    await eventually(async () => {
      const { balances, pending = [], earned } = await standing(caller);
      return (balances['puntos'] ?? 0) === 0 && pending.length === 0 && earned.ever === 0;
    });
});

test('I1 a member’s friends are its own and the staff’s affair', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  const other = await newcomer();
  await join(story, other.caller);
  const params = { program: story.slug, member: advocate.id };
  expect((await ask(other.caller, getReferrals, { params })).status).toBe(403);
  expect((await call(story.shop, getReferrals, { params })).code).toBe(advocate.code);
});

test('I1 a program without referrals has neither links nor friends', async () => {
  const program = { preset: undefined, definitions: { ...shoppingCentre, referrals: [] } };
  const story = await Story.begin(server, { program });
  const ana = await newcomer();
  await join(story, ana.caller);
  expect(await refusal(ana.caller, getReferrals, { params: me(story) })).toMatchObject({ code: 'referral.none' });
  const params = { program: story.slug, code: '0123456789' };
  expect((await ask({ url: server.url }, getInvitation, { params })).status).toBe(404);
});

test('I2 after the days are over an invitation has expired, and a purchase rewards nobody', async () => {
  const story = await begin();
  const advocate = await lucia(story);
  const ana = await newcomer();
  const { id } = await join(story, ana.caller, { alias: 'Ana', invitation: advocate.code });
  const { until } = (await referrals(story, advocate.caller)).items[0] ?? { until: '' };
  await server.moveClock(`${until}T10:00:00.000Z`);
  const params = { program: story.slug, member: advocate.id };
  expect((await call(story.shop, getReferrals, { params })).counts).toMatchObject({ pending: 1, expired: 0 });
  await server.moveClock(new Date(Date.parse(`${until}T10:00:00.000Z`) + 86_400_000).toISOString());
  expect((await call(story.shop, getReferrals, { params })).counts).toMatchObject({ pending: 0, expired: 1 });
  const bought = await buy(story, id);
  expect(bought.effects.map(({ type }) => type)).not.toContain('referral.qualified');
  expect((await call(story.shop, getStanding, { params })).balances['puntos']).toBe(0);
});

test('I1 L1 whoever guesses codes is stopped, on the page and when joining', async () => {
  const strict = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
  try {
    const story = await Story.begin(strict);
    const params = { program: story.slug, code: '0123456789' };
    const look = () => ask({ url: strict.url }, getInvitation, { params });
    const statuses: number[] = [];
    for (let n = 0; n < 61; n += 1) statuses.push((await look()).status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([404]));
    expect(statuses[60]).toBe(429);
    // Whoever joins with a code guesses from the same number; one that is right is taken back.
    const person = await story.person();
    const body = { invitation: params.code };
    expect((await ask(person.caller, joinProgram, { params, body })).status).toBe(429);
  } finally {
    await strict.stop();
  }
});
