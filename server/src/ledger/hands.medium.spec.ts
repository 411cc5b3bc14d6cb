import { ulid } from 'ulid';
import type { MembersService } from '#members/members.service.js';
import { MovableClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import type { ProgramsService } from '#programs/programs.service.js';
import { HandsRepository } from './hands.repository.js';
import { COMMANDS, HandsService } from './hands.service.js';
import type { JournalEntry } from './journal-entry.js';
import type { LedgerService } from './ledger.service.js';
import { GivesMore, type Outcome, type Submission } from './submission.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `hands_${ulid()}` }),
);
const repository = new HandsRepository(mongo);
const today = { by: 'noa', day: '2026-11-20' };
const tomorrow = { by: 'noa', day: '2026-11-21' };
const limitOf = (currency: string): number => (currency === 'sellos' ? 5 : 1_000);

beforeAll(async () => {
  await mongo.ready();
  await repository.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

function take(scope: Scope, puntos: number, { entry = ulid(), day = today, sellos = 0 } = {}) {
  return repository.take(scope, entry, day, sellos === 0 ? { puntos } : { puntos, sellos }, limitOf);
}

test('M3 of six at one moment as many pass as one after another would, not one more', async () => {
  const scope = scopeOf(ulid());
  const answers = await Promise.all(Array.from({ length: 6 }, () => take(scope, 300)));
  expect(answers.filter((one) => one === null)).toHaveLength(3);
  expect(answers.filter((one) => one !== null)).toEqual(Array(3).fill({ currency: 'puntos', left: 100 }));
  expect(await take(scope, 100)).toBeNull();
  expect(await take(scope, 1)).toEqual({ currency: 'puntos', left: 0 });
});

test('M3 each person, currency, day and program counts for itself, and what is too much of one counts for none', async () => {
  const scope = scopeOf(ulid());
  expect(await take(scope, 600, { sellos: 4 })).toBeNull();
  expect(await take(scope, 100, { sellos: 2 })).toEqual({ currency: 'sellos', left: 1 });
  expect(await take(scope, 400, { sellos: 1 })).toBeNull();
  expect(await take(scope, 1_000, { day: { ...today, by: 'ana' } })).toBeNull();
  expect(await take(scope, 1_000, { day: tomorrow })).toBeNull();
  expect(await take(scopeOf(ulid()), 1_000)).toBeNull();
});

test('M3 the same entry counts once: after a crash, at the same moment, and with more than was thought', async () => {
  const scope = scopeOf(ulid());
  const entry = ulid();
  await Promise.all([1, 2, 3].map(async () => expect(await take(scope, 600, { entry })).toBeNull()));
  expect(await take(scope, 600, { entry })).toBeNull();
  expect(await take(scope, 700, { entry })).toBeNull();
  expect(await take(scope, 1_001, { entry })).toEqual({ currency: 'puntos', left: 1_000 });
  expect(await take(scope, 301)).toEqual({ currency: 'puntos', left: 300 });
  // Counted on one day and booked on the next: it counts there, and no more here.
  expect(await take(scope, 700, { entry, day: tomorrow })).toBeNull();
  expect(await take(scope, 1_000)).toBeNull();
  expect(await take(scope, 301, { day: tomorrow })).toEqual({ currency: 'puntos', left: 300 });
});

test('M3 what is taken back on its day may be given again, once and only as far as it was', async () => {
  const scope = scopeOf(ulid());
  const entry = ulid();
  expect(await take(scope, 1_000, { entry })).toBeNull();
  await repository.giveBack(scope, entry, tomorrow.day, { puntos: 1_000 });
  expect(await take(scope, 1)).toEqual({ currency: 'puntos', left: 0 });
  await Promise.all([1, 2, 3].map(() => repository.giveBack(scope, entry, today.day, { puntos: 600 })));
  expect(await take(scope, 601)).toEqual({ currency: 'puntos', left: 600 });
  await repository.giveBack(scope, ulid(), today.day, { puntos: 600 });
  expect(await take(scope, 600)).toBeNull();
});

/** Stands for the ledger: books a key once, and nothing that gives more than it may. */
class Books {
  gives = 300;
  dies = false;
  readonly booked: string[] = [];

  async submit({ entryId, most = {} }: Submission): Promise<Outcome> {
    const entry = { _id: entryId } as JournalEntry;
    if (this.booked.includes(entryId)) return { kind: 'replayed', entry };
    if (this.gives > (most['puntos'] ?? 0)) return { kind: 'refused', refusal: new GivesMore({ puntos: this.gives }) };
    if (this.dies) throw new Error('killed');
    this.booked.push(entryId);
    return { kind: 'accepted', entry };
  }
}

function handsOf(books: Books): HandsService {
  const currencies = new Map([['puntos', { definition: { approveAbove: 1_000 } }]]);
  return new HandsService(
    repository,
    books as unknown as LedgerService,
    { find: () => Promise.resolve({ user: 'ana' }) } as unknown as MembersService,
    { inForce: () => Promise.resolve({ currencies, zone: 'Europe/Madrid' }) } as unknown as ProgramsService,
    new MovableClock(),
  );
}

function submission(scope: Scope, entryId = ulid()): Submission {
  return { scope, member: 'lucia', entryId, activity: { type: 'purchase' } } as Submission;
}

test('M3 who dies between counting and booking has lost nothing: the same key books it, and it counts once', async () => {
  const scope = scopeOf(ulid());
  const books = new Books();
  const hands = handsOf(books);
  const sent = submission(scope);
  books.dies = true;
  await expect(hands.submit('noa', sent)).rejects.toThrow('killed');
  books.dies = false;
  expect(await hands.submit('noa', sent)).toMatchObject({ kind: 'accepted' });
  expect(await hands.submit('noa', sent)).toMatchObject({ kind: 'replayed' });
  books.gives = 700;
  expect(await hands.submit('noa', submission(scope))).toMatchObject({ kind: 'accepted' });
  books.gives = 1;
  expect(await hands.submit('noa', submission(scope))).toMatchObject({
    kind: 'refused',
    refusal: { code: 'adjustment.limit', params: { currency: 'puntos', amount: 1, limit: 1_000, left: 0 } },
  });
  expect(books.booked).toHaveLength(2);
});

test('M3 what comes to give more while it is counted is counted again, and beyond the limit it is not booked', async () => {
  const scope = scopeOf(ulid());
  let asked = 0;
  class Rising extends Books {
    override async submit(one: Submission): Promise<Outcome> {
      this.gives = [300, 600, 1_200][asked] ?? 0;
      asked += 1;
      return super.submit(one);
    }
  }
  const books = new Rising();
  expect(await handsOf(books).submit('noa', submission(scope))).toMatchObject({
    refusal: { code: 'adjustment.limit' },
  });
  expect([asked, books.booked]).toEqual([3, []]);
});

test('M3 to its own member nobody gives by hand; the commands of this machine are nobody’s member', async () => {
  const books = new Books();
  const own = { kind: 'refused', refusal: { code: 'adjustment.ownMember' } };
  expect(await handsOf(books).submit('ana', submission(scopeOf(ulid())))).toMatchObject(own);
  expect(await handsOf(books).submit(COMMANDS, submission(scopeOf(ulid())))).toMatchObject({ kind: 'accepted' });
});
