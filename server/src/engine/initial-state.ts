import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from './compiled-program.js';

/** A member before its first entry: nothing, in the lowest tier, with every counter of the program standing at zero. */
export function initialState(program: CompiledProgram): MemberState {
  const base = program.tiers.ladder[0];
  return {
    seq: 0,
    newestOccurredAt: null,
    balances: {},
    lots: {},
    earned: {},
    counters: Object.fromEntries([...program.counters.byId.keys()].map((id) => [id, {}])),
    caps: {},
    missions: {},
    badges: {},
    tier: base ? { id: base.definition.id, rev: base.definition.rev, since: null, until: null } : null,
  };
}
