import { reversedTypeOf, SYSTEM_ACTIVITY_TYPES } from '@verbena/shared/activities/activity-type.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts, MissionRemainder, ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { dayOf, periodKey } from './calendar.js';
import type { CompiledMission, CompiledProgram, TriggerKey } from './compiled-program.js';
import { decideReversal } from './decide-reversal.js';
import { DecisionRun, findTier } from './decision-run.js';
import { fold, type FoldedEntry } from './fold.js';
import { initialState } from './initial-state.js';
import type { Seen } from './seen.js';

/** An entry of a member's journal as far as a reversal reads it. */
export interface PastEntry extends FoldedEntry {
  readonly id: string;
  readonly outcome: 'accepted' | 'refused';
  /** `attributes` are all of them, the personal ones included. */
  readonly activity: FoldedEntry['activity'] & {
    readonly type: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  };
  readonly facts: Facts;
  readonly caused?: ReversedEntry['caused'];
}

const system: ReadonlySet<string> = new Set(SYSTEM_ACTIVITY_TYPES);

/** Whether an entry is of a kind that can be taken back: not what was refused, nor the house's own, nor a reversal. */
export function isReversible(outcome: PastEntry['outcome'], type: string): boolean {
  return outcome === 'accepted' && !system.has(type) && reversedTypeOf(type) === null;
}

/** Something that set definitions off: an activity, a completion or a badge, in the entry in which it happened. */
interface Occurrence {
  readonly trigger: TriggerKey;
  readonly entry: PastEntry;
}

/**
 * What taking an entry back depends on, from the member's whole journal in order. A completion that falls takes with it what
 * it set off, and so on; what falls is found by deciding the reversal on what is known so far until nothing new falls.
 */
export function collectReversed(
  program: CompiledProgram,
  state: MemberState,
  past: readonly PastEntry[],
  of: string,
): ReversedEntry {
  const entry = past.find(({ id }) => id === of);
  if (entry === undefined) throw new Error(`There is no entry ${of} to take back.`);
  const journal = new Past(program, past);
  const gone: Occurrence[] = [{ trigger: `activity:${entry.activity.type}`, entry }];
  for (;;) {
    const reversed = journal.without(gone, entry);
    const more = journal.fallen(state, reversed).filter((one) => !gone.some((known) => keyOf(known) === keyOf(one)));
    if (more.length === 0) return reversed;
    gone.push(...more);
  }
}

function keyOf({ trigger, entry }: Occurrence): string {
  return `${trigger}@${entry.seq}`;
}

/** A member's journal, read for reversals: what was taken back already, which completions and badges stand, and since when. */
class Past {
  private readonly reversed = new Set<number>();
  /** By mission and period: the entry whose completion stands. */
  private readonly completions = new Map<
    string,
    { entry: PastEntry; effect: Extract<Effect, { type: 'mission.completed' }> }
  >();
  private readonly grants = new Map<string, PastEntry>();
  /** By mission and period: the first entry that made progress there. Before it the mission may not have existed. */
  private readonly begun = new Map<string, { seq: number; rev: number }>();
  private states: readonly MemberState[] | null = null;

  constructor(
    private readonly program: CompiledProgram,
    private readonly entries: readonly PastEntry[],
  ) {
    for (const entry of entries) for (const effect of entry.effects) this.read(entry, effect);
  }

  private read(entry: PastEntry, effect: Effect): void {
    if (effect.type === 'activity.reversed') this.reversed.add(effect.seq);
    else if (effect.type === 'badge.granted') this.grants.set(effect.badge, entry);
    else if (effect.type === 'badge.revoked') this.grants.delete(effect.badge);
    else if (effect.type === 'mission.completed') this.completions.set(placeOf(effect), { entry, effect });
    else if (effect.type === 'mission.reverted' && effect.takenBack) this.completions.delete(placeOf(effect));
    else if (effect.type === 'mission.progressed') {
      const place = placeOf(effect);
      if (!this.begun.has(place)) this.begun.set(place, { seq: entry.seq, rev: effect.rev });
    }
  }

