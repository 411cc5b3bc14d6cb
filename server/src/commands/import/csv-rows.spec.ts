import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CsvOptions, type NumberedRow, readCsvRows } from './csv-rows.js';

const folder = mkdtempSync(join(tmpdir(), 'csv-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Buffer, options: Partial<CsvOptions> = {}): Promise<NumberedRow[]> {
  const file = join(folder, 'rows.csv');
  writeFileSync(file, content);
  const rows: NumberedRow[] = [];
  for await (const row of readCsvRows(file, { columns: ['a', 'b'], ...options })) rows.push(row);
  return rows;
}

test('rows come with their line numbers, gzipped or not, with quotes, spare columns and empty lines', async () => {
  const text = 'a,b,c\n1,"x, ""y""",3\n\n4,5,6\n';
  const expected = [
    { line: 2, row: { a: '1', b: 'x, "y"', c: '3' } },
    { line: 4, row: { a: '4', b: '5', c: '6' } },
  ];
  expect(await read(text)).toEqual(expected);
  expect(await read(gzipSync(text))).toEqual(expected);
  expect(await read(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(expected);
});

test('B6 a column is found in either form of its accents', async () => {
  const columns = ['a\u00F1o'];
  for (const name of ['a\u00F1o', 'an\u0303o'])
    expect((await read(`${name}\n7\n`, { columns }))[0]?.row).toEqual({ año: '7' });
});

test('#11 a file put together of two, each with line ends of its own, loses no row', async () => {
  for (const ends of [
    ['\r\n', '\n'],
    ['\n', '\r\n'],
    ['\r\n', '\r'],
  ]) {
    const [head = '', rest = ''] = ends;
    const rows = await read(`a,b${head}${['1,2', '3,4', '5,6'].join(rest)}${rest}`);
    expect(rows.map(({ row }) => row)).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
      { a: '5', b: '6' },
    ]);
  }
});

test('a stray quote is part of its text', async () => {
  const rows = await read('a,b\n1,2\n"x"y,2\n3,4\n');
  expect(rows.map(({ row }) => row['a'])).toEqual(['1', '"x"y', '3']);
});

test('a quote that is never closed is told with the line where the file ends', async () => {
  const broken: number[] = [];
  const rows = await read('a,b\n1,2\n"x,2\n3,4\n', { onBroken: (line) => broken.push(line) });
  expect(rows.map(({ row }) => row['a'])).toEqual(['1']);
  expect(broken).toEqual([4]);
});

test('a missing column, a missing file and a file that was cut off each say so', async () => {
  await expect(read('a,c\n1,2\n')).rejects.toMatchObject({ column: 'b' });
  const nowhere = readCsvRows(join(folder, 'nowhere.csv'), { columns: [] });
  await expect(nowhere.next()).rejects.toMatchObject({ column: null });
  const packed = gzipSync(`a,b\n${'1,2\n'.repeat(10_000)}`);
  await expect(read(packed.subarray(0, packed.length - 20))).rejects.toMatchObject({ column: null });
});

test('whoever stops reading early has read no more of the file than was needed', async () => {
  const file = join(folder, 'long.csv');
  writeFileSync(file, `a,b\n${'1,2\n'.repeat(500_000)}`);
  let bytesRead = 0;
  const rows = readCsvRows(file, { columns: ['a'], onBytes: (bytes) => (bytesRead = bytes) });
  for await (const { line } of rows) if (line > 3) break;
  expect(bytesRead).toBeLessThan(1_000_000);
});
