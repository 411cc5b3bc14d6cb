import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { confirmReset, register, requestReset, verifyEmail } from '@verbena/shared/identity/accounts.routes.js';
import { getMe } from '@verbena/shared/identity/identity.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import {
  changeProfile,
  checkAlias,
  createClaimCode,
  getMember,
  joinProgram,
  leaveProgram,
  type Member,
} from '@verbena/shared/members/members.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, aMember, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { linkTo } from '#support/mailbox.js';
import { deviceOf, type Person, Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
/** Where logins come from that have no place in the program that a test is about. */
let elsewhere: Story;
beforeAll(async () => {
  server = await startServer();
  elsewhere = await Story.begin(server);
});
afterAll(() => server?.stop());

const KEY = { permissions: ['activities.write', 'activities.read', 'members.read', 'members.claim'] as const };
const begin = (program: Parameters<typeof Story.begin>[1] extends infer G ? G : never = {}) =>
  Story.begin(server, { key: { permissions: [...KEY.permissions] }, ...program });
const newcomer = (given: Partial<Person> = {}) => elsewhere.person('member', given);
const me = (story: Story) => ({ program: story.slug, member: 'me' });
const join = (story: Story, caller: Caller, body: object = {}): Promise<Member> =>
  call(caller, joinProgram, { params: { program: story.slug }, body });
const refused = (story: Story, caller: Caller, body: object = {}) =>
  refusal(caller, joinProgram, { params: { program: story.slug }, body });
const journal = async (story: Story, caller: Caller) =>
  (await call(caller, listEntries, { params: me(story) })).items.reverse();
const claimCode = async (story: Story, externalId: string) =>
  (await call(story.shop, createClaimCode, { params: story.member(externalId), body: {} })).code;

describe('joining', () => {
  test('A1 a login becomes a member at once, with its alias, and nobody else sees its name', async () => {
    const story = await begin();
    const ana = await newcomer({ name: 'Ana Peña' });
    const member = await join(story, ana.caller, { alias: '  Ana  de Sol ', language: 'en' });
    expect(member).toMatchObject({
      name: 'Ana Peña',
      alias: 'Ana  de Sol',
      language: 'en',
      enrolment: 'enrolled',
      hasLogin: true,
      boards: 'alias',
      profileCompleted: false,
      externalIds: [],
    });
    expect(await call(ana.caller, getMember, { params: me(story) })).toEqual(member);
    const enrolments = (await call(ana.caller, getMe)).enrolments.map(({ program, role, member: id }) => [
      program.slug,
      role,
      id,
    ]);
    expect(enrolments).toContainEqual([story.slug, 'member', member.id]);
    // The answer came after its entry: who looks now finds it.
    expect((await journal(story, ana.caller)).map(({ cause }) => [cause.type, cause.source])).toEqual([
      ['member.joined', 'house'],
    ]);
  });

  test('A7 zone and boards that were chosen are told to the journal, and only these', async () => {
    const story = await begin();
    const ana = await newcomer();
    const member = await join(story, ana.caller, { zone: 'Atlantic/Canary', boards: 'hidden' });
    expect(member).toMatchObject({ zone: 'Atlantic/Canary', boards: 'hidden' });
    expect((await journal(story, ana.caller)).map(({ cause }) => [cause.type, cause.attributes])).toEqual([
      ['member.joined', {}],
      ['member.changed', { zone: 'Atlantic/Canary', boards: 'hidden' }],
    ]);
  });

  test('A1 twenty times at once make one member and one entry', async () => {
    const story = await begin();
    const ana = await newcomer();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        ask(ana.caller, joinProgram, { params: { program: story.slug }, body: { alias: aKey('a') } }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(answers.filter(({ status }) => status === 409).every(({ text }) => text.includes('alreadyEnrolled'))).toBe(
      true,
    );
    expect((await journal(story, ana.caller)).map(({ cause }) => cause.type)).toEqual(['member.joined']);
  });

  test('A1 an alias is one person’s, in whatever case; the refusal names the field and stores nothing', async () => {
    const story = await begin();
    const [one, other] = [await newcomer(), await newcomer()];
    await join(story, one.caller, { alias: 'Ana' });
    expect(await refused(story, other.caller, { alias: 'ANA' })).toMatchObject({
      status: 409,
      code: 'member.aliasTaken',
      fields: [{ path: ['alias'], code: 'taken' }],
    });
    expect((await ask(other.caller, getMember, { params: me(story) })).status).toBe(404);
    expect((await join(story, other.caller, { alias: 'Anás' })).alias).toBe('Anás');
  });

  test('A1 of twenty who want one alias at once one has it, and the others may choose another', async () => {
    const story = await begin();
    const people = await Promise.all(Array.from({ length: 20 }, () => newcomer()));
    const answers = await Promise.all(
      people.map(({ caller }, n) =>
        ask(caller, joinProgram, { params: { program: story.slug }, body: { alias: n % 2 === 0 ? 'Sol' : 'SOL' } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    const loser = people[answers.findIndex(({ status }) => status === 409)];
    expect((await join(story, loser?.caller ?? server.local, { alias: 'Sombra' })).alias).toBe('Sombra');
  });

  test.each(['ana@example.com', 'ana.example.com', 'http://ana', 'a', 'ana.com', '@ana', 'x'.repeat(25)])(
    'A1 %p is no alias',
    async (alias) => {
      const story = await begin();
      const ana = await newcomer();
      const problem = await refused(story, ana.caller, { alias });
      expect(problem).toMatchObject({ status: 400, code: 'input.invalid' });
      expect(problem.fields?.[0]?.path).toEqual(['alias']);
    },
  );

  test('A5 who may join by themselves is the program’s choice', async () => {
    const ana = await newcomer();
    const closed = await begin({ program: { joining: 'closed' } });
    expect(await refused(closed, ana.caller)).toMatchObject({ status: 403, code: 'program.joinClosed' });
    const invited = await begin({ program: { joining: 'invitation' } });
    expect(await refused(invited, ana.caller)).toMatchObject({ status: 403, code: 'program.joinClosed' });
    expect(await refused(invited, ana.caller, { invitation: '0123456789' })).toMatchObject({
      status: 404,
      code: 'invitation.notFound',
      fields: [{ path: ['invitation'] }],
    });
    const lucia = await invited.person();
    const { code } = await call(lucia.caller, getReferrals, { params: me(invited) });
    expect((await join(invited, ana.caller, { invitation: code })).enrolment).toBe('enrolled');
  });

  test('A1 keys, commands and strangers cannot join', async () => {
    const story = await begin();
    const params = { program: story.slug };
    expect((await ask({ url: server.url }, joinProgram, { params, body: {} })).status).toBe(401);
    expect((await ask(story.shop, joinProgram, { params, body: {} })).status).toBe(403);
    expect((await ask(server.local, joinProgram, { params, body: {} })).status).toBe(403);
  });

  test('A1 staff who join stay staff', async () => {
    const story = await begin();
    const manager = await story.person('manager');
    const member = await join(story, manager.caller, { alias: 'Jefa' });
    const place = (await call(manager.caller, getMe)).enrolments.find(({ program }) => program.slug === story.slug);
    expect(place).toMatchObject({ role: 'manager', member: member.id });
  });
});

describe('claiming', () => {
  test('A1 a code takes over the member that the shop made, with all that it has', async () => {
    const story = await begin();
    const card = aMember().externalId;
    const bought = await story.record(aPurchase({ externalId: card, totalMinor: 5_000 }));
    const code = await claimCode(story, card);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const ana = await newcomer();
    const member = await join(story, ana.caller, { claim: code.toLowerCase(), alias: 'Ana' });
    expect(member).toMatchObject({ id: bought.member, externalIds: [card], hasLogin: true, alias: 'Ana' });
    const standing = await call(ana.caller, getStanding, { params: me(story) });
    expect(standing.balances['puntos']).toBe(bought.balances['puntos']);
    expect((await journal(story, ana.caller)).map(({ cause }) => cause.type)).toEqual(['purchase', 'member.joined']);
  });

  test('A1 a code serves one of twenty, and no second time', async () => {
    const story = await begin();
    const card = aMember().externalId;
    await story.record(aPurchase({ externalId: card }));
    const claim = await claimCode(story, card);
    const people = await Promise.all(Array.from({ length: 20 }, () => newcomer()));
    const answers = await Promise.all(
      people.map(({ caller }) => ask(caller, joinProgram, { params: { program: story.slug }, body: { claim } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 422)]);
    const loser = people[answers.findIndex(({ status }) => status === 422)];
    expect(await refused(story, loser?.caller ?? server.local, { claim })).toMatchObject({
      code: 'claim.invalid',
      fields: [{ path: ['claim'] }],
    });
    expect(await refusal(story.shop, createClaimCode, { params: story.member(card), body: {} })).toMatchObject({
      status: 409,
      code: 'member.hasLogin',
    });
  });

  test('A1 whoever is a member already keeps that one, and the code keeps working', async () => {
    const story = await begin();
    const card = aMember().externalId;
    await story.record(aPurchase({ externalId: card }));
    const claim = await claimCode(story, card);
    const [ana, other] = [await newcomer(), await newcomer()];
    const own = await join(story, ana.caller);
    expect(await refused(story, ana.caller, { claim })).toMatchObject({ code: 'member.alreadyEnrolled' });
    expect((await call(ana.caller, getMember, { params: me(story) })).id).toBe(own.id);
    expect((await join(story, other.caller, { claim })).externalIds).toEqual([card]);
  });

  test('A1 a code of another program opens nothing here, and a newer one replaces the older', async () => {
    const [story, other] = [await begin(), await begin()];
    const card = aMember().externalId;
    for (const one of [story, other]) await one.record(aPurchase({ externalId: card }));
    const ana = await newcomer();
    expect(await refused(story, ana.caller, { claim: await claimCode(other, card) })).toMatchObject({
      code: 'claim.invalid',
    });
    const older = await claimCode(story, card);
    const newer = await claimCode(story, card);
    expect(await refused(story, ana.caller, { claim: older })).toMatchObject({ code: 'claim.invalid' });
    expect((await join(story, ana.caller, { claim: newer })).externalIds).toEqual([card]);
    const owner = await story.person('owner');
    const { items } = await call(owner.caller, listAuditEntries, { params: { program: story.slug } });
    expect(items.filter(({ action }) => action === 'member.claimCodeIssued').length).toBe(2);
    expect(JSON.stringify(items)).not.toContain(newer);
  });
});

describe('the profile', () => {
  const change = (story: Story, caller: Caller, body: object): Promise<Member> =>
    call(caller, changeProfile, { params: me(story), body });

  test('A3 what is left out stays, and what is shown is the member’s choice', async () => {
    const story = await begin();
    const ana = await newcomer();
    await join(story, ana.caller, { alias: 'Ana' });
    const shows = { name: true, tier: false, badges: true, points: true, joined: false };
    expect(await change(story, ana.caller, { shows, name: 'Ana María' })).toMatchObject({
      name: 'Ana María',
      alias: 'Ana',
      shows,
    });
    expect(await change(story, ana.caller, { alias: null })).toMatchObject({ alias: null, shows, name: 'Ana María' });
    // The alias is free for others now.
    const other = await newcomer();
    expect((await join(story, other.caller, { alias: 'ana' })).alias).toBe('ana');
    expect(await refusal(ana.caller, changeProfile, { params: me(story), body: { alias: 'ANA' } })).toMatchObject({
      code: 'member.aliasTaken',
      fields: [{ path: ['alias'] }],
    });
  });

  test('A7 a new zone is told to the journal, the same zone again is not', async () => {
    const story = await begin();
    const ana = await newcomer();
    await join(story, ana.caller);
    for (const zone of ['Atlantic/Canary', 'Atlantic/Canary', 'Europe/Madrid'])
      await change(story, ana.caller, { zone });
    await change(story, ana.caller, { boards: 'hidden' });
    expect((await journal(story, ana.caller)).slice(1).map(({ cause }) => [cause.type, cause.attributes])).toEqual([
      ['member.changed', { zone: 'Atlantic/Canary' }],
      ['member.changed', { zone: 'Europe/Madrid' }],
      ['member.changed', { boards: 'hidden' }],
    ]);
    expect(
      await refusal(ana.caller, changeProfile, { params: me(story), body: { zone: 'Europe/Atlantis' } }),
    ).toMatchObject({ code: 'input.invalid', fields: [{ path: ['zone'] }] });
  });

  test('A3 name, language and zone for the first time give fifty points, once under twenty at once', async () => {
    const story = await begin();
    const ana = await newcomer();
    expect((await join(story, ana.caller, { language: 'es', zone: 'Europe/Madrid' })).profileCompleted).toBe(false);
    expect((await change(story, ana.caller, { name: 'Ana', language: 'es' })).profileCompleted).toBe(false);
    const body = { name: 'Ana', language: 'es', zone: 'Europe/Madrid' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(ana.caller, changeProfile, { params: me(story), body })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await call(ana.caller, getMember, { params: me(story) })).profileCompleted).toBe(true);
    const entries = await journal(story, ana.caller);
    expect(entries.map(({ cause }) => [cause.type, cause.source])).toEqual([
      ['member.joined', 'house'],
      ['profile.completed', 'house'],
    ]);
    expect(entries.at(-1)?.balances).toEqual({ puntos: 50 });
  });

  test.each(['verify', 'reset'] as const)(
    '#43 with an address that nobody confirmed they wait; its mail gives them, once (%s)',
    async (way) => {
      const story = await begin();
      const draft = aMember();
      const body = { name: 'Ana', email: draft.email, password: draft.password, program: story.slug };
      const ana = deviceOf(server.url, await ask({ url: server.url }, register, { body }));
      await join(story, ana.caller);
      const saved = { name: 'Ana', language: 'es', zone: 'Europe/Madrid' } as const;
      for (let again = 0; again < 2; again += 1)
        expect((await change(story, ana.caller, saved)).profileCompleted).toBe(false);
      expect((await journal(story, ana.caller)).map(({ cause }) => cause.type)).toEqual(['member.joined']);
      if (way === 'reset')
        await call({ url: server.url }, requestReset, { body: { email: draft.email, program: story.slug } });
      const { code } = await linkTo(server, story.slug, draft.email, way);
      if (way === 'verify') await call({ url: server.url }, verifyEmail, { body: { code } });
      else await ask({ url: server.url }, confirmReset, { body: { code, password: 'otra-clave-mas-larga' } });
      const after =
        way === 'verify' ? ana : await story.logIn({ email: draft.email, password: 'otra-clave-mas-larga' });
      const entries = await eventually(
        async () => {
          const found = await journal(story, after.caller);
          return found.length > 1 ? found : null;
        },
        { until: 'the profile is in the journal' },
      );
      expect(entries.map(({ cause }) => cause.type)).toEqual(['member.joined', 'profile.completed']);
      expect(entries.at(-1)?.balances).toEqual({ puntos: 50 });
      expect((await change(story, after.caller, saved)).profileCompleted).toBe(true);
      expect((await journal(story, after.caller)).length).toBe(2);
    },
  );

  test('A3 nobody changes another’s profile but staff, who stand in the audit log', async () => {
    const story = await begin();
    const [ana, bea] = [await newcomer(), await newcomer()];
    const { id } = await join(story, ana.caller, { alias: 'Ana' });
    await join(story, bea.caller);
    const params = { program: story.slug, member: id };
    expect((await ask(bea.caller, changeProfile, { params, body: { alias: 'X y' } })).status).toBe(403);
    expect((await ask(story.shop, changeProfile, { params, body: { alias: 'X y' } })).status).toBe(403);
    const manager = await story.person('manager');
    expect((await call(manager.caller, changeProfile, { params, body: { alias: 'Anita' } })).alias).toBe('Anita');
    const { items } = await call(manager.caller, listAuditEntries, { params: { program: story.slug } });
    expect(items.find(({ action }) => action === 'member.changed')).toMatchObject({
      actor: { kind: 'user', id: manager.user },
      subject: { kind: 'member', id },
      after: { fields: ['alias'] },
    });
    expect(JSON.stringify(items)).not.toContain('Anita');
  });
});

describe('leaving', () => {
  test('A5 whoever leaves reads on, earns nothing, and comes back as the same member', async () => {
    const story = await begin();
    const ana = await newcomer();
    const { id } = await join(story, ana.caller, { alias: 'Ana' });
    const buy = () => story.record(aPurchase({ member: { id }, totalMinor: 5_000 }));
    const before = (await buy()).balances;
    expect((await call(ana.caller, leaveProgram, { params: me(story), body: {} })).enrolment).toBe('left');
    expect((await call(ana.caller, leaveProgram, { params: me(story), body: {} })).enrolment).toBe('left');
    const standing = await call(ana.caller, getStanding, { params: me(story) });
    expect(standing.balances).toMatchObject(before);
    const socket = await StreamClient.connect(server.url, ana.caller.bearer, story.slug);
    socket.close();
    expect((await ask(ana.caller, getMember, { params: me(story) })).status).toBe(200);
    await call(ana.caller, changeProfile, { params: me(story), body: { boards: 'hidden' } });
    const again = await join(story, ana.caller);
    expect(again).toMatchObject({ id, enrolment: 'enrolled', alias: 'Ana', boards: 'hidden' });
    expect((await buy()).outcome).toBe('accepted');
    expect((await journal(story, ana.caller)).map(({ cause }) => cause.type)).toEqual([
      'member.joined',
      'purchase',
      'member.left',
      'member.joined',
      'member.changed',
      'purchase',
    ]);
  });

  test('A5 staff may do it for somebody, and it is written down; others may not', async () => {
    const story = await begin();
    const [ana, bea] = [await newcomer(), await newcomer()];
    const { id } = await join(story, ana.caller);
    await join(story, bea.caller);
    const params = { program: story.slug, member: id };
    expect((await ask(bea.caller, leaveProgram, { params, body: {} })).status).toBe(403);
    const manager = await story.person('manager');
    expect((await call(manager.caller, leaveProgram, { params, body: {} })).enrolment).toBe('left');
    const { items } = await call(manager.caller, listAuditEntries, { params: { program: story.slug } });
    expect(items.find(({ action }) => action === 'member.left')).toMatchObject({ after: { by: 'staff' } });
  });
});

describe('who is enrolled (A5)', () => {
  test('A5 opt in: whoever did not join is refused, alone and in a batch, and nothing is stored', async () => {
    const story = await begin({ program: { enrolment: 'optIn' } });
    const [stranger, known] = [aMember().externalId, await newcomer()];
    expect(await story.refusal(aPurchase({ externalId: stranger }))).toMatchObject({
      status: 409,
      code: 'member.notEnrolled',
    });
    expect((await ask(story.shop, getMember, { params: story.member(stranger) })).status).toBe(404);
    const { id } = await join(story, known.caller);
    const results = await story.batch([
      aPurchase({ externalId: stranger }),
      aPurchase({ member: { id } }),
      aPurchase({ externalId: stranger }),
    ]);
    expect(results.map((one) => (one.status === 'refused' ? one.code : one.status))).toEqual([
      'member.notEnrolled',
      'accepted',
      'member.notEnrolled',
    ]);
    expect((await ask(story.shop, getMember, { params: story.member(stranger) })).status).toBe(404);
  });

  test('A5 opt in: a member that staff made waits until somebody claims it', async () => {
    const story = await begin({ program: { enrolment: 'optIn' } });
    const card = aMember().externalId;
    await ask(
      server.local,
      { method: 'PUT', path: '/programs/:program/members/:member' },
      { params: story.member(card), body: { name: 'Ana' } },
    );
    expect((await call(story.shop, getMember, { params: story.member(card) })).enrolment).toBe('pending');
    const refusedThere = await story.refusal(aPurchase({ externalId: card }));
    expect(refusedThere.code).toBe('member.notEnrolled');
    const ana = await newcomer();
    await join(story, ana.caller, { claim: await claimCode(story, card) });
    expect((await story.record(aPurchase({ externalId: card }))).outcome).toBe('accepted');
  });

  test('A5 first points: pending until something was earned, then enrolled since that moment', async () => {
    const story = await begin({ program: { enrolment: 'firstPoints' } });
    const card = aMember().externalId;
    const state = () => call(story.shop, getMember, { params: story.member(card) });
    await story.record(aPurchase({ externalId: card, totalMinor: 0 }));
    expect((await state()).enrolment).toBe('pending');
    const { occurredAt } = await story.record(aPurchase({ externalId: card, totalMinor: 1_000 }));
    expect(await state()).toMatchObject({ enrolment: 'enrolled', joinedAt: occurredAt });
    await story.record(aPurchase({ externalId: card, totalMinor: 1_000 }));
    expect((await state()).joinedAt).toBe(occurredAt);
  });

  test('A5 automatic: with the first activity, as ever', async () => {
    const story = await begin();
    const card = aMember().externalId;
    await story.record(aPurchase({ externalId: card, totalMinor: 0 }));
    expect((await call(story.shop, getMember, { params: story.member(card) })).enrolment).toBe('enrolled');
  });
});

test('#25 whether an alias is free can be asked before joining, and keeps nothing', async () => {
  const story = await begin();
  const ana = await newcomer();
  const check = { params: { program: story.slug }, body: { alias: 'Sól' } };
  const stranger = { url: server.url };
  expect(await call(stranger, checkAlias, check)).toEqual({ alias: 'Sól' });
  await join(story, ana.caller, { alias: 'sol' });
  expect(await refusal(stranger, checkAlias, check)).toMatchObject({
    status: 409,
    code: 'member.aliasTaken',
    fields: [{ path: ['alias'], code: 'taken' }],
  });
  const wrong = await refusal(stranger, checkAlias, { ...check, body: { alias: 'a' } });
  expect(wrong).toMatchObject({ status: 400, fields: [{ path: ['alias'] }] });
});

test('#25 T24 a list of names is not asked through: sixty that are taken, and the next one waits; free ones count for nothing', async () => {
  const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
  const story = await Story.begin(own);
  const ana = await story.person();
  await call(ana.caller, changeProfile, { params: me(story), body: { alias: 'Sol' } });
  const asking = (alias: string) =>
    ask({ url: own.url }, checkAlias, { params: { program: story.slug }, body: { alias } });
  for (let n = 0; n < 70; n += 1) expect((await asking(`Luna ${n}`)).status).toBe(200);
  for (let n = 0; n < 60; n += 1) expect((await asking('SOL')).status).toBe(409);
  const refused = await asking('Sol');
  expect([refused.status, refused.headers.get('ratelimit-limit')]).toEqual([429, expect.any(String)]);
  await own.stop();
});

test('#40 who joins from a crowded connection is told what to do; how many may is a setting', async () => {
  const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on', VERBENA_RATE_JOINS_PER_HOUR: '2' } });
  const registering = () => {
    const { email, password, name } = aMember();
    return { body: { email, password, name }, headers: { 'accept-language': 'es' } };
  };
  for (let count = 0; count < 2; count += 1) await call({ url: own.url }, register, registering());
  const refused = await refusal({ url: own.url }, register, registering());
  expect(refused).toMatchObject({ status: 429, code: 'account.tooMany' });
  expect(refused.detail).toMatch(/desde esta conexión.*unos \d+ minutos\. /);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
  await own.stop();
});
