import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getBacktest, startBacktest } from '@verbena/shared/backtests/backtests.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { changeDraft, createDraft } from '@verbena/shared/programs/versions.routes.js';
import { RunPartService } from '@verbena/server/backtests/run-part.service.js';
import { createApp } from '@verbena/server/create-app.js';
import { ReplayService } from '@verbena/server/ledger/replay.service.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { SHARDS } from '@verbena/server/platform/crypto/hash.js';
import { beside, startCommand } from '#excerpt/run-command.js';
import { COMPLETE_JOURNEY, hasCompleteJourney } from '#support/complete-journey.js';
import { eventually } from '#support/eventually.js';
import { call } from '#support/http-call.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { AS_IN_PRODUCTION, type StoreAddresses } from './bench-http.js';
import type { Verdict } from './bench-commit.js';

const PROGRAM = 'pasado';
const DATABASE = 'bench_backtest';
const HOUR_MS = 3_600_000;
const ALL = Array.from({ length: SHARDS }, (_, shard) => shard);

/**
 * A changed `compra` over half a year of real shopping (76,895 baskets): the backtest as a manager starts it, its parts in child
 * processes; then in one process the bare reading of the same journal, the same work, and the past replayed under the versions
 * that it records, which must be the same to the last hash for every member. Reported as ratios to bare reading.
 */
export async function benchBacktest(stores: StoreAddresses): Promise<Verdict[]> {
  if (!hasCompleteJourney) {
    console.log('\nBacktest: skipped, half a year of baskets does not lie beside this checkout');
    return [];
  }
  const env = { ...AS_IN_PRODUCTION, MONGODB_DATABASE: DATABASE, REDIS_PREFIX: DATABASE };
  const server = await startServer({ mongodbUri: stores.mongodbUri, redisUrl: stores.redisUrl, env });
  try {
    console.log('\nBacktest: half a year of baskets and coupons, a changed purchase rule');
    await importAll(server);
    const { definitions } = await asAManager(server);
    return await inOneProcess(server, stores, definitions);
  } finally {
    await server.stop();
  }
}

async function importAll(server: TestServer): Promise<void> {
  const started = performance.now();
  const args = [
    '--program',
    PROGRAM,
    '--baskets',
    `${COMPLETE_JOURNEY}baskets-2017-h1.csv.gz`,
    '--redemptions',
    `${COMPLETE_JOURNEY}coupon-redemptions-2017-h1.csv`,
  ];
  const { code, output } = await startCommand('import', args, beside(server)).ended;
  if (code !== 0) throw new Error(output);
  row('imported through the front door', (performance.now() - started) / 1_000, 's');
}

async function draftOf(server: TestServer) {
  const begun = await call(server.local, createDraft, { params: { program: PROGRAM }, body: { name: 'Compra doble' } });
  const definitions = structuredClone(begun.definitions);
  const earning = definitions.rules.find(({ id }) => id === 'compra')?.earn[0];
  if (earning === undefined) throw new Error('The preset has no rule compra.');
  earning.amount.product[1] = { ratio: [2, 100] };
  return call(server.local, changeDraft, {
    params: { program: PROGRAM, draft: begun.id },
    body: { edit: begun.edit, definitions },
  });
}

async function asAManager(server: TestServer): Promise<{ definitions: Definitions }> {
  const draft = await draftOf(server);
  const params = { program: PROGRAM, draft: draft.id };
  const { id } = await call(server.local, startBacktest, { params });
  const at = { params: { program: PROGRAM, backtest: id } };
  await eventually(async () => !['waiting', 'running'].includes((await call(server.local, getBacktest, at)).status), {
    withinMs: HOUR_MS,
    until: 'the backtest has gone through the past',
  });
  const { report, status } = await call(server.local, getBacktest, at);
  if (report === null) throw new Error(`The backtest is ${status}.`);
  const { members, entries, seconds, memoryMb, winners, losers, same, issued, undecidedCount } = report;
  row('backtest over HTTP, parts in child processes', seconds, `s: ${members} members, ${entries} entries`);
  row('', entries / seconds, 'entries a second, booting the processes included');
  row('', memoryMb, 'MB in the largest process');
  console.log(
    `  winners ${winners}, losers ${losers}, same ${same}, undecided ${undecidedCount}; points ${issued.live} → ${issued.draft}`,
  );
  return draft;
}

async function inOneProcess(server: TestServer, stores: StoreAddresses, definitions: Definitions): Promise<Verdict[]> {
  const { id } = await call(server.local, getProgram, { params: { program: PROGRAM } });
  Object.assign(process.env, {
    MONGODB_URI: stores.mongodbUri,
    REDIS_URL: stores.redisUrl,
    MONGODB_DATABASE: DATABASE,
    REDIS_PREFIX: DATABASE,
    ROLE: 'command',
    LOG_LEVEL: 'warn',
    DATA_DIR: mkdtempSync(path.join(tmpdir(), 'bench-backtest-')),
  });
  const app = await createApp({ listen: false });
  try {
    const scope = scopeOf(id);
    const replay = app.get(ReplayService);
    const read = await timed(async () => {
      let entries = 0;
      for await (const past of replay.readPasts(scope, ALL)) entries += past.entries.length;
      return entries;
    });
    row('bare reading of the journal, one process', read.rate, 'entries a second');
    const shadow = await timed(async () => {
      const place = { scope, backtest: 'bench', part: 0, run: 'bench' };
      const input = { ...place, shards: ALL, definitions, untilMs: Date.now() };
      return (await app.get(RunPartService).run(input, () => undefined)).tally.entries;
    });
    row('the draft over the same journal, one process', shadow.rate, 'entries a second');
    let different = 0;
    let older = 0;
    let members = 0;
    const verified = await timed(async () => {
      let entries = 0;
      for await (const past of replay.readPasts(scope, ALL)) {
        const found = await replay.verify(scope, past);
        members += 1;
        if (found === 'older') older += 1;
        else if (found !== null) different += 1;
        entries += past.entries.length;
      }
      return entries;
    });
    row('replayed to the last hash, one process', verified.rate, 'entries a second');
    console.log(`  ${members} members, ${verified.count} entries: ${different} differ, ${older} of an older engine`);
    if (different > 0 || older > 0) throw new Error('The live ledger does not replay to itself.');
    return [
      {
        name: 'a draft over the past against bare reading of the journal',
        ratio: shadow.rate / read.rate,
        floor: null,
      },
      { name: 'replay to the last hash against bare reading', ratio: verified.rate / read.rate, floor: null },
    ];
  } finally {
    await app.close();
  }
}

async function timed(work: () => Promise<number>): Promise<{ count: number; rate: number }> {
  const started = performance.now();
  const count = await work();
  return { count, rate: count / ((performance.now() - started) / 1_000) };
}

function row(name: string, figure: number, unit: string): void {
  const text = figure >= 100 ? Math.round(figure).toString() : figure.toFixed(1);
  console.log(`${name.padEnd(48)}${text.padStart(8)} ${unit}`);
}