  /** The facts of the reversal of an entry, once all of these are gone. */
  without(gone: readonly Occurrence[], entry: PastEntry): ReversedEntry {
    const missions = new Map<string, MissionRemainder>();
    const keys = new Set(gone.map(keyOf));
    for (const slot of this.program.missions) {
      for (const mission of [slot.current, ...slot.older]) {
        if (mission === null) continue;
        for (const one of gone) {
          const found = this.remainderOf(mission, one, keys);
          if (found !== null) missions.set(placeOf(found), found);
        }
      }
    }
    const { id, seq, activity, facts, caused = [] } = entry;
    return {
      id,
      seq,
      type: activity.type,
      occurred: facts.calendar.occurred,
      ...this.setOffBy({ trigger: `activity:${activity.type}`, entry }),
      counters: this.countersOf(entry),
      missions: [...missions.values()],
      badges: gone.flatMap((one) => {
        const [kind, badge = ''] = one.trigger.split(':');
        return kind === 'badge' ? [{ badge, seq: one.entry.seq, ...this.setOffBy(one) }] : [];
      }),
      caused: [...caused],
    };
  }

  /** Completions and badges that a reversal on these facts takes back, in the entries in which they came about. */
  fallen(state: MemberState, reversed: ReversedEntry): Occurrence[] {
    const calendar = { occurred: reversed.occurred, now: reversed.occurred };
    const activity = { type: reversed.type, occurredAt: '', attributes: {} };
    const run = new DecisionRun(this.program, state, { calendar, reversed }, activity);
    decideReversal(run);
    return run.effects.flatMap((effect): Occurrence[] => {
      if (effect.type === 'mission.reverted' && effect.takenBack) {
        const found = this.completions.get(placeOf(effect));
        return found === undefined ? [] : [{ trigger: `mission:${effect.mission}`, entry: found.entry }];
      }
      const granted = effect.type === 'badge.revoked' ? this.grants.get(effect.badge) : undefined;
      return effect.type === 'badge.revoked' && granted !== undefined
        ? [{ trigger: `badge:${effect.badge}`, entry: granted }]
        : [];
    });
  }

  /** What remains of a mission in the period in which an occurrence counted; null where it did not. */
  private remainderOf(mission: CompiledMission, one: Occurrence, gone: ReadonlySet<string>): MissionRemainder | null {
    const { id, rev, goal } = mission.definition;
    if (mission.trigger !== one.trigger) return null;
    const period = this.periodOf(mission, one.entry);
    const begun = this.begun.get(`${id} ${period}`);
    if (begun === undefined || begun.rev !== rev || begun.seq > one.entry.seq) return null;
    if (!this.matches(mission, one.entry)) return null;
    const items: string[] = [];
    let count = 0;
    for (const entry of this.entries) {
      if (entry.seq < begun.seq || gone.has(keyOf({ trigger: mission.trigger, entry }))) continue;
      if (!this.stands(mission.trigger, entry) || this.periodOf(mission, entry) !== period) continue;
      if (!this.matches(mission, entry)) continue;
      count += 1;
      if (goal.kind !== 'distinct') continue;
      for (const value of mission.collect(entry.activity.attributes)) {
        const item = String(value);
        if (items.length < goal.target && !items.includes(item)) items.push(item);
      }
    }
    const completion = this.completionOf(mission, period);
    const remainder = { mission: id, rev, period, count, ...(goal.kind === 'distinct' ? { items } : {}) };
    return completion === null ? remainder : { ...remainder, completion };
  }

  /** The completion of a period, or the one that used a week, with its reward and what it set off. */
  private completionOf({ definition: { id, goal } }: CompiledMission, period: string): SetOff | null {
    const found =
      goal.kind === 'streak'
        ? [...this.completions.values()].find(
            ({ effect }) => effect.mission === id && (effect.weeks ?? []).includes(period),
          )
        : this.completions.get(`${id} ${period}`);
    if (found === undefined) return null;
    const { entry, effect } = found;
    const { lines, effects } = this.setOffBy({ trigger: `mission:${id}`, entry });
    const reward = entry.lines.filter(({ kind, by }) => kind === 'earn' && by.kind === 'mission' && by.id === id);
    return { seq: entry.seq, lines: [...reward, ...lines], effects: [effect, ...effects] };
  }

