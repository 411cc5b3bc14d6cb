import type { DecidedActivity, Decision } from '@verbena/shared/ledger/decision.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Instant } from '@verbena/shared/platform/time.js';
import type { CompiledProgram } from './compiled-program.js';
import { decide } from './decide.js';
import { ENGINE } from './engine-number.js';

/** What was recorded of a decision, as far as making it again reads it. */
export interface DecidedParts {
  readonly engine: number;
  readonly facts: Facts;
  readonly at: Instant;
  readonly activity: DecidedActivity;
}

/**
 * Makes a recorded decision again, under the version that it records and with the facts that it stored. Null for entries of an
 * engine that is no longer to be had. `isFull`: its receipt tells every definition that did not fire, however many.
 */
export function decideRecorded(
  program: CompiledProgram,
  before: MemberState,
  { engine, facts, at, activity }: DecidedParts,
  isFull = false,
): Decision | null {
  return engine === ENGINE ? decide(program, before, facts, activity, at, isFull) : null;
}
