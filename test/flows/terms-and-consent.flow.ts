import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { getMemberCopy } from '@verbena/shared/copies/copies.routes.js';
import { getMe, login } from '@verbena/shared/identity/identity.routes.js';
import { changeConsents, getConsents } from '@verbena/shared/members/consents.routes.js';
import type { ConsentDraft } from '@verbena/shared/members/consents.js';
import { joinProgram, leaveProgram, type Member } from '@verbena/shared/members/members.routes.js';
import { createClaimCode } from '@verbena/shared/members/members.routes.js';
import { sendPoints } from '@verbena/shared/points/points.routes.js';
import {
  getLegalTexts,
  type LegalDraft,
  previewLegalText,
  publishLegalTexts,
} from '@verbena/shared/programs/legal.routes.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { mergeClaimed } from '@verbena/shared/merging/merging.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { aKey, aMember, aPurchase } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let elsewhere: Story;
beforeAll(async () => {
  server = await startServer();
  elsewhere = await Story.begin(server);
});
afterAll(() => server?.stop());

const texts = (given: Partial<LegalDraft> = {}): LegalDraft => ({
  terms: { es: '# Condiciones\n\nLas **primeras**.', en: '# Terms\n\nThe **first**.' },
  privacy: { es: 'Lo que guardamos.', en: 'What we keep.' },
  ageMin: null,
  purposes: [{ id: 'ofertas', text: { es: 'Quiero ofertas', en: 'I want offers' } }],
  mustAccept: true,
  expectedVersion: 0,
  ...given,
});
const at = (story: Story) => ({ program: story.slug });
const me = (story: Story) => ({ program: story.slug, member: 'me' });
const publish = (story: Story, draft: LegalDraft, caller: Caller = server.local) =>
  call(caller, publishLegalTexts, { params: at(story), body: draft });
const join = (story: Story, caller: Caller, body: object): Promise<Member> =>
  call(caller, joinProgram, { params: at(story), body });
const say = (story: Story, caller: Caller, body: ConsentDraft, member = 'me') =>
  call(caller, changeConsents, { params: { program: story.slug, member }, body });
const consents = (story: Story, caller: Caller, member = 'me') =>
  call(caller, getConsents, { params: { program: story.slug, member } });
const YES = { version: 1, language: 'es', accepts: true } as const;
const newcomer = () => elsewhere.person('member');
const pathsOf = ({ fields = [] }: { fields?: { path: (string | number)[] }[] | undefined }) =>
  fields.map(({ path }) => path.join('.'));

describe('#4 the legal texts of a program', () => {
  test('#4 published by the owner with a number and a date, read by anybody, old versions too, and in the log of changes', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const anybody = { url: server.url };
    expect((await call(anybody, getProgram, { params: at(story) })).legal).toBeNull();
    expect(await refusal(anybody, getLegalTexts, { params: at(story) })).toMatchObject({ code: 'legal.notFound' });
    await publish(story, texts(), owner.caller);
    const second = texts({ expectedVersion: 1, mustAccept: false, terms: { es: 'Otras', en: 'Others' } });
    await publish(story, second, owner.caller);
    const now = await call(anybody, getLegalTexts, { params: at(story) });
    expect(now).toMatchObject({ version: 2, acceptFrom: 1, mustAccept: false, terms: { es: '<p>Otras</p>\n' } });
    expect(now.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(now.source).toBeUndefined();
    const old = await call(anybody, getLegalTexts, {
      params: at(story),
      query: { version: '1', source: 'true' } as never,
    });
    expect(old.terms.en).toBe('<h2>Terms</h2>\n<p>The <strong>first</strong>.</p>\n');
    expect(old.source?.terms.es).toBe('# Condiciones\n\nLas **primeras**.');
    expect(
      await refusal(anybody, getLegalTexts, { params: at(story), query: { version: '9' } as never }),
    ).toMatchObject({ code: 'legal.notFound' });
    const { items } = await call(server.local, listAuditEntries, { params: at(story) });
    expect(items.filter(({ action }) => action === 'legal.published')).toMatchObject([
      { actor: { id: owner.user }, before: { version: 1 }, after: { version: 2, mustAccept: false } },
      { actor: { id: owner.user }, before: null, after: { version: 1, mustAccept: true, purposes: ['ofertas'] } },
    ]);
  });

  test('#4 what is written is shown as text: nothing of it runs, in a preview or published', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const bad = 'Hola <img src=x onerror=alert(1)> [a](javascript:alert(1))';
    const { html } = await call(owner.caller, previewLegalText, { params: at(story), body: { markdown: bad } });
    expect(html).not.toMatch(/<img|href/);
    const { terms } = await publish(story, texts({ terms: { es: bad, en: bad } }), owner.caller);
    expect(terms.es).toBe(html);
  });

  test('#4 what is missing is named, and nobody but the owner, with the second factor, publishes', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const bad = texts({
      privacy: { en: 'Only English' },
      purposes: [
        { id: 'ofertas', text: { en: 'Offers' } },
        { id: 'ofertas', text: { es: 'Más' } },
      ],
    });
    const refused = await refusal(owner.caller, publishLegalTexts, { params: at(story), body: bad });
    expect([refused.status, ...pathsOf(refused)]).toEqual([400, 'privacy.es', 'purposes.0.text.es', 'purposes.1.id']);
    expect(refused.fields).toContainEqual(
      expect.objectContaining({ path: ['purposes', 1, 'id'], code: 'duplicate', params: { id: 'ofertas' } }),
    );
    const mute = texts({ purposes: [{ id: 'ofertas', text: {} }] });
    expect(await refusal(owner.caller, publishLegalTexts, { params: at(story), body: mute })).toMatchObject({
      fields: [{ path: ['purposes', 0, 'text'], code: 'noText' }],
    });
    const manager = await story.person('manager');
    const plain = await story.person('owner', { secondFactor: false });
    for (const [caller, code] of [
      [manager.caller, 'auth.forbidden'],
      [plain.caller, 'auth.secondFactorNeeded'],
    ] as const)
      expect(await refusal(caller, publishLegalTexts, { params: at(story), body: texts() })).toMatchObject({ code });
  });

  test('#4 of many who publish at once one does, and each number is one set', async () => {
    const story = await Story.begin(server);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        ask(server.local, publishLegalTexts, {
          params: at(story),
          body: texts({ terms: { es: `Versión de ${n}`, en: `Of ${n}` } }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 201);
    const kept = await call({ url: server.url }, getLegalTexts, { params: at(story) });
    expect([kept.version, kept.terms.es, kept.versions.length]).toEqual([1, `<p>Versión de ${winner}</p>\n`, 1]);
  });
});

