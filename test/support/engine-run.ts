import { REVERSED_SUFFIX } from '@verbena/shared/activities/activity-type.js';
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
import { collectReversed, collectWithdrawn } from '@verbena/server/engine/collect-reversed.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import type { PastEntry } from '@verbena/server/engine/past-entry.js';
import { localDateOf, localTimeOf, startOfDate } from '@verbena/server/platform/clock/calendar.js';
import { definitionCompilers } from './definition-compilers.js';

export const MADRID = 'Europe/Madrid';

/** A program ready for decisions, without stores: `plaza` unless other definitions are given. */
export function aCompiledProgram(
  given: {
    definitions?: Definitions;
    older?: Definitions[];
    time?: 'wall' | 'activities';
    zone?: string;
    on?: string;
  } = {},
): CompiledProgram {
  const { definitions = shoppingCentre, older = [], time = 'activities', zone = MADRID, on } = given;
  const numbered = older.map((one, index) => ({ version: older.length - index, definitions: one }));
  const current = { version: older.length + 1, definitions, ...(on === undefined ? {} : { on }) };
  return compileProgram({ zone, time }, current, numbered, definitionCompilers);
}

/** A purchase; `at` is when it happened, without more an ordinary Tuesday. */
export function aPurchase(
  totalMinor: number,
  occurredAt = '2017-02-07T10:00:00.000Z',
  attributes: Readonly<Record<string, unknown>> = {},
): Pick<ActivityDraft, 'type' | 'occurredAt' | 'attributes'> {
  return { type: 'purchase', occurredAt, attributes: { totalMinor, ...attributes } };
}

export const MEMBER = '01J0000000000000000000FR1E';
const idOf = (seq: number): string => `entry-${String(seq).padStart(16, '0')}`;

type RunEntry = PastEntry & { readonly decision: Decision; readonly type: string };

/** One member's journal, decided as the ledger does it: the clock first, then the activity. In memory, alone. */
export class EngineRun {
  state: MemberState;
  readonly journal: RunEntry[] = [];
  /** What is left of what all members share, by `budgetKey`, as whoever commits would say; it does not grow less by itself. */
  budgets: Facts['budgets'];

  constructor(
    public program: CompiledProgram,
    private readonly zone: string = program.zone,
    private readonly onDecision: (facts: Facts, activity: DecidedActivity, decision: Decision) => void = () =>
      undefined,
  ) {
    this.state = initialState(program);
  }

  /** The zone that the member chose, else the one that it began with. */
  private get memberZone(): string {
    return this.state.zone ?? this.zone;
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

  /** Takes the entry of a `seq` back, in full or down to what remains, as the ledger does it. */
  reverse(
    seq: number,
    at = this.state.newestOccurredAt ?? '',
    remaining?: Record<string, unknown>,
    amount?: number,
  ): Decision {
    const entry = this.journal.find((one) => one.seq === seq);
    if (entry === undefined) throw new Error(`There is no entry ${seq}.`);
    const now = this.timeOf(at, at);
    this.strike(now);
    const attributes = remaining === undefined ? { of: entry.id } : { of: entry.id, remaining };
    return this.record(`${entry.type}${REVERSED_SUFFIX}`, at, attributes, now, { of: entry.id, remaining, amount });
  }

  /** Cancels what a capture spent, or so many of its points, as the ledger does it. */
  cancel(seq: number, at: string, amount?: number): Decision {
    return this.reverse(seq, at, undefined, amount);
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

  private record(
    type: string,
    occurredAt: string,
    attributes: Record<string, unknown>,
    now: string,
    back: { of: string; remaining: Record<string, unknown> | undefined; amount: number | undefined } | null = null,
  ): Decision {
    const dates = { occurred: this.datesOf(occurredAt), now: this.datesOf(now) };
    const calendar = this.program.asksHours ? { ...dates, time: this.timesOf(occurredAt) } : dates;
    const remaining = back?.remaining;
    const part = remaining === undefined ? undefined : { remaining, under: this.program };
    const shared = this.budgets === undefined ? {} : { budgets: this.budgets };
    const { program, state, journal: recorded } = this;
    const books = { program, state, recorded, now: dates.now };
    const reversed =
      back !== null
        ? collectReversed(books, back.of, part, back.amount)
        : attributes['along'] === true
          ? collectWithdrawn(books, String(attributes['badge']))
          : undefined;
    const facts: Facts = {
      calendar,
      ...(back === null ? shared : {}),
      ...(reversed === undefined ? {} : { reversed }),
    };
    const seq = this.state.seq + 1;
    const activity = { type, occurredAt, attributes, member: MEMBER, key: `k${seq}` };
    const decision = decide(this.program, this.state, facts, activity, now);
    this.onDecision(facts, activity, decision);
    this.state = decision.state;
    const { lines, effects, outcome, caused } = decision;
    this.journal.push({
      id: idOf(seq),
      seq,
      outcome,
      version: this.program.version,
      activity: { type, occurredAt, attributes },
      facts,
      lines,
      effects,
      ...(remaining === undefined ? {} : { remaining }),
      ...(caused.length === 0
        ? {}
        : { caused: caused.map((one) => ({ id: one.key ?? '', member: one.member, type: one.type })) }),
      decision,
      type,
    });
    return decision;
  }

  private datesOf(instant: string): Facts['calendar']['now'] {
    const atMs = Date.parse(instant);
    return { program: localDateOf(atMs, this.program.zone), member: localDateOf(atMs, this.memberZone) };
  }

  private timesOf(instant: string): { program: string; member: string } {
    const atMs = Date.parse(instant);
    return { program: localTimeOf(atMs, this.program.zone), member: localTimeOf(atMs, this.memberZone) };
  }

  private zoneOf(zone: 'program' | 'member'): string {
    return zone === 'program' ? this.program.zone : this.memberZone;
  }
}
