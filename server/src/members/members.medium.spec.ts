import { createHash } from 'node:crypto';
import { groupedCode, MemberCode, memberCodeOf } from '@verbena/shared/members/member-code.js';
import { ulid } from 'ulid';
import * as z from 'zod/mini';
import { MovableClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { searchWordsOf } from './member-names.js';
import { MemberIndexRepository } from './member-index.repository.js';
import { MembersRepository } from './members.repository.js';
import type { MemberDocument } from './members.schema.js';
import { MembersService } from './members.service.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `members_${ulid()}` }),
);
const index = new MemberIndexRepository(mongo);
const repository = new MembersRepository(mongo, index);
class StoppedClock extends MovableClock {
  passedMs = 0;
  override elapsed(): number {
    return this.passedMs;
  }
}
const clock = new StoppedClock();
const members = new MembersService(repository, clock);

beforeAll(async () => {
  await mongo.ready();
  await index.ensureIndexes();
  await repository.ensureIndexes();
});

afterAll(async () => {
  // Not dropped: the embedded database takes a minute over some thousand documents, and all is thrown away with its folder.
  await mongo.onModuleDestroy();
});

function aMember(scope: Scope, given: Partial<MemberDocument> = {}): MemberDocument {
  return { ...members.newMember(scope, ulid(), { language: 'es', zone: 'Europe/Madrid' }), ...given };
}

const insert = async (one: MemberDocument) => mongo.transact((session) => repository.insert(one, session));

async function insertAll(given: readonly MemberDocument[]): Promise<boolean[]> {
  return Promise.all(
    given.map((one) =>
      insert(one).then(
        () => true,
        (error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
          return false;
        },
      ),
    ),
  );
}

const wantedOf = (search: string) => ({ words: searchWordsOf(search), ids: [], card: search });

const namesOf = async (scope: Scope, search: string): Promise<(string | null)[]> =>
  (await repository.search(scope, wantedOf(search), null, 100)).items.map(({ name }) => name);

test('A1 of twenty who take one alias at once, in whatever case, one has it; in another program it is free', async () => {
  const [scope, other] = [scopeOf(ulid()), scopeOf(ulid())];
  const wanted = Array.from({ length: 20 }, (_, n) => aMember(scope, { alias: n % 2 === 0 ? 'Ana Sol' : 'ANA SOL' }));
  expect((await insertAll(wanted)).filter(Boolean)).toHaveLength(1);
  expect(await insertAll([aMember(other, { alias: 'Ana Sol' })])).toEqual([true]);
  // Whoever has none is in nobody's way.
  expect(await insertAll([aMember(scope), aMember(scope)])).toEqual([true, true]);
});

test('A1 of twenty members of one login at once there is one', async () => {
  const scope = scopeOf(ulid());
  const user = ulid();
  const made = await insertAll(Array.from({ length: 20 }, () => aMember(scope, { user })));
  expect(made.filter(Boolean)).toHaveLength(1);
});

