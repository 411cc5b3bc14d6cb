import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { returnByHand } from '@verbena/shared/activities/activities.routes.js';
import { getMember, joinProgram, listMembers, putMember } from '@verbena/shared/members/members.routes.js';
import { getInvitation, getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { aCoupon, aKey, aMember, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** One word as eight tills send it: composed and apart, in capitals, of full width, with blanks of all kinds. */
const SPELLINGS = [
  'Jardín',
  'Jardi\u0301n',
  'JARDÍN',
  'jardín',
  '  Jardín ',
  'Jardín\u00A0',
  'Ｊａｒｄíｎ',
  'Jar\u00ADdín',
] as const;
const apart = (text: string): string => text.normalize('NFD');

let server: TestServer;
let story: Story;
beforeAll(async () => {
  server = await startServer();
  story = await Story.begin(server, {
    key: { permissions: ['activities.write', 'activities.read', 'activities.reverse', 'members.read'] },
  });
});
afterAll(() => server?.stop());

test('A1 B6 an id with its accents apart and composed is one member, in activities, batches, paths and the search', async () => {
  const id = `Peña-ñ-${aKey()}`;
  const { member } = await story.record(aPurchase({ externalId: id }));
  expect((await story.record(aPurchase({ externalId: apart(id) }))).member).toBe(member);
  const batch = await story.batch([aPurchase({ externalId: apart(id) }), aPurchase({ externalId: id })]);
  expect(batch).toMatchObject([{ result: { member } }, { result: { member } }]);
  const params = story.member(apart(id));
  expect(await call(story.shop, getMember, { params })).toMatchObject({ id: member, externalIds: [id] });
  await call(server.local, putMember, { params, body: { name: apart('Begoña') } });
  const manager = await story.person('manager');
  for (const search of [id, apart(id), ` ${apart(id)} `, apart('begoña')]) {
    const found = await call(manager.caller, listMembers, { params: { program: story.slug }, query: { search } });
    expect(found.items).toMatchObject([{ id: member, externalIds: [id], name: 'Begoña' }]);
  }
});

test('A1 ids are measured composed: 128 letters with their accents apart pass, in the body and in the path', async () => {
  const id = 'é'.repeat(128);
  const { member } = await story.record(aPurchase({ externalId: apart(id) }));
  expect((await call(story.shop, getMember, { params: story.member(apart(id)) })).id).toBe(member);
  const refused = await story.refusal(aPurchase({ externalId: `${id}é` }));
  expect(refused).toMatchObject({ fields: [{ path: ['member', 'externalId'], code: 'maxLength' }] });
});

test('A1 blanks around an id are refused with the field, in the reader’s language, wherever it would be made', async () => {
  const field = { path: ['member', 'externalId'], code: 'blanksAround' };
  const spanish = await story.refusal(aPurchase({ externalId: ' 12' }));
  expect(spanish.fields).toMatchObject([{ ...field, detail: 'No puede empezar ni acabar con espacios. Quítalos.' }]);
  const english = await story.refusal(aPurchase({ externalId: '12\u00A0' }), { 'accept-language': 'en' });
  expect(english.fields).toMatchObject([{ ...field, detail: 'It cannot begin or end with spaces. Take them away.' }]);
  expect(await story.batch([aPurchase({ externalId: '12 ' })])).toMatchObject([{ status: 'refused', fields: [field] }]);
  const named = await refusal(server.local, putMember, { params: story.member(' 12'), body: {} });
  expect(named.fields).toMatchObject([{ path: ['member'], code: 'blanksAround' }]);
});

test('B6 the same key with the same texts in the other form is a repeat, and what is recorded is composed', async () => {
  const draft = aCoupon({ externalId: `Núñez-${aKey()}` });
  const attributes = { coupon: 'AÑO-1', campaign: 'otoño' };
  const first = await story.post({ ...draft, attributes });
  const again = await story.post(JSON.parse(apart(JSON.stringify({ ...draft, attributes }))));
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
  expect(again.text).toBe(first.text);
  const id = 'externalId' in draft.member ? draft.member.externalId : '';
  expect((await story.journal(apart(id))).at(-1)?.cause.attributes).toEqual(attributes);
  // A key is of ASCII, so that it has one form only; in either form of another the field is named.
  for (const key of ['tique-ñ', apart('tique-ñ')])
    expect((await story.refusal({ ...draft, key })).fields).toMatchObject([{ path: ['key'], code: 'format' }]);
});

/** What the mission of eight departments says of somebody who bought in one, eight times spelled otherwise. */
async function progressOf(one: Story): Promise<{ done: number; names: unknown[]; id: string }> {
  const id = aMember().externalId;
  for (const name of SPELLINGS) await one.record(aPurchase({ externalId: id, totalMinor: 100, departments: [name] }));
  const { progress } = await one.mission(id, 'ocho-secciones');
  const names = (await one.journal(id)).flatMap(({ cause }) => {
    const { departments } = cause.attributes as { departments?: { name: string }[] };
    return departments?.map(({ name }) => name) ?? [];
  });
  return { done: progress, names, id };
}

function folding(): typeof shoppingCentre {
  const activityTypes = shoppingCentre.activityTypes.map((type) =>
    type.id !== 'purchase'
      ? type
      : {
          ...type,
          attributes: {
            ...type.attributes,
            properties: {
              ...type.attributes.properties,
              departments: {
                type: 'array' as const,
                items: {
                  type: 'object' as const,
                  properties: {
                    name: { type: 'string' as const, 'x-compare': 'folded' as const },
                    amountMinor: { type: 'integer' as const, minimum: 0 },
                  },
                },
              },
            },
          },
        },
  );
  return { ...shoppingCentre, activityTypes };
}

test('#10 B9 one department in eight spellings is what it is sent as, and one department where its type folds', async () => {
  const exact = await progressOf(story);
  // Composed and apart are one in any case.
  expect(exact.done).toBe(7);
  const other = await Story.begin(server, { program: { preset: undefined, definitions: folding() } });
  const { done, names, id } = await progressOf(other);
  expect(done).toBe(1);
  expect(names).toEqual(SPELLINGS.map((one) => one.normalize('NFC')));
  for (const name of DEPARTMENTS.filter((one) => one !== 'Jardín').slice(0, 6))
    await other.record(aPurchase({ externalId: id, totalMinor: 100, departments: [name] }));
  expect(await other.mission(id, 'ocho-secciones')).toMatchObject({ progress: 7, done: false });
  await other.record(aPurchase({ externalId: id, totalMinor: 100, departments: ['Juguetes'] }));
  expect((await other.mission(id, 'ocho-secciones')).progress).toBe(8);
});

test('#10 B9 a return may spell what it leaves otherwise where the type folds, and not where it does not', async () => {
  const other = await Story.begin(server, { program: { preset: undefined, definitions: folding() } });
  for (const [one, status] of [
    [story, 400],
    [other, 201],
  ] as const) {
    const manager = await one.person('manager');
    const id = aMember().externalId;
    const draft = { ...aPurchase({ externalId: id, totalMinor: 900 }) };
    const departments = [{ name: 'Jardín', amountMinor: 900 }];
    const { seq, member } = await one.record({ ...draft, attributes: { ...draft.attributes, departments } });
    const leave = (name: string, amountMinor: number) =>
      ask(manager.caller, returnByHand, {
        params: { program: one.slug, member, seq: String(seq) },
        body: {
          key: aKey(),
          reason: 'Una maceta rota',
          remaining: { totalMinor: amountMinor, departments: [{ name, amountMinor }] },
        },
      });
    const nothing = await leave(apart('Jardín'), 900);
    expect([nothing.status, nothing.text]).toEqual([422, expect.stringContaining('activity.nothingReturned')]);
    expect((await leave(apart('JARDÍN'), 300)).status).toBe(status);
  }
});

test('A1 a password opens in every form of its letters, and a new one is measured as it is kept', async () => {
  const password = 'contraseña-ﬁna-42';
  const person = await story.person('member', { password: apart(password) });
  for (const typed of [password, apart(password), password.normalize('NFKC')])
    expect((await story.logIn({ email: person.email, password: typed })).serverMs).toBeGreaterThan(0);
  await expect(story.logIn({ email: person.email, password: 'contrasena-fina-42' })).rejects.toThrow('401');
  // Ten signs, of which half are accents.
  await expect(story.person('member', { password: apart('áéíóú') })).rejects.toThrow('minLength');
});

test('A1 I1 codes are taken as people type them: small, with blanks around them, of full width', async () => {
  const advocate = await story.person('member');
  const { code } = await call(advocate.caller, getReferrals, { params: { program: story.slug, member: 'me' } });
  const wide = code.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  for (const typed of [` ${code.toLowerCase()} `, wide])
    expect(
      (await call({ url: server.url }, getInvitation, { params: { program: story.slug, code: typed } })).code,
    ).toBe(code);
  const elsewhere = await Story.begin(server);
  const friend = await elsewhere.person('member');
  const joined = await ask(friend.caller, joinProgram, {
    params: { program: story.slug },
    body: { alias: 'Amiga nueva', invitation: ` ${code.toLowerCase()}` },
  });
  expect(joined.status).toBe(201);
});
