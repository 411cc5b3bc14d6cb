import { type ActivityDraft, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { createApiKey } from '@verbena/shared/identity/api-keys.routes.js';
import { register } from '@verbena/shared/identity/accounts.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { checkDigitOf, groupedCode } from '@verbena/shared/members/member-code.js';
import {
  addCard,
  changeProfile,
  createClaimCode,
  getMember,
  joinProgram,
  leaveProgram,
  listMembers,
  type Member,
  readJoinCode,
  removeCard,
} from '@verbena/shared/members/members.routes.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import { holdPoints } from '@verbena/shared/points/points.routes.js';
import { createBrand } from '@verbena/shared/programs/brands.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { aKey, aMember, anApiKey, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { deviceOf, type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let elsewhere: Story;
beforeAll(async () => {
  server = await startServer();
  elsewhere = await Story.begin(server);
});
afterAll(() => server?.stop());

const REASON = 'La trajo en mano';
const params = ({ slug: program }: Story, member = 'me') => ({ program, member });
const me = (story: Story, { caller }: { caller: Caller }) => call(caller, getMember, { params: params(story) });
const joins = (story: Story, { caller }: { caller: Caller }, body: object = {}): Promise<Member> =>
  call(caller, joinProgram, { params: { program: story.slug }, body });
/** Somebody who came by herself: no shop knows her. */
const aNewcomer = async (story: Story): Promise<{ person: Person; member: Member }> => {
  const person = await elsewhere.person();
  return { person, member: await joins(story, person) };
};
const buys = (member: ActivityDraft['member'], given: Partial<ActivityDraft> = {}): ActivityDraft => ({
  ...aPurchase({ totalMinor: 2_500 }),
  member,
  ...given,
});
const pointsOf = async (story: Story, id: string) =>
  (await call(story.shop, getStanding, { params: params(story, id) })).balances['puntos'] ?? 0;
const give = (story: Story, { caller }: { caller: Caller }, id: string, externalId: string) =>
  call(caller, addCard, { params: params(story, id), body: { externalId, reason: REASON } });
const take = (story: Story, { caller }: { caller: Caller }, id: string, externalId: string) =>
  call(caller, removeCard, { params: params(story, id), body: { externalId, reason: REASON } });
/** The same with its last digit but one typed wrongly. */
const mistyped = (code: string) => code.slice(0, 7) + ((Number(code[7]) + 1) % 10) + code.slice(8);
/** A code that could be somebody's, and of this program is nobody's. */
const nobodys = (code: string) => {
  const digits = `${code.slice(0, 7)}${(Number(code[7]) + 1) % 10}`;
  return digits + checkDigitOf(digits);
};

describe('#2 A6 a member code', () => {
  test('whoever joined by herself is recognised at a till by it, however it is typed', async () => {
    const story = await Story.begin(server);
    const { person, member } = await aNewcomer(story);
    expect(member.code).toMatch(/^[1-9][0-9]{8}$/);
    expect((await me(story, person)).code).toBe(member.code);
    const first = await story.record(buys({ code: member.code }));
    expect(first.member).toBe(member.id);
    const grouped = groupedCode(member.code);
    for (const code of [grouped, grouped.replaceAll(' ', '-'), ` ${member.code} `])
      expect((await story.record(buys({ code }))).member).toBe(member.id);
    expect(await pointsOf(story, member.id)).toBe(await pointsOf(story, `code:${grouped}`));
    // The same again, typed otherwise, counts once.
    const again = buys({ code: member.code }, { key: first.key });
    const sent = await ask(story.shop, recordActivity, { params: { program: story.slug }, body: again });
    expect(sent.status).toBe(422);
    const draft = buys({ code: grouped });
    await story.record(draft);
    expect((await story.post({ ...draft, member: { code: member.code } })).headers.get('idempotency-replayed')).toBe(
      'true',
    );
  });

  test('a digit that was typed wrongly is told apart from a code that is nobody’s, one by one and in a batch', async () => {
    const story = await Story.begin(server);
    const { member } = await aNewcomer(story);
    const wrong = mistyped(member.code);
    expect(await story.refusal(buys({ code: wrong }))).toMatchObject({
      status: 400,
      code: 'input.invalid',
      fields: [
        {
          path: ['member', 'code'],
          code: 'mistypedCode',
          detail: 'No es un código de socio: se ha tecleado mal una cifra.',
        },
      ],
    });
    expect(await story.refusal(buys({ code: '1808' }))).toMatchObject({
      status: 400,
      fields: [{ path: ['member', 'code'], code: 'memberCode' }],
    });
    const unknown = nobodys(member.code);
    expect(await story.refusal(buys({ code: unknown }))).toMatchObject({
      status: 404,
      code: 'member.notFound',
      fields: [{ path: ['member', 'code'] }],
    });
    const codes = (results: readonly object[]) =>
      results.map((one) => ('code' in one ? [one.code, 'fields' in one && one.fields] : 'accepted'));
    expect(
      codes(await story.batch([buys({ code: wrong }), buys({ code: unknown }), buys({ code: member.code })])),
    ).toEqual([
      ['input.invalid', [{ path: ['member', 'code'], code: 'mistypedCode', detail: expect.stringContaining('cifra') }]],
      ['member.notFound', [{ path: ['member', 'code'], code: 'invalid', detail: expect.any(String) }]],
      'accepted',
    ]);
    const at = (ref: string) => refusal(story.shop, getMember, { params: params(story, ref) });
    expect(await at(`code:${wrong}`)).toMatchObject({
      status: 400,
      fields: [{ path: ['member'], code: 'mistypedCode' }],
    });
    expect(await at(`code:${unknown}`)).toMatchObject({ status: 404, code: 'member.notFound' });
  });

  test('what is said of other names of a member stays as clear as it was', async () => {
    const story = await Story.begin(server);
    const fieldsOf = async (member: unknown) => (await story.refusal({ ...aPurchase(), member })).fields;
    expect(await fieldsOf({ externalId: ' 1808' })).toMatchObject([
      { path: ['member', 'externalId'], code: 'blanksAround' },
    ]);
    expect(await fieldsOf({ email: 'no-es-un-correo' })).toMatchObject([{ path: ['member', 'email'], code: 'email' }]);
    expect(await fieldsOf({ id: 'x' })).toMatchObject([{ path: ['member', 'id'], code: 'format' }]);
  });

  test('it names the member on every route of points, and opens nothing of her account', async () => {
    const story = await Story.begin(server, {
      key: { permissions: ['activities.write', 'members.read', 'points.hold'] },
    });
    const { person, member } = await aNewcomer(story);
    const { person: other } = await aNewcomer(story);
    const { code } = member;
    await story.record(buys({ code }));
    const held = await call(story.shop, holdPoints, {
      params: params(story, `code:${code}`),
      body: { key: aKey('reserva'), currency: 'puntos', amount: 5 },
    });
    expect(held.member).toBe(member.id);
    // Not even herself: her own place is `me`. Nor does a shop without the right learn anything.
    for (const caller of [other.caller, person.caller])
      expect((await refusal(caller, getMember, { params: params(story, `code:${code}`) })).status).toBe(403);
    const foreign = await Story.begin(server);
    expect((await refusal(foreign.shop, getMember, { params: params(foreign, `code:${code}`) })).status).toBe(404);
  });

  test('members whom the shops know have one too, and staff find them by it', async () => {
    const story = await Story.begin(server);
    const manager = await story.person('manager');
    const { member: id } = await story.record(aPurchase());
    const { code } = await call(manager.caller, getMember, { params: params(story, id) });
    for (const search of [code, groupedCode(code)]) {
      const { items } = await call(manager.caller, listMembers, { params: { program: story.slug }, query: { search } });
      expect(items.map((one) => one.id)).toEqual([id]);
    }
    const search = mistyped(code);
    const none = await call(manager.caller, listMembers, { params: { program: story.slug }, query: { search } });
    expect(none.items).toEqual([]);
  });

  test('after accounts are joined the code of the one that ended leads to the other', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const [{ member: stays }, { member: ends }] = [await aNewcomer(story), await aNewcomer(story)];
    await call(owner.caller, mergeMembers, {
      params: params(story, stays.id),
      body: { ends: ends.id, reason: REASON },
    });
    expect((await story.record(buys({ code: ends.code }))).member).toBe(stays.id);
    const found = await call(story.shop, getMember, { params: params(story, `code:${ends.code}`) });
    expect([found.id, found.code]).toEqual([stays.id, stays.code]);
  });

  test('where people enrol only by joining a code names who did, and nobody else', async () => {
    const story = await Story.begin(server);
    const { member } = await aNewcomer(story);
    const { member: unknown } = await story.record(aPurchase());
    const { code } = await call(story.shop, getMember, { params: params(story, unknown) });
    const optIn = await Story.begin(server, { program: { enrolment: 'optIn' } });
    const { person, member: joined } = await aNewcomer(optIn);
    expect((await optIn.record(buys({ code: joined.code }))).member).toBe(joined.id);
    expect(await optIn.refusal(buys({ code: nobodys(member.code) }))).toMatchObject({ code: 'member.notFound' });
    expect((await story.record(buys({ code }))).member).toBe(unknown);
    await call(person.caller, leaveProgram, { params: params(optIn), body: {} });
    const late = await optIn.post(buys({ code: joined.code }));
    expect(JSON.parse(late.text)).toMatchObject({ outcome: 'refused', refusal: 'member.left' });
  });
});

