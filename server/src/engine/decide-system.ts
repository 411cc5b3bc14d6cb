import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import * as z from 'zod/mini';
import type { DecisionRun } from './decision-run.js';
import { settle } from './settle.js';

const Extension = z.object({ counters: z.record(z.string(), z.record(z.string(), z.int())) });
const Repair = z.object({ state: MemberState });

/**
 * What the house itself submits.
 * `clock.struck {}` settles all that is due at `facts.calendar.now`.
 * `state.extended { counters }` fills counters that the program newly declares, and drops those that it no longer keeps.
 * `state.repaired { state }` puts the state right.
 */
export const systemDeciders: { [T in SystemActivityType]: (run: DecisionRun) => void } = {
  'clock.struck': settle,
  'state.extended': (run) => {
    const { counters } = Extension.parse(run.activity.attributes);
    const kept = run.program.counters.byId;
    const dropped = Object.keys(run.before.counters).filter((id) => !kept.has(id));
    run.record({ type: 'state.extended', counters, dropped });
  },
  'state.repaired': (run) => {
    const { state } = Repair.parse(run.activity.attributes);
    run.record({ type: 'state.repaired', state });
  },
};