test('I1 twenty who ask at once for a member’s code are told the same one', async () => {
  const scope = scopeOf(ulid());
  const member = aMember(scope);
  await insert(member);
  const codes = await Promise.all(Array.from({ length: 20 }, () => members.inviteCodeOf(scope, member)));
  expect(new Set(codes).size).toBe(1);
  expect(codes[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  expect((await members.findByInviteCode(scope, codes[0]?.toLowerCase() ?? ''))?._id).toBe(member._id);
  expect(await members.findByInviteCode(scopeOf(ulid()), codes[0] ?? '')).toBeNull();
});

test('members are found by the beginnings of the words of name or alias, all of them, without accents', async () => {
  const scope = scopeOf(ulid());
  for (const [name, alias] of [
    ['Lucía Peña', 'Luna clara'],
    ['Lucas Núñez', null],
    ['Ana (O.) [Lu]', null],
  ] as const)
    await insert(aMember(scope, { name, alias }));
  expect(await namesOf(scope, 'lucia')).toEqual(['Lucía Peña']);
  expect((await namesOf(scope, 'LÚ')).sort()).toEqual(['Ana (O.) [Lu]', 'Lucas Núñez', 'Lucía Peña']);
  expect(await namesOf(scope, 'pe luc')).toEqual(['Lucía Peña']);
  expect(await namesOf(scope, 'clara peña')).toEqual(['Lucía Peña']);
  // The middle of a word is no beginning, and signs mean nothing.
  expect(await namesOf(scope, 'ucia')).toEqual([]);
  expect(await namesOf(scope, '.*')).toEqual([]);
  expect(await namesOf(scopeOf(ulid()), 'lucia')).toEqual([]);
});

test('a changed name is found by the new words and no longer by the old', async () => {
  const scope = scopeOf(ulid());
  const member = aMember(scope, { name: 'Lucía', alias: 'Luz' });
  await insert(member);
  await repository.update(scope, member, { name: 'Begoña' });
  expect([await namesOf(scope, 'bego'), await namesOf(scope, 'lucia'), await namesOf(scope, 'luz')]).toEqual([
    ['Begoña'],
    [],
    ['Begoña'],
  ]);
  await repository.update(scope, { ...member, name: 'Begoña' }, { alias: null });
  expect(await namesOf(scope, 'luz')).toEqual([]);
  expect(await insertAll([aMember(scope, { alias: 'Luz' })])).toEqual([true]);
});

test('pages follow one another, the newest first, and say how many there are', async () => {
  const scope = scopeOf(ulid());
  for (let n = 0; n < 7; n += 1) await insert(aMember(scope, { _id: ulid(n + 1), name: `Ana ${n}` }));
  const wanted = wantedOf('ana');
  const first = await repository.search(scope, wanted, null, 4);
  const second = await repository.search(scope, wanted, first.items.at(-1)?._id ?? null, 4);
  expect([first, second].map(({ items, total }) => [items.map(({ name }) => name), total])).toEqual([
    [['Ana 6', 'Ana 5', 'Ana 4', 'Ana 3'], 7],
    [['Ana 2', 'Ana 1', 'Ana 0'], 7],
  ]);
});

test('members written before these fields came read as they were, and are found after the next start', async () => {
  const scope = scopeOf(ulid());
  const old = {
    _id: ulid(),
    program: scope.program,
    shard: 1,
    user: null,
    language: 'es' as const,
    zone: 'Europe/Madrid',
  };
  const twin = { ...old, _id: ulid(), name: 'Lucía Dos', alias: 'LUZ', joinedAt: new Date(1) };
  await mongo
    .collection<{ _id: string }>('members')
    .insertMany([{ ...old, name: 'Lucía Peña', alias: 'Luz', joinedAt: new Date(0) } as { _id: string }, twin]);
  expect(await repository.findById(scope, old._id)).toMatchObject({
    enrolment: 'enrolled',
    boards: 'alias',
    invitedBy: null,
  });
  for (const migrate of Object.values(repository.migrations)) await migrate();
  expect((await namesOf(scope, 'lucia')).sort()).toEqual(['Lucía Dos', 'Lucía Peña']);
  // Both keep the alias that they share; nobody else can take it.
  expect(await insertAll([aMember(scope, { alias: 'luz' })])).toEqual([false]);
});

test('A1 an id that stands from before with its accents apart is found by the composed one; no second member is made', async () => {
  const scope = scopeOf(ulid());
  const [apart, whole, both] = ['Pen\u0303a-1', 'Peña-1', 'Åsa'];
  // As they were claimed when an id was the letters that were sent.
  const asBefore = async (externalId: string): Promise<string> => {
    const text = `${scope.program}\u0000\u0000${externalId}`;
    const _id = createHash('sha256').update(text, 'utf8').digest('base64url');
    const member = ulid();
    await repository.claimExternalIds(scope, [{ _id, program: scope.program, brand: null, externalId, member }]);
    await repository.ensure(scope, [aMember(scope, { _id: member })]);
    return member;
  };
  const kept = await asBefore(apart);
  const [first, second] = [await asBefore(both.normalize('NFC')), await asBefore(both.normalize('NFD'))];
  expect(second).not.toBe(first);
  for (const service of [members, new MembersService(repository, new MovableClock())]) {
    const defaults = { language: 'es', zone: 'Europe/Madrid' } as const;
    const resolved = await service.resolveExternalIds(scope, null, [whole, both, 'Ñu'], defaults);
    expect([resolved.get(whole), resolved.get(both)]).toEqual([kept, first]);
    expect([...(await service.findExternalIds(scope, null, [whole, both])).values()]).toEqual([kept, first]);
    expect((await service.find(scope, `ext:${whole}`))._id).toBe(kept);
    expect((await service.find(scope, `ext:${both}`))._id).toBe(first);
    expect((await service.find(scope, 'ext:Ñu'))._id).toBe(resolved.get('Ñu'));
  }
  expect(await mongo.collection('externalIds').countDocuments({ program: scope.program })).toBe(4);
});

test('#19 lookalike aliases of before stay with both, each is found by its own, and no third comes', async () => {
  const scope = scopeOf(ulid());
  const [first, second, alone] = [ulid(1), ulid(2), ulid(3)].map((_id) => aMember(scope, { _id }));
  if (!first || !second || !alone) throw new Error('There are three.');
  // As they stood when an alias was compared with its accents.
  const asBefore = (one: MemberDocument, alias: string) => ({ ...one, alias, aliasKey: alias.toLowerCase() });
  await mongo
    .collection<{ _id: string }>('members')
    .insertMany([asBefore(first, 'Lucía H.'), asBefore(second, 'Lucia H'), asBefore(alone, 'Sol')]);
  for (const starts of ['the first', 'the second']) {
    for (const migrate of Object.values(repository.migrations)) await migrate();
    for (const [alias, one] of [
      ['lucía h.', first],
      ['LUCIA H', second],
      // What is neither to the letter reads like the first.
      ['Lucia-H', first],
      ['s o l', alone],
    ] as const)
      expect([starts, alias, (await repository.findByAlias(scope, alias))?._id]).toEqual([starts, alias, one._id]);
  }
  expect(await insertAll([aMember(scope, { alias: 'lucia h.' }), aMember(scope, { alias: 'SÓL' })])).toEqual([
    false,
    false,
  ]);
  // Whoever saves its own again keeps it, and a name of its own beside.
  const stored = await repository.findById(scope, second._id);
  if (stored === null) throw new Error('It is there.');
  expect(await repository.update(scope, stored, { alias: 'Lucia H', name: 'Lucía Hernández' })).toBe(true);
  expect((await repository.findByAlias(scope, 'Lucia H'))?._id).toBe(second._id);
});

test('#19 of twenty who take aliases that read the same at once one has it', async () => {
  const scope = scopeOf(ulid());
  const ways = ['Lucía H.', 'lucia h', 'LUCÍA-H', 'Lucia·H'];
  const wanted = Array.from({ length: 20 }, (_, n) => aMember(scope, { alias: ways[n % ways.length] ?? '' }));
  expect((await insertAll(wanted)).filter(Boolean)).toHaveLength(1);
});

test('#2 A6 twenty who ask at once for what a member shows at the till are told the same code, which finds it', async () => {
  const scope = scopeOf(ulid());
  const member = aMember(scope);
  await insert(member);
  const codes = await Promise.all(Array.from({ length: 20 }, () => members.memberCodeOf(scope, member)));
  expect(new Set(codes).size).toBe(1);
  const [code = ''] = codes;
  expect(z.safeParse(MemberCode, code).success).toBe(true);
  expect((await members.find(scope, `code:${groupedCode(code)}`))._id).toBe(member._id);
  await expect(members.find(scopeOf(ulid()), `code:${code}`)).rejects.toMatchObject({ code: 'member.notFound' });
});

test('#2 A6 a code that another member has is drawn again, also in one moment', async () => {
  const scope = scopeOf(ulid());
  const pair = [aMember(scope), aMember(scope)];
  for (const one of pair) await insert(one);
  const code = memberCodeOf(0);
  const given = await Promise.allSettled(pair.map(({ _id }) => repository.ensureCode(scope, _id, 'memberCode', code)));
  const refused = given.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused.map(isDuplicateKey)).toEqual([true]);
  const codes = await Promise.all(
    pair.map(async ({ _id }) => members.memberCodeOf(scope, await members.find(scope, _id))),
  );
  expect(codes).toContain(code);
  expect(new Set(codes).size).toBe(2);
});

test('A1 a card that was taken away or given elsewhere is read anew within seconds, also where it was known', async () => {
  const scope = scopeOf(ulid());
  const defaults = { language: 'es', zone: 'Europe/Madrid' } as const;
  const before = (await members.resolveExternalIds(scope, null, ['1808'], defaults)).get('1808');
  const card = await members.findCard(scope, null, '1808');
  if (card === null) throw new Error('It is there.');
  await mongo.transact(async (session) => {
    expect(await repository.deleteExternalId({ ...card, member: ulid() }, session)).toBe(false);
    expect(await repository.deleteExternalId(card, session)).toBe(true);
  });
  // Another node took it away: this one is not told, and does not believe its memory for long.
  expect([...(await members.findExternalIds(scope, null, ['1808'])).values()]).toEqual([before]);
  clock.passedMs += 5_000;
  expect((await members.findExternalIds(scope, null, ['1808'])).size).toBe(0);
  const after = (await members.resolveExternalIds(scope, null, ['1808'], defaults)).get('1808');
  expect(after).not.toBe(before);
});

test('#11 B1 whom a login, an alias or a code names is found by an index, also where there was one of the former kind', async () => {
  const stored = mongo.collection('members');
  const indexes = async () => (await stored.listIndexes().toArray()).map(({ name }) => String(name));
  await stored.dropIndex('those_with_user');
  await stored.createIndex(
    { program: 1, user: 1 },
    { unique: true, partialFilterExpression: { user: { $type: 'string' } } },
  );
  await repository.ensureIndexes();
  expect(await indexes()).not.toContain('program_1_user_1');
  for (const field of ['user', 'aliasKey', 'inviteCode', 'memberCode', 'endedUser']) {
    const plan: unknown = await stored.find({ program: 'p', [field]: 'x' }).explain();
    expect(JSON.stringify(plan)).toContain(`"indexName":"those_with_${field}"`);
  }
});

test('#11 B1 members that come at once, on two nodes and in part twice, are numbered without a gap', async () => {
  const scope = scopeOf(ulid());
  const nodes = [repository, new MembersRepository(mongo, index)];
  const wanted = Array.from({ length: 60 }, () => aMember(scope));
  await Promise.all([
    ...wanted.map(async (_, n) => nodes[n % 2]?.ensure(scope, wanted.slice(n, n + 3))),
    ...Array.from({ length: 5 }, async () => insert(aMember(scope, { name: 'Ana' }))),
    insertAll(Array.from({ length: 5 }, () => aMember(scope, { alias: 'Sol' }))),
  ]);
  const numbers = (await mongo.collection('members').find({ program: scope.program }).toArray()).map((one) =>
    Number(one['number']),
  );
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 66 }, (_, n) => n + 1));
  expect(await repository.count(scope)).toBe(66);
});

