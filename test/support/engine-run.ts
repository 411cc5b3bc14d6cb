import type { ActivityDraft } from '@verbena/shared/activities/activities.routes.js';
import type { DecidedActivity, Decision } from '@verbena/shared/ledger/decision.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { decide } from '@verbena/server/engine/decide.js';
import { due } from '@verbena/server/engine/due.js';
import type { FoldedEntry } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { localDateOf, startOfDate } from '@verbena/server/platform/clock/calendar.js';
import { definitionCompilers } from './definition-compilers.js';

export const MADRID = 'Europe/Madrid';

/** A program ready for decisions, without stores: `plaza` unless other definitions are given. */
export function aCompiledProgram(
  given: { definitions?: Definitions; older?: Definitions[]; time?: 'wall' | 'activities'; zone?: string } = {},
): CompiledProgram {
  const { definitions = shoppingCentre, older = [], time = 'activities', zone = MADRID } = given;
  const numbered = older.map((one, index) => ({ version: older.length - index, definitions: one }));
  return compileProgram({ zone, time }, { version: older.length + 1, definitions }, numbered, definitionCompilers);
}

/** A purchase; `at` is when it happened, without more an ordinary Tuesday. */
export function aPurchase(
  totalMinor: number,
  occurredAt = '2017-02-07T10:00:00.000Z',
  attributes: Readonly<Record<string, unknown>> = {},
): Pick<ActivityDraft, 'type' | 'occurredAt' | 'attributes'> {
  return { type: 'purchase', occurredAt, attributes: { totalMinor, ...attributes } };
}

/** One member's journal, decided as the ledger does it: the clock first, then the activity. In memory, alone. */
export class EngineRun {
  state: MemberState;
  readonly journal: (FoldedEntry & { readonly decision: Decision; readonly type: string })[] = [];

  constructor(
    public program: CompiledProgram,
    private readonly memberZone: string = program.zone,
    private readonly onDecision: (facts: Facts, activity: DecidedActivity, decision: Decision) => void = () =>
      undefined,
  ) {
    this.state = initialState(program);
  }

  get balance(): number {
    return this.state.balances['puntos'] ?? 0;
  }

  /** Decides an activity that arrives now: by the wall `at`, or, on program time `activities`, by its own moments. */
  submit(draft: Pick<ActivityDraft, 'type' | 'occurredAt' | 'attributes'>, at = draft.occurredAt ?? ''): Decision {
    const occurredAt = draft.occurredAt ?? at;
    this.strike(this.timeOf(occurredAt, at));
    return this.record(draft.type, occurredAt, draft.attributes ?? {}, this.timeOf(occurredAt, at));
  }

  /** Lets the clock settle what is due by then, as an activity would find it. */
  strike(now: string): void {
    for (;;) {
      const next = this.state.seq === 0 ? null : due(this.program, this.state);
      if (next === null) return;
      const instant = new Date(startOfDate(next.date, this.zoneOf(next.zone))).toISOString();
      if (instant > now) return;
      this.record('clock.struck', instant, {}, now);
    }
  }

  private timeOf(occurredAt: string, at: string): string {
    if (this.program.time === 'wall') return at;
    const newest = this.state.newestOccurredAt;
    return newest !== null && newest > occurredAt ? newest : occurredAt;
  }

  private record(type: string, occurredAt: string, attributes: Record<string, unknown>, now: string): Decision {
    const facts: Facts = { calendar: { occurred: this.datesOf(occurredAt), now: this.datesOf(now) } };
    const activity = { type, occurredAt, attributes };
    const decision = decide(this.program, this.state, facts, activity, now);
    this.onDecision(facts, activity, decision);
    this.state = decision.state;
    const { lines, effects } = decision;
    this.journal.push({ seq: decision.state.seq, activity: { occurredAt }, lines, effects, decision, type });
    return decision;
  }

  private datesOf(instant: string): Facts['calendar']['now'] {
    const atMs = Date.parse(instant);
    return { program: localDateOf(atMs, this.program.zone), member: localDateOf(atMs, this.memberZone) };
  }

  private zoneOf(zone: 'program' | 'member'): string {
    return zone === 'program' ? this.program.zone : this.memberZone;
  }
}