describe('#2 A1 a verified e-mail address', () => {
  test('names a member for a key that may see members, in whatever case; one of no other program', async () => {
    const story = await Story.begin(server);
    const { person, member } = await aNewcomer(story);
    for (const email of [person.email, person.email.toUpperCase()])
      expect((await story.record(buys({ email }))).member).toBe(member.id);
    const outside = await elsewhere.person();
    for (const email of [outside.email, 'nadie-de-nadie@example.com'])
      expect(await story.refusal(buys({ email }))).toMatchObject({
        status: 404,
        code: 'member.notFound',
        fields: [{ path: ['member', 'email'], code: 'invalid' }],
      });
  });

  test('one that nobody verified is answered as one that nobody has', async () => {
    const story = await Story.begin(server);
    const { email, password, name } = aMember();
    const nobody = { url: server.url };
    const answer = await ask(nobody, register, { body: { email, password, name, program: story.slug } });
    await joins(story, deviceOf(server.url, answer));
    const unverified = await story.refusal(buys({ email }));
    const unknown = await story.refusal(buys({ email: 'nadie-de-nadie@example.com' }));
    const said = ({ status, code, detail, fields }: typeof unknown) => ({ status, code, detail, fields });
    expect(said(unverified)).toEqual(said(unknown));
  });

  test('a key without that right is told which one it lacks, whether the address is somebody’s or not', async () => {
    const story = await Story.begin(server, { key: { permissions: ['activities.write'] } });
    const { person, member } = await aNewcomer(story);
    for (const email of [person.email, 'nadie-de-nadie@example.com'])
      expect(await story.refusal(buys({ email }))).toMatchObject({
        status: 403,
        code: 'auth.forbidden',
        fields: [{ path: ['member', 'email'], code: 'needsRight', params: { right: 'members.read' } }],
      });
    expect(await story.batch([buys({ email: person.email }), buys({ code: member.code })])).toMatchObject([
      { status: 'refused', code: 'auth.forbidden', fields: [{ path: ['member', 'email'], code: 'needsRight' }] },
      { status: 'accepted' },
    ]);
  });
});

