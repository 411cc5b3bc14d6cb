import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportMembers } from '@verbena/shared/ledger/ledger.routes.js';
import { COMPLETE_JOURNEY, hasCompleteJourney, readExpected } from '#support/complete-journey.js';
import { eventually } from '#support/eventually.js';
import { call } from '#support/http-call.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { expectSame, readExport } from './excerpt-files.js';
import { beside, startCommand } from './run-command.js';

// Minutes on two cores, so only where it is asked for: HALF_YEAR=1 npm test -- excerpt half-year
const testInFull = hasCompleteJourney && process.env['HALF_YEAR'] === '1' ? test : test.skip;

const folder = mkdtempSync(path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), 'half-year-'));
let server: TestServer | null = null;

afterAll(async () => {
  await server?.stop();
});

async function imported(program: string): Promise<{ code: number; output: string }> {
  if (server === null) throw new Error('The server is not started.');
  const files = ['--baskets', `${COMPLETE_JOURNEY}baskets-2017-h1.csv.gz`];
  const coupons = ['--redemptions', `${COMPLETE_JOURNEY}coupon-redemptions-2017-h1.csv`];
  return startCommand('import', ['--program', program, ...files, ...coupons], beside(server)).ended;
}

async function exported(program: string): Promise<ReturnType<typeof readExport>> {
  if (server === null) throw new Error('The server is not started.');
  const file = path.join(folder, `${program}.ndjson`);
  const { code } = await startCommand('export', ['--program', program, '--out', file], beside(server)).ended;
  expect(code).toBe(0);
  return readExport(file);
}

testInFull(
  'B5 B6 half a year of 2,393 households is exact to the point, twice, and killed half-way',
  async () => {
    server = await startServer();
    const { local } = server;
    const expected = readExpected();
    const once = await imported('entera');
    process.stdout.write(once.output.split('\n').slice(-5).join('\n'));
    expect(once.code).toBe(0);
    const first = await exported('entera');
    expectSame(first, expected);
    expect(first.reduce((sum, { earned }) => sum + earned, 0)).toBe(4_312_086);

    const twice = await imported('entera');
    process.stdout.write(twice.output.split('\n').slice(-5).join('\n'));
    expect(twice.output).toContain('Accepted:  0');
    expect(await exported('entera')).toEqual(first);

    const files = ['--baskets', `${COMPLETE_JOURNEY}baskets-2017-h1.csv.gz`];
    const coupons = ['--redemptions', `${COMPLETE_JOURNEY}coupon-redemptions-2017-h1.csv`];
    const running = startCommand('import', ['--program', 'a-medias', ...files, ...coupons], beside(server));
    await eventually(
      async () => {
        const query = { limit: '1000' };
        const { items } = await call(local, exportMembers, { params: { program: 'a-medias' }, query });
        return items.reduce((sum, { purchases }) => sum + purchases, 0) > 15_000;
      },
      { withinMs: 600_000, until: 'about half of it is committed' },
    );
    running.signal('SIGKILL');
    await server.kill();
    await running.ended;
    await server.start();
    const again = await imported('a-medias');
    process.stdout.write(again.output.split('\n').slice(-5).join('\n'));
    expect(again.code).toBe(0);
    expectSame(await exported('a-medias'), expected);
  },
  3_600_000,
);