describe('#4 joining a program that has texts', () => {
  test('#4 without accepting nobody joins: the field is named, also to a client that knows none; then it is written down', async () => {
    const story = await Story.begin(server);
    await publish(story, texts({ ageMin: 16 }));
    const { caller } = await newcomer();
    const tryTo = (body: object) => refusal(caller, joinProgram, { params: at(story), body });
    const old = await tryTo({ alias: 'Luz' });
    expect([old.status, old.code, ...pathsOf(old)]).toEqual([
      422,
      'legal.notAccepted',
      'consents.accepts',
      'consents.ofAge',
    ]);
    expect(pathsOf(await tryTo({ alias: 'Luz', consents: YES }))).toEqual(['consents.ofAge']);
    expect(await tryTo({ consents: { ...YES, ofAge: true, version: 7 } })).toMatchObject({ code: 'legal.changed' });
    expect((await call(caller, getMe)).enrolments.map(({ program }) => program.slug)).not.toContain(story.slug);
    await join(story, caller, { alias: 'Luz', consents: { ...YES, ofAge: true, purposes: { ofertas: true } } });
    expect(await consents(story, caller)).toMatchObject({
      accepted: { version: 1, language: 'es' },
      mustAccept: false,
      purposes: [{ id: 'ofertas', given: true }],
      history: [
        { act: 'given', purpose: 'ofertas', version: 1, channel: 'join' },
        { act: 'accepted', purpose: null, version: 1, channel: 'join' },
      ],
    });
  });

  test('#4 a program without texts takes members as before, and asks them once it has some', async () => {
    const story = await Story.begin(server);
    const { caller } = await newcomer();
    await join(story, caller, {});
    expect(await consents(story, caller)).toMatchObject({ accepted: null, mustAccept: false, purposes: [] });
    await publish(story, texts());
    expect(await consents(story, caller)).toMatchObject({ mustAccept: true });
  });

  test('#4 acceptance and publishing at once: whoever accepted has accepted what was in force, or is told', async () => {
    const story = await Story.begin(server);
    await publish(story, texts());
    const people = await Promise.all(Array.from({ length: 4 }, newcomer));
    for (const [round, { caller }] of people.entries()) {
      const version = round + 1;
      const [joined] = await Promise.all([
        ask(caller, joinProgram, { params: at(story), body: { consents: { ...YES, version } } }),
        publish(story, texts({ expectedVersion: version })),
      ]);
      if (joined.status === 201) {
        expect(await consents(story, caller)).toMatchObject({ accepted: { version }, mustAccept: true });
      } else expect([joined.status, JSON.parse(joined.text).code]).toEqual([409, 'legal.changed']);
    }
  });
});

