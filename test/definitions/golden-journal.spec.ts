import { ENGINE } from '@verbena/server/engine/engine-number.js';
import { decideAgain, GOLDEN_SETS, goldenFileOf, readGolden, writeGolden } from '#support/golden-journal.js';

if (process.env['VERBENA_WRITE_GOLDEN'] === '1') writeGolden();

test.each(GOLDEN_SETS)(
  `decisions that engine ${ENGINE} recorded come out the same; where they should differ, ENGINE rises (engine-N%s)`,
  (set) => {
    const golden = readGolden(set);
    if (golden === null)
      throw new Error(`${goldenFileOf(set)} is missing: record it once with VERBENA_WRITE_GOLDEN=1.`);
    for (const journal of golden) {
      expect(decideAgain(journal)).toEqual(journal.members.map((entries) => entries.map(({ hash }) => hash)));
    }
    const entries = golden.flatMap(({ members }) => members.flat());
    expect(entries.length).toBeGreaterThan(set === '' ? 250 : 200);
    const reversals = entries.filter(({ facts }) => facts.reversed !== undefined);
    expect(reversals.length).toBeGreaterThan(set === '' ? -1 : 40);
  },
);
