import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportMembers } from '@verbena/shared/ledger/ledger.routes.js';
import { COMPLETE_JOURNEY, hasCompleteJourney, readExpected } from '#support/complete-journey.js';
import { eventually } from '#support/eventually.js';
import { call } from '#support/http-call.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { expectSame, readExport } from './excerpt-files.js';
import { beside, type RunningCommand, startCommand } from './run-command.js';

// Minutes on two cores, so only where it is asked for: HALF_YEAR=1 npm test -- excerpt half-year
const testInFull = hasCompleteJourney && process.env['HALF_YEAR'] === '1' ? test : test.skip;
const MINUTES = 60_000;

const folder = mkdtempSync(path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), 'half-year-'));
let started: TestServer | null = null;

afterAll(async () => {
  await started?.stop();
});

function startImport(server: TestServer, program: string): RunningCommand {
  const baskets = `${COMPLETE_JOURNEY}baskets-2017-h1.csv.gz`;
  const redemptions = `${COMPLETE_JOURNEY}coupon-redemptions-2017-h1.csv`;
  const args = ['--program', program, '--baskets', baskets, '--redemptions', redemptions];
  return startCommand('import', args, beside(server));
}

/** The whole of it, which must count; what it said of its rate is shown. */
async function importAll(server: TestServer, program: string): Promise<string> {
  const { code, output } = await startImport(server, program).ended;
  process.stdout.write(`${program}: ${output.trim().split('\n').slice(-4).join(' · ')}\n`);
  expect(code).toBe(0);
  return output;
}

async function exportAll(server: TestServer, program: string): Promise<ReturnType<typeof readExport>> {
  const file = path.join(folder, `${program}.ndjson`);
  const { code } = await startCommand('export', ['--program', program, '--out', file], beside(server)).ended;
  expect(code).toBe(0);
  return readExport(file);
}

async function purchasesAmongTheFirst(server: TestServer, program: string): Promise<number> {
  const { items } = await call(server.local, exportMembers, { params: { program }, query: { limit: '1000' } });
  return items.reduce((sum, { purchases }) => sum + purchases, 0);
}

testInFull(
  'B5 B6 half a year of 2,393 households is exact to the point, once and twice',
  async () => {
    const server = (started ??= await startServer());
    const expected = readExpected();
    await importAll(server, 'entera');
    const first = await exportAll(server, 'entera');
    expectSame(first, expected);
    expect(first.reduce((sum, { earned }) => sum + earned, 0)).toBe(4_312_086);

    expect(await importAll(server, 'entera')).toContain('Accepted:  0');
    expect(await exportAll(server, 'entera')).toEqual(first);
  },
  60 * MINUTES,
);

testInFull(
  'B6 half a year whose importer and server are killed half-way, and which is imported again, comes out the same',
  async () => {
    const server = (started ??= await startServer());
    const running = startImport(server, 'a-medias');
    await eventually(async () => (await purchasesAmongTheFirst(server, 'a-medias').catch(() => 0)) > 15_000, {
      withinMs: 20 * MINUTES,
      until: 'about half of it is committed',
    });
    running.signal('SIGKILL');
    await server.kill();
    expect((await running.ended).code).toBe(137);
    await server.start();
    await importAll(server, 'a-medias');
    expectSame(await exportAll(server, 'a-medias'), readExpected());
  },
  60 * MINUTES,
);