describe('#2 A1 cards that staff give and take', () => {
  test('a card is the member’s from then on, the log says who gave it and why, and not the whole number', async () => {
    const story = await Story.begin(server);
    const manager = await story.person('manager');
    const { person, member } = await aNewcomer(story);
    const card = aMember().externalId;
    expect((await give(story, manager, member.id, card)).externalIds).toEqual([card]);
    // A second click changes nothing.
    expect((await give(story, manager, `code:${member.code}`, card)).externalIds).toEqual([card]);
    expect((await me(story, person)).externalIds).toEqual([card]);
    expect((await story.record(aPurchase({ externalId: card }))).member).toBe(member.id);
    const { items } = await call(manager.caller, listAuditEntries, { params: { program: story.slug } });
    const added = items.filter(({ action }) => action === 'member.cardAdded');
    expect(added).toMatchObject([
      {
        actor: { id: manager.user },
        subject: { id: member.id },
        after: { card: `…${card.slice(-4)}`, reason: REASON },
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(card);
  });

  test('another member’s card is refused with whose it is, and stays there', async () => {
    const story = await Story.begin(server);
    const manager = await story.person('manager');
    const { member } = await aNewcomer(story);
    const card = aMember().externalId;
    const { member: owner } = await story.record(aPurchase({ externalId: card }));
    const body = { externalId: card, reason: REASON };
    const refused = () => refusal(manager.caller, addCard, { params: params(story, member.id), body });
    expect(await refused()).toMatchObject({
      status: 409,
      code: 'card.taken',
      params: { member: owner },
      fields: [{ path: ['externalId'], code: 'taken' }],
    });
    await call(manager.caller, changeProfile, { params: params(story, owner), body: { name: 'Lucía Peña' } });
    expect((await refused()).detail).toBe('Esa tarjeta ya es de Lucía Peña. Si es la misma persona, une sus cuentas.');
    expect((await call(story.shop, getMember, { params: story.member(card) })).id).toBe(owner);
    expect(await refusal(manager.caller, removeCard, { params: params(story, member.id), body })).toMatchObject({
      status: 404,
      code: 'card.notFound',
    });
    expect(
      await refusal(manager.caller, addCard, {
        params: params(story, member.id),
        body: { externalId: ' 18', reason: 'x' },
      }),
    ).toMatchObject({ status: 400, fields: [{ path: ['externalId'] }, { path: ['reason'], code: 'minLength' }] });
  });

  test('the last one may go: what it brought stays, what comes next is another’s, and a repeat of before still counts once', async () => {
    const story = await Story.begin(server);
    const manager = await story.person('manager');
    const { member } = await aNewcomer(story);
    const card = aMember().externalId;
    await give(story, manager, member.id, card);
    const draft = aPurchase({ externalId: card, totalMinor: 2_500 });
    await story.record(draft);
    const before = await pointsOf(story, member.id);
    expect((await take(story, manager, member.id, card)).externalIds).toEqual([]);
    const next = await story.record(aPurchase({ externalId: card }));
    expect(next.member).not.toBe(member.id);
    const repeated = await story.post(draft);
    expect([repeated.status, repeated.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect((JSON.parse(repeated.text) as { member: string }).member).toBe(member.id);
    expect(await pointsOf(story, member.id)).toBe(before);
    const { items } = await call(manager.caller, listAuditEntries, { params: { program: story.slug } });
    expect(items.filter(({ action }) => action === 'member.cardRemoved')).toHaveLength(1);
  });

  test('#12 a number of a brand’s own numbering is taken too, and one that is in two is shown once and goes from both', async () => {
    const story = await Story.begin(server);
    const manager = await story.person('manager');
    const owner = await story.person('owner');
    const here = { program: story.slug };
    const brand = await call(server.local, createBrand, {
      params: here,
      body: { slug: 'moda-sur', name: 'Moda Sur', externalIds: 'own' },
    });
    const { secret } = await call(server.local, createApiKey, {
      params: here,
      body: anApiKey({ source: `brand:${brand.id}` }),
    });
    const externalId = aMember().externalId;
    const ofBrand = () =>
      call({ url: server.url, bearer: secret }, recordActivity, { params: here, body: aPurchase({ externalId }) });
    const { member } = await ofBrand();
    const { member: ends } = await story.record(aPurchase({ externalId }));
    const removing = { params: params(story, member), body: { externalId, reason: REASON } };
    // The same number in the program’s numbering is somebody else’s, and stays there.
    expect((await take(story, manager, member, externalId)).externalIds).toEqual([]);
    expect(await refusal(manager.caller, removeCard, removing)).toMatchObject({ code: 'card.notFound' });
    expect((await call(story.shop, getMember, { params: story.member(externalId) })).id).toBe(ends);
    const { member: next } = await ofBrand();
    expect([member, ends]).not.toContain(next);
    const merge = { params: params(story, next), body: { ends, reason: REASON } };
    await call(owner.caller, mergeMembers, merge);
    const both = await call(story.shop, getMember, { params: params(story, next) });
    expect(both.externalIds).toEqual([externalId]);
    expect((await take(story, manager, next, externalId)).externalIds).toEqual([]);
    expect((await refusal(story.shop, getMember, { params: story.member(externalId) })).status).toBe(404);
    expect((await ofBrand()).member).not.toBe(next);
  });

  test('of many who want one card at once, staff and tills, it is one member’s for all of them', async () => {
    const story = await Story.begin(server);
    const manager = await story.person('manager');
    for (let round = 0; round < 4; round += 1) {
      const card = aMember().externalId;
      const people = await Promise.all(Array.from({ length: 4 }, () => aNewcomer(story)));
      const body = { externalId: card, reason: REASON };
      const [given, bought] = await Promise.all([
        Promise.all(
          people.map(({ member: { id } }) => ask(manager.caller, addCard, { params: params(story, id), body })),
        ),
        Promise.all(Array.from({ length: 3 }, () => story.record(aPurchase({ externalId: card })))),
      ]);
      const { id } = await call(story.shop, getMember, { params: story.member(card) });
      expect(new Set(bought.map(({ member }) => member))).toEqual(new Set([id]));
      expect(given.map(({ status }, index) => [status, people[index]?.member.id === id])).toEqual(
        given.map(({ status }) => [status, status === 201]),
      );
      expect(given.every(({ status }) => status === 201 || status === 409)).toBe(true);
      for (const { member } of people) {
        const { externalIds } = await call(story.shop, getMember, { params: params(story, member.id) });
        expect(externalIds).toEqual(member.id === id ? [card] : []);
      }
    }
  });

  test('a card that is given while the account is joined to another is not lost in the one that ended', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    for (let round = 0; round < 4; round += 1) {
      const [{ member: stays }, { member: ends }] = [await aNewcomer(story), await aNewcomer(story)];
      const card = aMember().externalId;
      const merge = { params: params(story, stays.id), body: { ends: ends.id, reason: REASON } };
      const body = { externalId: card, reason: REASON };
      const [joined, given] = await Promise.all([
        ask(owner.caller, mergeMembers, merge),
        ask(owner.caller, addCard, { params: params(story, ends.id), body }),
      ]);
      expect([joined.status, [201, 409].includes(given.status)]).toEqual([201, true]);
      const { externalIds } = await call(story.shop, getMember, { params: params(story, stays.id) });
      expect(externalIds).toEqual(given.status === 201 ? [card] : []);
    }
  });

  test('neither a key nor a member gives cards, and staff show the second factor', async () => {
    const story = await Story.begin(server);
    const { person, member } = await aNewcomer(story);
    const careless = await story.person('manager', { secondFactor: false });
    const body = { externalId: aMember().externalId, reason: REASON };
    for (const route of [addCard, removeCard]) {
      const code = async (caller: Caller) =>
        (await refusal(caller, route, { params: params(story, member.id), body })).code;
      expect([await code(story.shop), await code(person.caller), await code(careless.caller)]).toEqual([
        'auth.forbidden',
        'auth.forbidden',
        'auth.secondFactorNeeded',
      ]);
    }
  });
});

describe('#3 a code that somebody types to join', () => {
  const KEY = { permissions: ['activities.write', 'members.read', 'members.claim'] as const };
  const begin = () => Story.begin(server, { key: { permissions: [...KEY.permissions] } });
  const nobody = () => ({ url: server.url });
  const read = (story: Story, code: string) =>
    call(nobody(), readJoinCode, { params: { program: story.slug }, body: { code } });

  test('an invitation’s says who invites, a claim code whose card it is, both before there is an account', async () => {
    const story = await begin();
    const { person } = await aNewcomer(story);
    await call(person.caller, changeProfile, { params: params(story), body: { alias: 'Lucía H.' } });
    const { code } = await call(person.caller, getReferrals, { params: params(story) });
    const known = { kind: 'invitation', code, by: 'Lucía H.', card: null };
    for (const typed of [code, code.toLowerCase(), ` ${code.slice(0, 5)} ${code.slice(5)}`])
      expect(await read(story, typed)).toEqual(known);

    const card = aMember().externalId;
    const { member: id } = await story.record(aPurchase({ externalId: card }));
    const claim = await call(story.shop, createClaimCode, { params: params(story, id), body: {} });
    expect(await read(story, claim.code)).toEqual({ kind: 'claim', code: claim.code, by: null, card });
    const manager = await story.person('manager');
    await call(manager.caller, changeProfile, { params: params(story, id), body: { name: 'Marta Ruiz Peña' } });
    // Reading spends nothing: it still opens that account.
    expect((await read(story, claim.code.replaceAll('-', '').toLowerCase())).by).toBe('Marta R.');
    const ana = await elsewhere.person();
    expect((await joins(story, ana, { claim: claim.code })).id).toBe(id);
    const spent = { params: { program: story.slug }, body: { code: claim.code } };
    expect(await refusal(nobody(), readJoinCode, spent)).toMatchObject({ status: 404, code: 'joinCode.notFound' });
  });

  test('what is no code, one of another program, and one that is nobody’s are answered alike, beside the field', async () => {
    const [story, foreign] = [await begin(), await begin()];
    const { person } = await aNewcomer(foreign);
    const { code } = await call(person.caller, getReferrals, { params: params(foreign) });
    for (const typed of [code, 'ZZZZZZZZZZ', '7QF2-M0XA-9KTC', 'hola', '123'])
      expect(
        await refusal(nobody(), readJoinCode, { params: { program: story.slug }, body: { code: typed } }),
      ).toMatchObject({ status: 404, code: 'joinCode.notFound', fields: [{ path: ['code'], code: 'invalid' }] });
    expect(
      (await refusal(nobody(), readJoinCode, { params: { program: story.slug }, body: { code: ' ' } })).fields,
    ).toMatchObject([{ path: ['code'] }]);
  });

  test('L1 a claim code without its hyphens is no wrong guess of an invitation', async () => {
    const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
    try {
      const story = await Story.begin(own, { key: { permissions: [...KEY.permissions] } });
      const { member } = await story.record(aPurchase());
      const claim = await call(story.shop, createClaimCode, { params: params(story, member), body: {} });
      const body = { code: claim.code.replaceAll('-', '') };
      const statuses = [];
      for (let n = 0; n < 61; n += 1)
        statuses.push((await ask({ url: own.url }, readJoinCode, { params: { program: story.slug }, body })).status);
      expect(new Set(statuses)).toEqual(new Set([200]));
    } finally {
      await own.stop();
    }
  });

  test('L1 whoever guesses either kind is stopped, and shares the number with the page and with joining', async () => {
    const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
    try {
      const story = await Story.begin(own);
      const from = { url: own.url };
      const guess = async (code: string) =>
        (await ask(from, readJoinCode, { params: { program: story.slug }, body: { code } })).status;
      for (const code of ['ZZZZZZZZZZ', '7QF2-M0XA-9KTC']) {
        const statuses = [];
        for (let n = 0; n < 61; n += 1) statuses.push(await guess(code));
        expect([...new Set(statuses.slice(0, 60)), statuses[60]]).toEqual([404, 429]);
      }
      const body = { invitation: 'ZZZZZZZZZZ' };
      const person = await story.person('owner');
      expect((await ask(person.caller, joinProgram, { params: { program: story.slug }, body })).status).toBe(429);
    } finally {
      await own.stop();
    }
  });
});

test('#19 an alias that reads like another’s is refused: accents, case, blanks and punctuation make no difference', async () => {
  const story = await Story.begin(server);
  const [{ person: first }, { person: second }] = [await aNewcomer(story), await aNewcomer(story)];
  const named = (person: Person, alias: string) => ({ params: params(story), body: { alias }, caller: person.caller });
  const change = ({ caller, ...given }: ReturnType<typeof named>) => refusal(caller, changeProfile, given);
  await call(first.caller, changeProfile, named(first, 'Lucía H.'));
  for (const alias of ['Lucia H', 'LUCÍA H.', 'lucia-h', 'Lu cía·H'])
    expect(await change(named(second, alias))).toMatchObject({
      status: 409,
      code: 'member.aliasTaken',
      detail: expect.stringContaining('que se lee igual') as string,
      fields: [{ path: ['alias'], code: 'taken' }],
    });
  // What is written anew by its owner stays hers, and ñ is a letter of its own.
  await call(first.caller, changeProfile, named(first, 'Lucia H'));
  await call(first.caller, changeProfile, named(first, 'Peña'));
  expect((await call(second.caller, changeProfile, named(second, 'Pena'))).alias).toBe('Pena');
  const entries = await call(second.caller, listEntries, { params: params(story) });
  expect(entries.items.map(({ cause }) => cause.type)).toEqual(['member.joined']);
});
