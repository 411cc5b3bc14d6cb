import { ImportTally } from './import-tally.js';

function linesOf(lines: readonly number[]): string {
  const tally = new ImportTally();
  for (const line of lines) tally.refuse('a.csv', line, 'why');
  return tally.refusals()[0]?.lines ?? '';
}

test('lines next to each other are told as a range, in whatever order their answers came', () => {
  expect(linesOf([5])).toBe('5');
  expect(linesOf([5, 6, 7, 9])).toBe('5–7, 9');
  expect(linesOf([9, 7, 5, 6])).toBe('5–7, 9');
  expect(linesOf([2, 4, 3])).toBe('2–4');
  expect(linesOf([3, 3, 3])).toBe('3');
});

test('refusals are grouped by file and reason, and all are counted', () => {
  const tally = new ImportTally();
  tally.accepted = 2;
  tally.refuse('a.csv', 2, 'one');
  tally.refuse('b.csv', 2, 'one');
  tally.refuse('a.csv', 9, 'two');
  expect(tally.refusals().map(({ file, reason, count }) => [file, reason, count])).toEqual([
    ['a.csv', 'one', 1],
    ['b.csv', 'one', 1],
    ['a.csv', 'two', 1],
  ]);
  expect(tally.total).toBe(5);
});

test('a file that is refused as a whole does not fill the memory or the screen', () => {
  const tally = new ImportTally();
  for (let line = 2; line < 20_000; line += 2) tally.refuse('a.csv', line, 'why');
  const [group] = tally.refusals();
  expect(group?.count).toBe(9_999);
  expect(group?.lines.endsWith(' …')).toBe(true);
  expect(group?.lines.length).toBeLessThan(1_000);
});