test('#11 B1 pages and whole walks pass over whom was joined to another, and miss nobody', async () => {
  const scope = scopeOf(ulid());
  const all = Array.from({ length: 40 }, (_, n) => aMember(scope, { _id: ulid(n + 1), name: `Ana ${n}` }));
  await repository.ensure(scope, all);
  const ended = all.slice(5, 33);
  for (const one of ended)
    await mongo.transact((session) =>
      repository.update(scope, one, { closedInto: all[0]?._id ?? null, enrolment: 'left' }, session),
    );
  const left = all.filter((one) => !ended.includes(one)).map(({ _id }) => _id);
  const walked: string[] = [];
  for (let before: string | null = null; ;) {
    const page: MemberDocument[] = await repository.newest(scope, before, 5);
    walked.push(...page.map(({ _id }) => _id));
    before = page.at(-1)?._id ?? null;
    if (page.length < 5) break;
  }
  expect(walked).toEqual(left.toReversed());
  expect(await repository.count(scope)).toBe(left.length);
  expect((await repository.search(scope, wantedOf('an'), null, 3)).total).toBe(left.length);
  const listed: string[] = [];
  for (let after: string | null = null; ; after = listed.at(-1) ?? null) {
    const page: MemberDocument[] = await repository.list(scope, after, 7);
    listed.push(...page.map(({ _id }) => _id));
    if (page.length < 7) break;
  }
  expect(listed).toEqual(all.map(({ _id }) => _id));
  expect([await repository.list(scope, ulid(), 7), await repository.newest(scope, ulid(), 7)]).toEqual([[], []]);
});

