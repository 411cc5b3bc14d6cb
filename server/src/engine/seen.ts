import type { LocalTimes } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { DefinitionZone } from '@verbena/shared/programs/definition.js';
import type { CalendarDay } from './calendar.js';
import type { CompiledTier } from './compiled-program.js';

/** What conditions and amounts may look at while a decision runs. */
export interface Seen {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The day of `occurredAt`. */
  readonly day: Readonly<Record<DefinitionZone, CalendarDay>>;
  /** Its time of day, where the program asks for hours. */
  readonly time?: LocalTimes | undefined;
  /** The state before the decision: tier, badges and balances are read here. */
  readonly before: MemberState;
  readonly tier: CompiledTier | null;
  /** Counters as they grow: this activity is in them. */
  counters: MemberState['counters'];
}
