import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportMembers } from '@verbena/shared/ledger/ledger.routes.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { verifyBooks } from '#support/verify-command.js';
import { eventually } from '#support/eventually.js';
import { call } from '#support/http-call.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { ACTIVITIES, BASKETS, expectSame, readExpectedLines, readExport, REDEMPTIONS } from './excerpt-files.js';
import { alone, beside, startCommand } from './run-command.js';

const folder = mkdtempSync(path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), 'excerpt-'));
const expected = readExpectedLines();
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

const importArgs = (program: string): string[] => [
  '--program',
  program,
  '--baskets',
  BASKETS,
  '--redemptions',
  REDEMPTIONS,
];

async function importInto(program: string): Promise<{ code: number; output: string }> {
  return startCommand('import', importArgs(program), beside(server)).ended;
}

async function exportOf(program: string, env = beside(server)): Promise<ReturnType<typeof readExport>> {
  const file = path.join(folder, `${program}.ndjson`);
  const { code, output } = await startCommand('export', ['--program', program, '--out', file], env).ended;
  expect({ code, output }).toMatchObject({ code: 0 });
  return readExport(file);
}

async function purchasesOf(program: string): Promise<number> {
  const { items } = await call(server.local, exportMembers, { params: { program }, query: { limit: '1000' } });
  return items.reduce((sum, { purchases }) => sum + purchases, 0);
}

test('the excerpt shows every tier, mission and badge', () => {
  expect(new Set(expected.map(({ tier }) => tier))).toEqual(new Set(['socio', 'plata', 'oro', 'platino']));
  expect(new Set(expected.flatMap(({ missions }) => Object.keys(missions))).size).toBe(3);
  expect(new Set(expected.flatMap(({ badges }) => badges)).size).toBe(3);
});

test('B5 B8 T4 sixty real households come in through the front door and have to the point what another program computed', async () => {
  const { code, output } = await importInto('una-vez');
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain(`Accepted:  2,367`);
  expect(ACTIVITIES).toBe(2_367);
  expectSame(await exportOf('una-vez'), expected);
  const { time } = await call(server.local, getProgram, { params: { program: 'una-vez' } });
  expect(time).toBe('activities');
});

test('D7 what they bought, decided again under the versions that it records, is the same to the last hash', async () => {
  const { code, text } = await verifyBooks(server, ['--program', 'una-vez', '--replay']);
  expect({ code, text }).toMatchObject({ code: 0 });
  const [, entries = '0', members = '0'] = /([\d,]+) entries of (\d+) members decided again\./.exec(text) ?? [];
  expect(Number(entries.replace(',', ''))).toBeGreaterThanOrEqual(2_367);
  expect(Number(members)).toBe(60);
});

test('B6 imported a second time every line is replayed and nothing changes', async () => {
  const first = await exportOf('una-vez');
  const { code, output } = await importInto('una-vez');
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain('Accepted:  0');
  expect(output).toContain('Replayed:  2,367');
  expect(await exportOf('una-vez')).toEqual(first);
});

test('B6 with importer and server killed half-way and the command given again it comes out the same', async () => {
  const running = startCommand('import', importArgs('a-medias'), beside(server));
  const killed = await eventually(
    async () => {
      const purchases = await purchasesOf('a-medias').catch(() => 0);
      return purchases > 500 ? purchases : null;
    },
    { withinMs: 120_000, until: 'a part of the baskets is committed' },
  );
  running.signal('SIGKILL');
  await server.kill();
  expect((await running.ended).code).toBe(137);
  expect(killed).toBeLessThan(2_313);
  await server.start();
  const { code } = await importInto('a-medias');
  expect(code).toBe(0);
  expectSame(await exportOf('a-medias'), expected);
});

test('B6 a server that is killed and comes back is waited for, and the import ends as if nothing had happened', async () => {
  const running = startCommand('import', importArgs('se-cae'), beside(server));
  await eventually(async () => (await purchasesOf('se-cae').catch(() => 0)) > 500, {
    withinMs: 120_000,
    until: 'a part of the baskets is committed',
  });
  await server.kill();
  await server.start();
  const { code, output } = await running.ended;
  expect({ code, output }).toMatchObject({ code: 0 });
  expectSame(await exportOf('se-cae'), expected);
});

test('T4 Ctrl-C lets what is in flight be answered and says that the command can be given again', async () => {
  const running = startCommand('import', importArgs('interrumpida'), beside(server));
  await eventually(async () => (await purchasesOf('interrumpida').catch(() => 0)) > 200, {
    withinMs: 120_000,
    until: 'a part of the baskets is committed',
  });
  running.signal('SIGINT');
  const { code, output } = await running.ended;
  expect({ code, output }).toMatchObject({ code: 130 });
  expect(output).toContain('Interrupted.');
  const accepted = Number((/Accepted: +([\d,]+)/.exec(output)?.[1] ?? '0').replace(',', ''));
  expect(await purchasesOf('interrumpida')).toBe(accepted);
});

