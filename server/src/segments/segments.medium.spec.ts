import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { SegmentsRepository } from './segments.repository.js';
import type { SegmentDocument } from './segments.schema.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `segments_${ulid()}` }),
);
const repository = new SegmentsRepository(mongo);

async function aList(program: string, slug: string): Promise<SegmentDocument> {
  const list: SegmentDocument = {
    ...{ _id: ulid(), program, slug, name: { es: slug }, kind: 'list', condition: null },
    ...{ size: 0, lastNumber: 0, createdAt: new Date(), archivedAt: null },
  };
  await mongo.transact((session) => repository.insert(list, session));
  return list;
}
const add = ({ program, _id }: SegmentDocument, members: readonly string[]) =>
  mongo.transact(async (session) => {
    const list = await repository.find(scopeOf(program), _id, session);
    if (list === null) throw new Error('There is no such list.');
    return repository.add(scopeOf(program), list, members, new Date(), session);
  });
const members = (count: number) => Array.from({ length: count }, () => ulid());

beforeAll(async () => {
  await mongo.ready();
  await repository.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

test('#2 nobody stands on a list twice, whoever adds at once, and its size is how many stand there', async () => {
  const list = await aList(ulid(), 'prensa');
  const [ana, luz, eva] = members(3);
  const both = [
    [ana, luz],
    [luz, eva],
  ] as string[][];
  const done = await Promise.all([...both, ...both].map((some) => add(list, some)));
  expect(done.flatMap(({ added }) => added).toSorted()).toEqual([ana, luz, eva].toSorted());
  const scope = scopeOf(list.program);
  const stored = await repository.find(scope, list._id);
  expect(stored).toMatchObject({ size: 3, lastNumber: 3 });
  const listed = await repository.listMembers(scope, { ...list, ...stored }, null, 10);
  expect(listed.map(({ number }) => number)).toEqual([3, 2, 1]);
});

test('#2 a list is read by pages, whoever was added last first, whatever gaps there are', async () => {
  const list = await aList(ulid(), 'prensa');
  const scope = scopeOf(list.program);
  const all = members(30);
  const { list: full } = await add(list, all);
  const gone = all.filter((_, place) => place % 7 !== 0);
  const left = await mongo.transact((session) => repository.remove(scope, full, gone, session));
  expect(left).toMatchObject({ size: 5, lastNumber: 30 });
  const page = async (before: number | null) =>
    (await repository.listMembers(scope, { ...full, ...left }, before, 2)).map(({ number }) => number);
  expect([await page(null), await page(22), await page(8), await page(1)]).toEqual([[29, 22], [15, 8], [1], []]);
  expect(await mongo.transact((session) => repository.remove(scope, full, gone, session))).toBeNull();
});

test('#5 the lists of a member are those of the program that asks', async () => {
  const [here, there] = [ulid(), ulid()];
  const [one, other, elsewhere] = [await aList(here, 'una'), await aList(here, 'otra'), await aList(there, 'una')];
  const [ana = '', old = '', luz = ''] = members(3);
  await add(one, [ana]);
  await add(other, [old, luz]);
  await add(elsewhere, [luz]);
  expect(await repository.listsOf(scopeOf(here), [ana, old])).toEqual(new Set([one._id, other._id]));
  expect(await repository.listsOf(scopeOf(there), [ana])).toEqual(new Set());
});
