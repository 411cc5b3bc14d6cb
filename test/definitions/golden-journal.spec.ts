import { ENGINE } from '@verbena/server/engine/engine-number.js';
import {
  decideAgain,
  GOLDEN_SETS,
  type GoldenSet,
  goldenFileOf,
  hashOfDecision,
  readGolden,
  writeGolden,
} from '#support/golden-journal.js';

if (process.env['VERBENA_WRITE_GOLDEN'] === '1') writeGolden();

/** At least so many entries, and so many reversals among them, so that none of it is an empty promise. */
const LEAST: Readonly<Record<GoldenSet, { readonly entries: number; readonly reversals: number }>> = {
  '': { entries: 250, reversals: 0 },
  '-reversals': { entries: 200, reversals: 40 },
  '-kinds': { entries: 350, reversals: 20 },
};

/** What the kinds are there for: each at least once. */
const KINDS = {
  effects: [
    ...['streak.kept', 'streak.granted', 'streak.planned', 'mission.stepped', 'mission.failed', 'mission.reverted'],
    ...['pending.set', 'hold.set', 'transfer.sent', 'transfer.received', 'points.adjusted', 'expiry.noticed'],
    ...['badge.revoked', 'tier.moved', 'tier.warned', 'activity.reversed'],
  ],
  lines: [
    ...['earn', 'expire', 'reverse', 'owe', 'repay', 'adjust', 'pend', 'activate', 'cancel'],
    ...['hold', 'release', 'capture', 'send', 'receive', 'settle', 'return'],
  ],
  missions: ['racha', 'semanas', 'coleccion', 'ruta', 'etapas', 'comun', 'sin-fallo'],
};

function journalsOf(set: GoldenSet) {
  const golden = readGolden(set);
  if (golden === null) throw new Error(`${goldenFileOf(set)} is missing: record it once with VERBENA_WRITE_GOLDEN=1.`);
  return golden;
}

test.each(GOLDEN_SETS)(
  `decisions that engine ${ENGINE} recorded come out the same; where they should differ, ENGINE rises (engine-N%s)`,
  (set) => {
    const golden = journalsOf(set);
    for (const journal of golden) {
      const hashes = decideAgain(journal).map((decisions) => decisions.map(hashOfDecision));
      expect(hashes).toEqual(journal.members.map((entries) => entries.map(({ hash }) => hash)));
    }
    const entries = golden.flatMap(({ members }) => members.flat());
    expect(entries.length).toBeGreaterThan(LEAST[set].entries);
    const reversals = entries.filter(({ facts }) => facts.reversed !== undefined);
    expect(reversals.length).toBeGreaterThanOrEqual(LEAST[set].reversals);
  },
);

test('E1 E2 E6 E7 C2 C5 C6 C7 C8 C12 G2 F2 the recorded kinds hold each kind of effect and line, and every mission completed', () => {
  const decisions = journalsOf('-kinds').flatMap((journal) => decideAgain(journal).flat());
  const effects = decisions.flatMap((decision) => decision.effects);
  const types = new Set<string>(effects.map(({ type }) => type));
  expect(KINDS.effects.filter((type) => !types.has(type))).toEqual([]);
  const lines = new Set<string>(decisions.flatMap((decision) => decision.lines.map(({ kind }) => kind)));
  expect(KINDS.lines.filter((kind) => !lines.has(kind))).toEqual([]);
  const completed = new Set(effects.flatMap((one) => (one.type === 'mission.completed' ? [one.mission] : [])));
  expect(KINDS.missions.filter((mission) => !completed.has(mission))).toEqual([]);
});