  /** The points of an entry that rules gave for one of its triggers, with the allowances that they used. */
  private setOffBy({ trigger, entry }: Occurrence): { lines: PointsLine[]; effects: Effect[] } {
    const lines = entry.lines.filter(({ kind, by }) => {
      const on = this.program.triggersOfRules.get(`${by.id}@${by.rev}`) ?? `activity:${entry.activity.type}`;
      return kind === 'earn' && by.kind === 'rule' && on === trigger;
    });
    const rules = new Set(lines.map(({ by }) => by.id));
    const effects = entry.effects.filter((effect) => effect.type === 'cap.used' && rules.has(effect.rule));
    return { lines, effects };
  }

  /** What an entry counts for in each counter: as it was recorded, or as a version filled it later. */
  private countersOf({ activity, effects, facts }: PastEntry): ReversedEntry['counters'] {
    const counters = this.program.counters.byActivity.get(activity.type) ?? [];
    return counters.flatMap(({ id: counter, zone, bucket: cut, measure }) => {
      const recorded = effects.find((effect) => effect.type === 'counter.added' && effect.counter === counter);
      if (recorded?.type === 'counter.added') return [{ counter, bucket: recorded.bucket, amount: recorded.amount }];
      const amount = measure(activity.attributes);
      const bucket = periodKey(dayOf(facts.calendar.occurred[zone]), cut);
      return amount === 0 ? [] : [{ counter, bucket, amount }];
    });
  }

  /** Whether an entry holds such a trigger, and it still stands. */
  private stands(trigger: TriggerKey, entry: PastEntry): boolean {
    const { effects, outcome, activity, seq } = entry;
    const [kind, id] = split(trigger);
    if (kind === 'activity') return activity.type === id && outcome === 'accepted' && !this.reversed.has(seq);
    if (kind === 'badge') return this.grants.get(id) === entry;
    if (kind === 'tier')
      return effects.some((effect) => effect.type === 'tier.moved' && effect.to === id && effect.direction === 'up');
    return effects.some(
      (effect) =>
        effect.type === 'mission.completed' &&
        effect.mission === id &&
        this.completions.get(placeOf(effect))?.entry === entry,
    );
  }

  private periodOf({ definition: { goal, zone } }: CompiledMission, { facts }: PastEntry): string {
    const day = dayOf(facts.calendar.occurred[zone]);
    return goal.kind === 'streak' ? day.week : periodKey(day, goal.per);
  }

  private matches({ when }: CompiledMission, entry: PastEntry): boolean {
    return when === null || when.test(this.seenOf(entry));
  }

  /** What conditions saw when an entry was decided: the journal is folded once for them, and only for them. */
  private seenOf({ seq, activity, facts }: PastEntry): Seen {
    this.states ??= foldAll(this.program, this.entries);
    const before = this.states[seq - 1];
    const after = this.states[seq];
    if (before === undefined || after === undefined) throw new Error(`The journal has no entry ${seq}.`);
    const { program, member } = facts.calendar.occurred;
    return {
      attributes: activity.attributes,
      day: { program: dayOf(program), member: dayOf(member) },
      before,
      tier: findTier(this.program, before.tier),
      counters: after.counters,
    };
  }
}

/** The states before the first entry and after each. */
function foldAll(program: CompiledProgram, entries: readonly FoldedEntry[]): MemberState[] {
  const states = [initialState(program)];
  for (const entry of entries) states.push(fold(states[entry.seq - 1] ?? initialState(program), entry));
  return states;
}

function split(trigger: TriggerKey): [kind: string, id: string] {
  const colon = trigger.indexOf(':');
  return [trigger.slice(0, colon), trigger.slice(colon + 1)];
}

function placeOf({ mission, period }: { readonly mission: string; readonly period: string }): string {
  return `${mission} ${period}`;
}