test('T4 without a running server both commands boot one that does not listen', async () => {
  const env = alone('t_excerpt_alone', path.join(folder, 'alone'));
  mkdirSync(path.join(folder, 'alone'));
  const { code, output } = await startCommand('import', importArgs('sola'), env).ended;
  expect({ code, output }).toMatchObject({ code: 0 });
  expectSame(await exportOf('sola', env), expected);
});

test('T4 lines that cannot count are told with their numbers and reasons, and the others count', async () => {
  const file = path.join(folder, 'broken.csv');
  const head = 'basket_id,household_id,store_id,at,total,private_label_total,departments';
  const rows = [
    'b1,1,5,2017-01-02T10:00:00Z,10.00,0.0,DELI:10.00',
    'b2,1,5,yesterday,10.00,0.0,DELI:10.00',
    'b3,1,5,2017-01-03T10:00:00Z,-4.00,0.0,DELI:4.00',
    'b4,1,5,2017-01-04T10:00:00Z,ten,0.0,DELI:10.00',
    'b5,1,5,2017-01-05T10:00:00Z,ten,0.0,DELI:10.00',
    'b1,1,5,2017-01-02T10:00:00Z,11.00,0.0,DELI:11.00',
    'b6,1,5,2017-01-06T10:00:00Z,10.00,0.0,"FRUIT, FRESH:4.00|NUTS: ""SALTED"":6.00"',
  ];
  writeFileSync(file, `${[head, ...rows].join('\n')}\n`);
  const { code, output } = await startCommand('import', ['--program', 'rota', '--baskets', file], beside(server)).ended;
  expect(code).toBe(1);
  expect(output).toContain('Accepted:  2');
  expect(output).toContain('Refused:   5');
  expect(output).toContain('broken.csv, 1 line (3): the column "at" cannot be read');
  expect(output).toContain('broken.csv, 2 lines (5–6): the column "total" cannot be read');
  expect(output).toMatch(/broken\.csv, 1 line \(4\): .*attributes\.totalMinor: It has to be at least 0\./);
  expect(output).toContain(
    'broken.csv, 1 line (7): This key was used with other data (what differs: attributes.totalMinor, attributes.departments).',
  );
});

test('T4 a command written wrongly is told which option, and ends with 2', async () => {
  const run = async (...args: string[]) => startCommand('import', args, beside(server)).ended;
  expect(await run('--baskets', BASKETS)).toMatchObject({
    code: 2,
    output: expect.stringContaining('--program is missing'),
  });
  expect(await run('--program', 'x y', '--baskets', BASKETS)).toMatchObject({ code: 2 });
  expect(await run('--program', 'otra', '--baskets', BASKETS, '--shift-weeks', 'many')).toMatchObject({ code: 2 });
  expect(await run('--program', 'otra', '--basket', BASKETS)).toMatchObject({
    code: 2,
    output: expect.stringContaining('--basket is not known'),
  });
  const gone = await run('--program', 'otra', '--baskets', path.join(folder, 'nowhere.csv'));
  expect(gone).toMatchObject({ code: 1, output: expect.stringContaining('nowhere.csv cannot be read') });
});

test('T4 a shift is stored with the program, moves what happened by whole weeks, and another one is refused', async () => {
  const file = path.join(folder, 'one.csv');
  const head = 'basket_id,household_id,store_id,at,total,private_label_total,departments';
  writeFileSync(file, `${head}\nb1,1,5,2017-06-28T10:00:00Z,10.00,0.0,DELI:10.00\n`);
  const run = async (shift: string[]) =>
    startCommand('import', ['--program', 'movida', '--baskets', file, ...shift], beside(server)).ended;
  const weeks = Math.floor((Date.now() - Date.parse('2017-06-28T10:00:00Z')) / 604_800_000);
  expect(await run(['--shift-weeks', String(weeks)])).toMatchObject({ code: 0 });
  const { time } = await call(server.local, getProgram, { params: { program: 'movida' } });
  expect(time).toBe('wall');
  expect(await run([])).toMatchObject({ code: 1, output: expect.stringContaining(`shift of ${weeks} weeks`) });
  expect(await run(['--shift-weeks', '1'])).toMatchObject({ code: 1 });
  expect(await run(['--shift-weeks', String(weeks)])).toMatchObject({
    code: 0,
    output: expect.stringContaining('Replayed:  1'),
  });
});

test('T4 an export that cannot be written leaves nothing behind and says so', async () => {
  const file = path.join(folder, 'nowhere', 'out.ndjson');
  const ended = await startCommand('export', ['--program', 'una-vez', '--out', file], beside(server)).ended;
  expect(ended).toMatchObject({ code: 1, output: expect.stringContaining('cannot be written') });
  expect(() => readFileSync(file)).toThrow();
});