describe('#4 texts that change', () => {
  test('#4 who has not accepted them reads, downloads and leaves; only points of one’s own do not move, and what the shop sends counts', async () => {
    const story = await Story.begin(server);
    await publish(story, texts());
    const [lucia, friend] = [await newcomer(), await newcomer()];
    const { id } = await join(story, lucia.caller, { alias: 'Luz', consents: YES });
    await join(story, friend.caller, { alias: 'Amigo', consents: YES });
    await story.record(aPurchase({ member: { id }, totalMinor: 5_000 }));
    await publish(story, texts({ expectedVersion: 1, mustAccept: false }));
    expect(await consents(story, lucia.caller)).toMatchObject({ mustAccept: false });
    await publish(story, texts({ expectedVersion: 2, mustAccept: true }));
    const gift = () =>
      ask(lucia.caller, sendPoints, {
        params: me(story),
        body: { key: aKey('regalo'), currency: 'puntos', amount: 1, to: { alias: 'Amigo' } },
      });
    expect(JSON.parse((await gift()).text)).toMatchObject({ code: 'legal.notAccepted', status: 422 });
    await story.record(aPurchase({ member: { id }, totalMinor: 5_000 }));
    await story.record(aPurchase({ member: { externalId: aKey('nunca-se-dio-de-alta') } }));
    expect(
      (await call(lucia.caller, getMemberCopy, { params: me(story) })).standing.balances['puntos'],
    ).toBeGreaterThan(50);
    await say(story, lucia.caller, { ...YES, version: 3 });
    expect(JSON.parse((await gift()).text).code).not.toBe('legal.notAccepted');
    await call(friend.caller, leaveProgram, { params: me(story), body: {} });
    // Coming back is coming in: it takes the word that is missing.
    expect(await refusal(friend.caller, joinProgram, { params: at(story), body: {} })).toMatchObject({
      code: 'legal.notAccepted',
    });
    await join(story, friend.caller, { consents: { ...YES, version: 3 } });
  });
});

describe('V2 consents by purpose, with their history', () => {
  test('V2 off at first, given and withdrawn at any time; a key with the right reads it, staff only withdraw, and that is logged', async () => {
    const story = await Story.begin(server, { key: { permissions: ['activities.write', 'members.read'] } });
    await publish(story, texts());
    const { caller } = await newcomer();
    const { id } = await join(story, caller, { consents: YES });
    expect((await consents(story, story.shop, id)).purposes).toMatchObject([{ id: 'ofertas', given: false }]);
    const ofertas = (isGiven: boolean): ConsentDraft => ({
      ...{ version: 1, language: 'en' },
      purposes: { ofertas: isGiven },
    });
    await say(story, caller, ofertas(true));
    expect((await consents(story, story.shop, id)).purposes[0]?.given).toBe(true);
    const manager = await story.person('manager');
    await say(story, manager.caller, ofertas(false), id);
    expect(
      await refusal(manager.caller, changeConsents, {
        params: { program: story.slug, member: id },
        body: ofertas(true),
      }),
    ).toMatchObject({ status: 403, code: 'consent.notOwn' });
    expect(
      await refusal(story.shop, changeConsents, { params: { program: story.slug, member: id }, body: ofertas(false) }),
    ).toMatchObject({ status: 403, code: 'auth.forbidden' });
    const { history, purposes } = await consents(story, manager.caller, id);
    expect(purposes[0]?.given).toBe(false);
    expect(history.map(({ act, channel, language }) => [act, channel, language])).toEqual([
      ['withdrawn', 'console', 'en'],
      ['given', 'app', 'en'],
      ['accepted', 'join', 'es'],
    ]);
    const { items } = await call(server.local, listAuditEntries, { params: at(story) });
    expect(items.filter(({ action }) => action === 'member.consentWithdrawn')).toMatchObject([
      { actor: { id: manager.user }, subject: { id }, after: { withdrawn: ['ofertas'] } },
    ]);
  });

  test('V2 a consent is to a sentence: another sentence asks again, the same one in a new version does not', async () => {
    const story = await Story.begin(server);
    await publish(story, texts());
    const { caller } = await newcomer();
    await join(story, caller, { consents: { ...YES, purposes: { ofertas: true } } });
    const given = async () => (await consents(story, caller)).purposes.map((one) => one.given);
    await publish(story, texts({ expectedVersion: 1, mustAccept: false }));
    expect(await given()).toEqual([true]);
    const more = [{ id: 'ofertas', text: { es: 'Quiero ofertas, también de terceros' } }];
    await publish(story, texts({ expectedVersion: 2, mustAccept: false, purposes: more }));
    expect(await given()).toEqual([false]);
    const bad = { version: 3, language: 'es' as const, purposes: { nada: true } };
    expect(pathsOf(await refusal(caller, changeConsents, { params: me(story), body: bad }))).toEqual(['purposes.nada']);
  });
});

