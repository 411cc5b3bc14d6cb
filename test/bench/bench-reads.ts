import { recordActivities } from '@verbena/shared/activities/activities.routes.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { getMember, joinProgram, listMembers } from '@verbena/shared/members/members.routes.js';
import { getBoard } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { adjustPoints, sendPoints } from '@verbena/shared/points/points.routes.js';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { MovableClock } from '@verbena/server/platform/clock/clock.js';
import { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { MemberIndexRepository } from '@verbena/server/members/member-index.repository.js';
import { MembersRepository } from '@verbena/server/members/members.repository.js';
import { hashExternalId, MembersService } from '@verbena/server/members/members.service.js';

import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call, type Caller } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer } from '#support/test-server.js';
import { ulid } from 'ulid';
import { AS_IN_PRODUCTION, type StoreAddresses } from './bench-http.js';
import { percentile } from './measure.js';

const BATCH = 100;
const READS = 60;
const FIRST = ['Lucía', 'Marcos', 'Begoña', 'Iñaki', 'Noa', 'Ximena', 'Andrés', 'Concepción', 'Hugo', 'Alba'] as const;

/**
 * What people read or do in a program of so many members, one request at a time, over HTTP: how long half of them and nineteen of
 * twenty wait. Reported, without a floor.
 */
export async function benchReads({ mongodbUri, redisUrl }: StoreAddresses, members: number): Promise<void> {
  const server = await startServer({
    mongodbUri,
    redisUrl,
    env: { ...AS_IN_PRODUCTION, VERBENA_RATE_LIMITS: 'off', VERBENA_TEST: '1' },
  });
  try {
    const [puntos, ...others] = shoppingCentre.currencies;
    const definitions = {
      ...shoppingCentre,
      currencies: [{ ...puntos, transfer: { perGift: 50, perDay: 5_000 } }, ...others],
    } as typeof shoppingCentre;
    const story = await Story.begin(server, { program: { definitions, joining: 'open' } });
    console.log(
      `\nReads: a program of ${members} members, each with a purchase, ${READS} requests each, one after another`,
    );
    await fill(server.database, mongodbUri, story, members);
    const owner = await story.person('owner');
    const { caller } = owner;
    const params = { program: story.slug };
    const found = (search?: string, after?: string) =>
      call(caller, listMembers, {
        params,
        query: { ...(search === undefined ? {} : { search }), ...(after === undefined ? {} : { after }) },
      });
    await row('members, the newest', () => found());
    let after = (await found()).next;
    await row('members, page after page', async () => {
      after = (await found(undefined, after ?? undefined)).next;
    });
    await row('members, by a whole word', (n) => found(`apellido${n}`));
    await row('members, by three letters', (n) => found(FIRST[n % FIRST.length]?.slice(0, 3)));
    await row('members, by a first name and the beginning of a second', (n) =>
      found(`${FIRST[n % FIRST.length]} apellido${n}`),
    );
    await row('members, by the beginning of a card', (n) => found(`ficha-${n}`));
    const [one] = (await found('apellido7')).items;
    await row('a member', () => call(caller, getMember, { params: { ...params, member: one?.id ?? '' } }));
    await row('the log of changes', () => call(caller, listAuditEntries, { params }));
    const elsewhere = await Story.begin(server);
    const newcomers: Person[] = [];
    for (let n = 0; n < READS; n += 1) newcomers.push(await elsewhere.person());
    await row('joining, with an alias', (n) => join(story, newcomers[n]?.caller ?? caller, `Nueva ${n}`));
    const [giver, taker] = newcomers;
    const own = { ...params, member: 'me' };
    const gift = await call(giver?.caller ?? caller, getMember, { params: own });
    await call(server.local, adjustPoints, {
      params: { ...params, member: gift.id },
      body: { key: aKey('alta'), currency: 'puntos', amount: 1_000, reason: 'Bienvenida' },
    });
    await row('a transfer, by alias', (n) =>
      call(giver?.caller ?? caller, sendPoints, {
        params: own,
        body: { key: aKey('regalo'), currency: 'puntos', amount: 1, to: { alias: `Nueva ${1 + (n % 50)}` } },
      }),
    );
    const board = definitions.boards[0]?.id ?? '';
    const page = (asking: Caller) => call(asking, getBoard, { params: { ...params, board } });
    await row('a board', () => page(taker?.caller ?? caller));
    await server.kill();
    const alone = await startServer({
      mongodbUri,
      database: server.database,
      redisUrl: 'redis://127.0.0.1:1',
      isOneOfTwo: true,
      env: AS_IN_PRODUCTION,
    });
    await row('a board without Redis', () => page({ url: alone.url, bearer: taker?.caller.bearer ?? '' }));
    await alone.stop();
  } finally {
    await server.kill();
  }
}

const join = (story: Story, caller: Caller, alias: string) =>
  call(caller, joinProgram, { params: { program: story.slug }, body: { alias } });

async function row(name: string, work: (n: number) => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  for (let n = 0; n < READS; n += 1) {
    const started = performance.now();
    await work(n);
    took.push(performance.now() - started);
  }
  const [half, most] = [0.5, 0.95].map((share) => percentile(took, share).toFixed(1).padStart(10));
  console.log(`${name.padEnd(60)}p50 ${half} ms   p95 ${most} ms   first ${took[0]?.toFixed(1).padStart(10)} ms`);
}

/** Members with names, aliases and cards, by the repository; each then buys, over HTTP. */
async function fill(database: string, mongodbUri: string, story: Story, members: number): Promise<void> {
  const mongo = new Mongo(
    readConfig({ REDIS_URL: 'redis://unused', MONGODB_URI: mongodbUri, MONGODB_DATABASE: database }),
  );
  const scope = scopeOf(story.program.id);
  const repository = new MembersRepository(mongo, new MemberIndexRepository(mongo));
  const service = new MembersService(repository, new MovableClock());
  for (let from = 0; from < members; from += BATCH) {
    const those = Array.from({ length: BATCH }, (_, n) => from + n);
    const made = those.map((n) => ({
      ...service.newMember(scope, ulid(), { language: 'es', zone: 'Europe/Madrid' }),
      name: `${FIRST[n % FIRST.length]} Apellido${n} Segundo${n % 313}`,
    }));
    const cards = made.map(({ _id: member }, place) => {
      const externalId = `ficha-${from + place}`;
      return { _id: hashExternalId(scope, null, externalId), program: scope.program, brand: null, externalId, member };
    });
    await repository.claimExternalIds(scope, cards);
    await repository.ensure(scope, made);
    const activities = cards.map(({ externalId }) => aPurchase({ externalId }));
    await call(story.shop, recordActivities, { params: { program: story.slug }, body: { activities } });
  }
  await mongo.onModuleDestroy();
}