test('#36 the beginning of a card finds whose it is, beside the words; one sign begins too many', async () => {
  const scope = scopeOf(ulid());
  const defaults = { language: 'es', zone: 'Europe/Madrid' } as const;
  const made = await members.resolveExternalIds(scope, null, ['1808', '1899', '9018'], defaults);
  await insert(aMember(scope, { name: 'Calle 18' }));
  const found = async (search: string) => (await repository.search(scope, wantedOf(search), null, 9)).items.length;
  expect([await found('18'), await found('180'), await found('1')]).toEqual([3, 1, 1]);
  expect((await repository.search(scope, wantedOf('180'), null, 9)).items[0]?._id).toBe(made.get('1808'));
  // Signs mean themselves.
  expect(await found('.*')).toBe(0);
});

test('#11 B1 what staff look for is read from where to where: of a thousand members no more than what is shown', async () => {
  const scope = scopeOf(ulid());
  const { program } = scope;
  const all = Array.from({ length: 1_000 }, (_, n) => aMember(scope, { name: `Ana ${n}`, alias: `a${n}` }));
  await repository.ensure(scope, all);
  const one = all[7]?._id ?? '';
  const read: [string, Record<string, unknown>, number][] = [
    ['members', { program, number: { $gt: 950, $lte: 1_000 } }, 50],
    ['members', { program, closedInto: one }, 1],
    ['members', { _id: { $in: [one] }, program }, 1],
    ['memberWords', { program, word: { $gte: 'a19', $lt: 'a2' } }, 111],
    ['memberWords', { program, member: one }, 3],
    ['externalIds', { program, externalId: { $gte: 'a', $lt: 'b' } }, 1],
  ];
  for (const [name, filter, examined] of read) {
    const plan = (await mongo.collection(name).find(filter).explain()) as {
      executionStats: { totalDocsExamined: number };
    };
    expect([name, filter, plan.executionStats.totalDocsExamined <= examined]).toEqual([name, filter, true]);
  }
});

test('#11 B1 of two who rename at once, each what it is called by others or by itself, both names find it', async () => {
  const scope = scopeOf(ulid());
  const member = aMember(scope, { name: 'Lucía', alias: 'Luz' });
  await insert(member);
  await Promise.all([
    repository.update(scope, member, { name: 'Begoña' }),
    repository.update(scope, member, { alias: 'Estrella' }),
  ]);
  expect([await namesOf(scope, 'bego'), await namesOf(scope, 'estre'), await namesOf(scope, 'lu')]).toEqual([
    ['Begoña'],
    ['Begoña'],
    [],
  ]);
});