describe('V2 the copy of one’s own data', () => {
  const copyOf = (story: Story, caller: Caller, member = 'me') =>
    call(caller, getMemberCopy, { params: { program: story.slug, member } });

  test('V2 one file with profile, cards, consents, sessions, friends and the whole journal with receipts, and no id of anybody else', async () => {
    const story = await Story.begin(server);
    await publish(story, texts());
    const [lucia, friend, giver] = [await newcomer(), await newcomer(), await newcomer()];
    const { id } = await join(story, lucia.caller, { alias: 'Luz', consents: { ...YES, purposes: { ofertas: true } } });
    const { code } = await call(lucia.caller, getReferrals, { params: me(story) });
    const others = [
      await join(story, friend.caller, { alias: 'Amiga', invitation: code, consents: YES }),
      await join(story, giver.caller, { alias: 'Otra', consents: YES }),
    ];
    // More than one page of entries, and one that names a friend.
    const buys = Array.from({ length: 110 }, () => aPurchase({ member: { id }, totalMinor: 1_000 }));
    await story.batch(buys);
    await story.record(aPurchase({ member: { id: others[0]?.id ?? '' }, totalMinor: 9_000 }));
    const answer = await ask(lucia.caller, getMemberCopy, { params: me(story) });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${story.slug}-member.json"`);
    const copy = await copyOf(story, lucia.caller);
    expect(copy).toMatchObject({
      member: { id, alias: 'Luz' },
      account: { email: lucia.email },
      consents: { accepted: { version: 1 }, purposes: [{ given: true }] },
      referrals: { code, items: [{ friend: 'Amiga' }] },
    });
    expect(copy.account?.sessions).toHaveLength(1);
    const [own] = copy.journals;
    expect(own?.member).toBe(id);
    const seqs = own?.entries.map(({ seq }) => seq) ?? [];
    expect(seqs).toEqual(Array.from({ length: copy.standing.seq }, (_, n) => copy.standing.seq - n));
    expect(seqs.length).toBeGreaterThan(110);
    expect(own?.entries.every(({ receipt }) => receipt !== undefined)).toBe(true);
    for (const other of [...others.map((one) => one.id), friend.user, friend.email, giver.user])
      expect(answer.text).not.toContain(other);
  });

  test('V2 what an account held that was joined to it is in the file too', async () => {
    const story = await Story.begin(server, {
      key: { permissions: ['activities.write', 'members.claim', 'members.read'] },
    });
    const lucia = await newcomer();
    const { id } = await join(story, lucia.caller, {});
    const card = aMember().externalId;
    await story.record(aPurchase({ externalId: card, totalMinor: 3_000 }));
    const { code } = await call(story.shop, createClaimCode, {
      params: { program: story.slug, member: `ext:${card}` },
      body: {},
    });
    await call(lucia.caller, mergeClaimed, { params: me(story), body: { claim: code } });
    const copy = await copyOf(story, lucia.caller);
    expect(copy.member.externalIds).toEqual([card]);
    expect(copy.journals.map(({ member }) => member === id)).toEqual([true, false]);
    expect(copy.journals[1]?.entries.some(({ cause }) => cause.type === 'purchase')).toBe(true);
  });

  test('V2 staff with the right hand it out, without where the login is used, and each is in the log of changes', async () => {
    const story = await Story.begin(server);
    const person: Person = await story.person();
    const manager = await story.person('manager');
    const copy = await copyOf(story, manager.caller, person.member ?? '');
    expect(copy.account).toMatchObject({ email: person.email });
    expect(copy.account?.sessions).toBeUndefined();
    const other = await story.person();
    const params = { program: story.slug, member: person.member ?? '' };
    for (const caller of [other.caller, story.shop])
      expect((await refusal(caller, getMemberCopy, { params })).status).toBeGreaterThanOrEqual(403);
    await copyOf(story, person.caller);
    const { items } = await call(server.local, listAuditEntries, { params: at(story) });
    expect(items.filter(({ action }) => action === 'member.copied').map(({ actor }) => actor.id)).toEqual([
      person.user,
      manager.user,
    ]);
  });

  test('V2 whoever asks for one after another waits', async () => {
    const limited = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
    try {
      const story = await Story.begin(limited);
      const { caller, email, password } = await story.person();
      for (let n = 0; n < 20; n += 1) await copyOf(story, caller);
      expect(await refusal(caller, getMemberCopy, { params: me(story) })).toMatchObject({ code: 'rate.exceeded' });
      expect((await ask({ url: limited.url }, login, { body: { email, password } })).status).toBe(200);
    } finally {
      await limited.stop();
    }
  });
});
