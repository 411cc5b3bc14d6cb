import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import { StateExtended } from '@verbena/shared/ledger/effect.js';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { DecisionRun } from './decision-run.js';
import { settle } from './settle.js';

/**
 * What the house itself submits.
 * `clock.struck {}` settles all that is due at `facts.calendar.now`.
 * `state.extended { counters }` fills counters that the program newly declares, and drops those that it no longer keeps.
 * `state.repaired { state }` puts the state right.
 */
export const systemDeciders: { [T in SystemActivityType]: (run: DecisionRun) => void } = {
  'clock.struck': settle,
  'state.extended': (run) => {
    const kept = run.program.counters.byId;
    const dropped = Object.keys(run.before.counters).filter((id) => !kept.has(id));
    run.record(StateExtended.parse({ type: 'state.extended', counters: run.activity.attributes['counters'], dropped }));
  },
  'state.repaired': (run) => {
    run.record({ type: 'state.repaired', state: MemberState.parse(run.activity.attributes['state']) });
  },
};
