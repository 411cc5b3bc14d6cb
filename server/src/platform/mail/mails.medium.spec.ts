import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { MailDocument } from './mail.schema.js';
import { MailsRepository } from './mails.repository.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `mails_${ulid()}` }),
);
const mails = new MailsRepository(mongo);
const NOW = Date.now();

beforeAll(async () => {
  await mongo.ready();
  await mails.ensureIndexes();
});

afterEach(async () => {
  await mongo.collection('mails').deleteMany({});
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

async function aMail(given: Partial<MailDocument> = {}): Promise<MailDocument> {
  const mail: MailDocument = {
    _id: ulid(),
    program: null,
    to: 'ana@example.com',
    user: ulid(),
    language: 'es',
    fromName: 'Plaza',
    subject: 'Hola',
    text: 'Hola',
    holdsSecret: true,
    status: 'waiting',
    tries: 0,
    dueAt: new Date(NOW),
    createdAt: new Date(NOW),
    sentAt: null,
    error: null,
    ...given,
  };
  await mails.insert(mail);
  return mail;
}

const dueAt = (ms: number) => mails.listDue(new Date(ms));

test('of twenty nodes that saw a row exactly one takes it, and it is due again only later', async () => {
  const mail = await aMail();
  const taken = await Promise.all(Array.from({ length: 20 }, () => mails.take(mail, new Date(NOW + 120_000))));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await dueAt(NOW + 119_999)).toEqual([]);
  expect(await dueAt(NOW + 120_000)).toEqual([mail._id]);
});

test('a taker who comes back after another took over changes nothing any more', async () => {
  const mail = await aMail();
  await mails.take(mail, new Date(NOW));
  await mails.take({ ...mail, tries: 1 }, new Date(NOW + 120_000));
  await mails.finish(mail._id, 1, { status: 'failed', error: 'late' });
  expect(await dueAt(NOW + 120_000)).toEqual([mail._id]);
  await mails.finish(mail._id, 2, { status: 'sent', text: null });
  expect(await dueAt(NOW + 1_000_000)).toEqual([]);
});

test('the longest due goes first; what was sent, kept or given up is not due', async () => {
  const later = await aMail({ dueAt: new Date(NOW - 1_000) });
  const first = await aMail({ dueAt: new Date(NOW - 2_000) });
  for (const status of ['sent', 'kept', 'failed'] as const) await aMail({ status, dueAt: new Date(NOW - 9_000) });
  expect(await dueAt(NOW)).toEqual([first._id, later._id]);
  await mails.keepWaiting(new Date(NOW));
  expect(await dueAt(NOW)).toEqual([]);
});

test('a program’s mails are its own, newest first, page by page', async () => {
  const [one, other] = [scopeOf(ulid()), scopeOf(ulid())];
  const made: string[] = [];
  for (let n = 0; n < 5; n += 1) made.push((await aMail({ _id: ulid(NOW + n), program: one.program }))._id);
  await aMail({ program: other.program });
  await aMail();
  const ids = async (below: string | null) => (await mails.list(one, below, 3)).map(({ _id }) => _id);
  const newestFirst = [...made].reverse();
  expect(await ids(null)).toEqual(newestFirst.slice(0, 3));
  expect(await ids(newestFirst[2] ?? null)).toEqual(newestFirst.slice(3));
});

test('trouble is a mail given up lately, one that is tried again, or one that nobody takes', async () => {
  const trouble = () => mails.findTrouble(new Date(NOW - 3_600_000), new Date(NOW - 240_000));
  await aMail();
  await aMail({ status: 'failed', dueAt: new Date(NOW - 4_000_000) });
  expect(await trouble()).toEqual({ isFailing: false, isStalled: false });
  await aMail({ dueAt: new Date(NOW - 300_000) });
  expect(await trouble()).toEqual({ isFailing: false, isStalled: true });
  await aMail({ tries: 2, dueAt: new Date(NOW + 60_000) });
  expect(await trouble()).toEqual({ isFailing: true, isStalled: true });
});
