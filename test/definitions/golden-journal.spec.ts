import { ENGINE } from '@verbena/server/engine/engine-number.js';
import { decideAgain, GOLDEN_FILE, readGolden, writeGolden } from '#support/golden-journal.js';

if (process.env['VERBENA_WRITE_GOLDEN'] === '1') writeGolden();

test(`decisions that engine ${ENGINE} recorded come out the same; where they should differ, ENGINE rises`, () => {
  const golden = readGolden();
  if (golden === null) throw new Error(`${GOLDEN_FILE} is missing: record it once with VERBENA_WRITE_GOLDEN=1.`);
  for (const journal of golden) {
    expect(decideAgain(journal)).toEqual(journal.members.map((entries) => entries.map(({ hash }) => hash)));
  }
  expect(golden.flatMap(({ members }) => members.flat()).length).toBeGreaterThan(250);
});
