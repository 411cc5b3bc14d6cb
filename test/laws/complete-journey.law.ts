import type { ActivityDraft } from '@verbena/shared/activities/activities.routes.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { readBasket } from '@verbena/server/commands/import/basket.js';
import { readRedemption } from '@verbena/server/commands/import/redemption.js';
import { counterId } from '@verbena/server/engine/compile-counter.js';
import {
  hasCompleteJourney,
  readBaskets,
  readExpected,
  readRedemptions,
  type ExpectedMember,
} from '#support/complete-journey.js';
import { aCompiledProgram, EngineRun, MADRID } from '#support/engine-run.js';

const required = process.env['CI'] === 'true';
const testWithJourney = hasCompleteJourney || required ? test : test.skip;

const PURCHASES = counterId({ activity: 'purchase', bucket: 'ever', zone: 'program' });

testWithJourney(
  '76,895 baskets and the redemptions of half a year give every member what another program computed',
  () => {
    const program = aCompiledProgram();
    const runs = new Map<string, EngineRun>();
    const keys = new Set<string>();
    const started = performance.now();
    for (const draft of readDrafts()) {
      const id = `${draft.type} ${draft.key}`;
      if (keys.has(id)) continue;
      keys.add(id);
      expect(program.activityTypes.get(draft.type)?.validate(draft.attributes)).toEqual([]);
      const household = 'externalId' in draft.member ? draft.member.externalId : '';
      const run = runs.get(household) ?? new EngineRun(program);
      runs.set(household, run);
      run.submit(draft);
    }
    const seconds = (performance.now() - started) / 1_000;
    process.stdout.write(`${keys.size} activities decided in ${seconds.toFixed(1)} s with parsing\n`);

    const expected = readExpected();
    const actual = new Map([...runs].map(([externalId, { state }]) => [externalId, exportOf(externalId, state)]));
    expect(actual.size).toBe(expected.length);
    for (const member of expected) expect(actual.get(member.externalId)).toEqual(member);
    expect(expected.length).toBe(2_393);
  },
);

function* readDrafts(): Generator<ActivityDraft> {
  for (const row of readBaskets()) yield readBasket(row);
  for (const row of readRedemptions()) yield readRedemption(row, MADRID);
}

function exportOf(externalId: string, state: MemberState): ExpectedMember {
  const completed = Object.entries(state.missions).filter(([, { completions }]) => completions > 0);
  return {
    externalId,
    earned: state.earned['puntos']?.ever ?? 0,
    earnedByYear: state.earned['puntos']?.years ?? {},
    tier: state.tier?.id ?? '',
    badges: Object.keys(state.badges).toSorted(),
    missions: Object.fromEntries(completed.map(([id, { completions }]) => [id, completions])),
    purchases: state.counters[PURCHASES]?.['ever'] ?? 0,
  };
}
