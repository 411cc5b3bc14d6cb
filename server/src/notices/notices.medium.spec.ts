import { ulid } from 'ulid';
import { MovableClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { NoticeOutboxRepository } from './notice-outbox.repository.js';
import { NoticeRelay, type RelayPorts } from './notice-relay.js';
import type { NoticeRecipient } from './notice-source.port.js';
import { NoticesRepository } from './notices.repository.js';
import type { NoticeDocument, NoticeOutboxRow } from './notices.schema.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `notices_${ulid()}` }),
);
const outbox = new NoticeOutboxRepository(mongo);
const notices = new NoticesRepository(mongo);
const clock = new MovableClock();

beforeAll(async () => {
  await mongo.ready();
  await outbox.ensureIndexes();
  await notices.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

/** More than are told in one transaction. */
const people = (count: number): string[] => Array.from({ length: count }, () => ulid());

async function announce(program: string, subject: string): Promise<NoticeOutboxRow> {
  const row = { _id: ulid(), program, kind: 'post', subject, isChange: false, at: new Date(clock.now()) };
  await mongo.transact((session) => outbox.insert(row, session));
  return row;
}

function portsFor(members: readonly string[], ports: Partial<RelayPorts> = {}): RelayPorts {
  const recipients = members.map((member): NoticeRecipient => ({ member, reason: 'watched', group: 'g' }));
  return { source: () => ({ recipientsOf: () => Promise.resolve(recipients) }), told: () => undefined, ...ports };
}

const relayOf = (repository = notices, rows = outbox) => new NoticeRelay(rows, repository, mongo, clock);

async function untilNothingWaits(): Promise<void> {
  while ((await outbox.listWaiting(1)).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What each of these was told, by number. */
async function told(program: string, member: string): Promise<[q: number, subject: string][]> {
  const found = await notices.list(scopeOf(program), member, 1, 1_000);
  return found.toReversed().map(({ q, subject }: NoticeDocument) => [q, subject]);
}

/** Dies at the given step, like a process that is killed: whatever comes later does not happen. */
class Dying extends NoticesRepository {
  adds = 0;

  constructor(private readonly dies: (adds: number) => 'before' | 'after' | null) {
    super(mongo);
  }

  override async add(row: NoticeOutboxRow, recipients: readonly NoticeRecipient[], session: Session): Promise<void> {
    this.adds += 1;
    const dies = this.dies(this.adds);
    if (dies === 'before') throw new Error('killed');
    await super.add(row, recipients, session);
    if (dies === 'after') throw new Error('killed');
  }
}

class Forgetful extends NoticeOutboxRepository {
  override remove(): Promise<void> {
    return Promise.reject(new Error('killed'));
  }
}

test.each(['before', 'after'] as const)(
  'FB7 a relay that dies in the second of three parts (%s it wrote) has told nobody twice and, once it is back, nobody not',
  async (when) => {
    const [program, members] = [ulid(), people(120)];
    const dying = relayOf(new Dying((adds) => (adds >= 2 ? when : null)));
    await announce(program, 'uno');
    dying.start(portsFor(members));
    const [first = '', , last = ''] = [members[0], null, members[119]];
    while ((await told(program, first)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await dying.stop();
    expect(await told(program, last)).toEqual([]);
    expect(await outbox.listWaiting(5)).toHaveLength(1);
    const back = relayOf();
    back.start(portsFor(members));
    await untilNothingWaits();
    await back.stop();
    for (const member of members) expect(await told(program, member)).toEqual([[1, 'uno']]);
  },
);

test('FB7 a relay that dies before it drops the row has told everybody, once', async () => {
  const [program, members] = [ulid(), people(3)];
  const heard: string[] = [];
  const dying = relayOf(notices, new Forgetful(mongo));
  await announce(program, 'uno');
  dying.start(portsFor(members, { told: (some) => heard.push(...some) }));
  while (heard.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  await dying.stop();
  await announce(program, 'dos');
  const back = relayOf();
  back.start(portsFor(members));
  await untilNothingWaits();
  await back.stop();
  for (const member of members)
    expect(await told(program, member)).toEqual([
      [1, 'uno'],
      [2, 'dos'],
    ]);
});

test('FB7 two nodes that relay the same at once tell each person once, in numbers without a gap', async () => {
  const [program, members] = [ulid(), people(60)];
  const subjects = ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis'];
  for (const subject of subjects) await announce(program, subject);
  const nodes = [relayOf(), relayOf()];
  for (const node of nodes) node.start(portsFor(members));
  await untilNothingWaits();
  for (const node of nodes) await node.stop();
  for (const member of members) {
    const found = await told(program, member);
    expect(found.map(([q]) => q)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(found.map(([, subject]) => subject))).toEqual(new Set(subjects));
  }
});

test('FB7 what nobody can be asked about keeps nothing else from being told', async () => {
  const [program, members] = [ulid(), people(1)];
  const stuck = await announce(program, 'sin fuente');
  const row = await announce(program, 'uno');
  const relay = relayOf();
  const recipients = portsFor(members);
  relay.start({
    ...recipients,
    source: (kind) => ({
      recipientsOf: async (scope, announced) => {
        if (announced.subject === stuck.subject) throw new Error('Nobody knows.');
        return recipients.source(kind).recipientsOf(scope, announced);
      },
    }),
  });
  while ((await told(program, members[0] ?? '')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await relay.stop();
  expect((await outbox.listWaiting(5)).map(({ _id }) => _id)).not.toContain(row._id);
  await outbox.remove(stuck._id);
});
