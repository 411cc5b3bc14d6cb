import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { ToldDocument } from './forums.schema.js';
import { ToldRepository } from './told.repository.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `told_${ulid()}` }),
);
const repository = new ToldRepository(mongo);

beforeAll(async () => {
  await mongo.ready();
  await repository.ensureIndexes();
});
afterAll(() => mongo.onModuleDestroy());

const day = (of: number): Date => new Date(Date.UTC(2026, 10, of));

async function told(program: string, given: Partial<ToldDocument>[]): Promise<void> {
  const documents = given.map((one): ToldDocument => {
    const post = ulid();
    const unsaid = { thread: ulid(), post, type: 'forum.reaction', member: 'ana', other: 'beto' } as const;
    const rest = { attributes: {}, times: 1, stands: true, at: day(10) };
    return { _id: `forum.reaction|${post}|beto`, program, ...unsaid, ...rest, ...one };
  });
  await mongo.collection<ToldDocument>('forumTold').insertMany(documents);
}

test('#68 what stands and is from one member to another is read, of this program and between two moments', async () => {
  const program = ulid();
  await told(program, [
    { at: day(2) },
    { type: 'forum.accepted', other: 'clara', at: day(3) },
    { stands: false },
    { type: 'forum.reply', other: null },
    { at: day(1) },
    { at: day(11) },
  ]);
  await told(ulid(), [{}]);
  expect(await repository.listGiven(scopeOf(program), day(2), day(10), 10)).toEqual({
    given: [
      { from: 'clara', to: 'ana', at: day(3) },
      { from: 'beto', to: 'ana', at: day(2) },
    ],
    from: day(2),
    isCut: false,
  });
});

test('#68 of more than can be looked at the latest is, and it says since when', async () => {
  const program = ulid();
  const days = [3, 4, 5, 6];
  await told(
    program,
    days.map((of) => ({ at: day(of) })),
  );
  const read = (max: number) => repository.listGiven(scopeOf(program), day(1), day(10), max);
  expect(await read(4)).toMatchObject({ from: day(1), isCut: false });
  const { given, ...rest } = await read(2);
  expect(rest).toEqual({ from: day(5), isCut: true });
  expect(given.map(({ at }) => at)).toEqual([day(6), day(5)]);
});
