import { reversedTypeOf, SYSTEM_ACTIVITY_TYPES } from '@verbena/shared/activities/activity-type.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts, MissionRemainder, ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LineKind, PointsLine } from '@verbena/shared/ledger/points-line.js';
import { dayOf, periodKey } from './calendar.js';
import type { CompiledMission, CompiledProgram, TriggerKey } from './compiled-program.js';
import { type Again, decideAgain } from './decide-again.js';
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
  /** What a reversal in part left of the activity that it is about: all of its attributes, the personal ones included. */
  readonly remaining?: Readonly<Record<string, unknown>>;
}

/** A reversal in part: what remains, and the version under which the entry was decided. */
export interface PartialReversal {
  readonly remaining: Readonly<Record<string, unknown>>;
  readonly under: CompiledProgram;
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

/** What stands of an activity after reversals in part: its attributes as they were left last. */
export function standingAttributes(past: readonly PastEntry[], entry: PastEntry): PastEntry['activity']['attributes'] {
  return amendmentsOf(past).get(entry.seq) ?? entry.activity.attributes;
}

function amendmentsOf(past: readonly PastEntry[]): Map<number, PastEntry['activity']['attributes']> {
  const amended = new Map<number, PastEntry['activity']['attributes']>();
  for (const { remaining, facts } of past)
    if (remaining !== undefined && facts.reversed !== undefined) amended.set(facts.reversed.seq, remaining);
  return amended;
}

/**
 * What taking an entry back depends on, from the member's whole journal in order; with `part`, what taking it back down to what
 * remains does. A return never gives: where less would have earned more, nothing is booked. A completion that falls takes with it what
 * it set off, and so on; what falls is found by deciding the reversal on what is known so far until nothing new falls.
 */
export function collectReversed(
  program: CompiledProgram,
  state: MemberState,
  past: readonly PastEntry[],
  of: string,
  part?: PartialReversal,
): ReversedEntry {
  const entry = past.find(({ id }) => id === of);
  if (entry === undefined) throw new Error(`There is no entry ${of} to take back.`);
  const journal = new Past(program, past, entry, part);
  const gone: Occurrence[] = [{ trigger: `activity:${entry.activity.type}`, entry }];
  for (;;) {
    const reversed = journal.without(gone);
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
  /** By seq: what remains of an activity. */
  private readonly amended: ReadonlyMap<number, PastEntry['activity']['attributes']>;

  constructor(
    private readonly program: CompiledProgram,
    private readonly entries: readonly PastEntry[],
    /** The entry that is taken back, in part where that is given. */
    private readonly entry: PastEntry,
    private readonly part: PartialReversal | undefined,
  ) {
    this.amended = amendmentsOf(entries);
    for (const one of entries) for (const effect of one.effects) this.read(one, effect);
  }

  private read(entry: PastEntry, effect: Effect): void {
    if (effect.type === 'activity.reversed') {
      if (effect.part === undefined) this.reversed.add(effect.seq);
    } else if (effect.type === 'badge.granted') this.grants.set(effect.badge, entry);
    else if (effect.type === 'badge.revoked') this.grants.delete(effect.badge);
    else if (effect.type === 'mission.completed') this.completions.set(placeOf(effect), { entry, effect });
    else if (effect.type === 'mission.reverted' && effect.takenBack) this.completions.delete(placeOf(effect));
    else if (effect.type === 'mission.progressed') {
      const place = placeOf(effect);
      if (!this.begun.has(place)) this.begun.set(place, { seq: entry.seq, rev: effect.rev });
    }
  }

  /** The facts of the reversal, once all of these are gone. */
  without(gone: readonly Occurrence[]): ReversedEntry {
    const missions = new Map<string, MissionRemainder>();
    // What is taken back in part is still there, as what remains of it.
    const keys = new Set(gone.slice(this.part === undefined ? 0 : 1).map(keyOf));
    for (const slot of this.program.missions) {
      for (const mission of [slot.current, ...slot.older]) {
        if (mission === null) continue;
        for (const one of gone) {
          const found = this.remainderOf(mission, one, keys);
          if (found !== null) missions.set(placeOf(found), found);
        }
      }
    }
    const { id, seq, activity, facts, caused = [] } = this.entry;
    const { lines, effects, qualifies } = this.takenOf(this.entry);
    const reversed: ReversedEntry = {
      id,
      seq,
      type: activity.type,
      occurred: facts.calendar.occurred,
      lines,
      effects,
      ...(this.part === undefined ? {} : { part: true }),
      counters: this.countersOf(this.entry),
      missions: [...missions.values()],
      badges: gone.flatMap((one) => {
        const [kind, badge = ''] = one.trigger.split(':');
        return kind === 'badge' ? [{ badge, seq: one.entry.seq, ...this.setOffBy(one) }] : [];
      }),
      caused: qualifies ? [] : [...caused],
    };
    const expired = expiredOf(this.entries, reversed);
    return expired === null ? reversed : { ...reversed, expired };
  }

  /** What is to be taken of that which the activity itself gave: all that stands, or what it and what remains differ by. */
  private takenOf(entry: PastEntry): Pick<SetOff, 'lines' | 'effects'> & { qualifies: boolean } {
    const standing = this.standingOf(entry);
    if (this.part === undefined) return { ...standing, qualifies: false };
    const { under, remaining } = this.part;
    const before = this.stateBefore(entry);
    const again = decideAgain(under, before, entry.facts, entry.activity, remaining);
    return { ...subtract(standing, again), qualifies: again.qualifies };
  }

  /** What the activity itself gave, without what reversals in part took already. */
  private standingOf(entry: PastEntry): Pick<SetOff, 'lines' | 'effects'> {
    const given = this.setOffBy({ trigger: `activity:${entry.activity.type}`, entry });
    return this.entries.reduce((standing, { facts: { reversed } }) => {
      return reversed?.part === true && reversed.seq === entry.seq ? subtract(standing, reversed) : standing;
    }, given);
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
    if (!this.matches(mission, one.entry, this.attributesOf(one.entry))) return null;
    const items: string[] = [];
    let count = 0;
    for (const entry of this.entries) {
      if (entry.seq < begun.seq || gone.has(keyOf({ trigger: mission.trigger, entry }))) continue;
      if (!this.stands(mission.trigger, entry) || this.periodOf(mission, entry) !== period) continue;
      const attributes =
        this.part !== undefined && entry === this.entry ? this.part.remaining : this.attributesOf(entry);
      if (!this.matches(mission, entry, attributes)) continue;
      count += 1;
      if (goal.kind !== 'distinct') continue;
      for (const value of mission.collect(attributes)) {
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

  /**
   * What an entry counts for in each counter, as it was recorded or as a version filled it later; in part, what it counts for
   * more than what remains of it.
   */
  private countersOf(entry: PastEntry): ReversedEntry['counters'] {
    const { activity, effects, facts, seq } = entry;
    const counters = this.program.counters.byActivity.get(activity.type) ?? [];
    return counters.flatMap(({ id: counter, zone, bucket: cut, measure }) => {
      const recorded = effects.find((effect) => effect.type === 'counter.added' && effect.counter === counter);
      const isAsRecorded = recorded?.type === 'counter.added' && this.part === undefined && !this.amended.has(seq);
      if (isAsRecorded) return [{ counter, bucket: recorded.bucket, amount: recorded.amount }];
      const left = this.part === undefined ? 0 : measure(this.part.remaining);
      const amount = measure(this.attributesOf(entry)) - left;
      const bucket = periodKey(dayOf(facts.calendar.occurred[zone]), cut);
      return amount === 0 ? [] : [{ counter, bucket, amount }];
    });
  }

  private attributesOf(entry: PastEntry): PastEntry['activity']['attributes'] {
    return this.amended.get(entry.seq) ?? entry.activity.attributes;
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

  private matches({ when }: CompiledMission, entry: PastEntry, attributes: Seen['attributes']): boolean {
    return when === null || when.test(this.seenOf(entry, attributes));
  }

  private stateBefore({ seq }: PastEntry): MemberState {
    this.states ??= foldAll(this.program, this.entries);
    const before = this.states[seq - 1];
    if (before === undefined) throw new Error(`The journal has no entry ${seq}.`);
    return before;
  }

  /** What conditions saw when an entry was decided: the journal is folded once for them, and only for them. */
  private seenOf(entry: PastEntry, attributes: Seen['attributes']): Seen {
    const { seq, facts } = entry;
    const before = this.stateBefore(entry);
    const after = this.states?.[seq];
    if (after === undefined) throw new Error(`The journal has no entry ${seq}.`);
    const { program, member } = facts.calendar.occurred;
    return {
      attributes,
      day: { program: dayOf(program), member: dayOf(member) },
      before,
      tier: findTier(this.program, before.tier),
      counters: after.counters,
    };
  }
}

/** What one thing gave more than another: line by line of one definition and lot, never below nothing. */
function subtract(from: Pick<SetOff, 'lines' | 'effects'>, taken: Pick<Again, 'lines' | 'effects'>) {
  const lines = new Map<string, PointsLine>();
  for (const line of from.lines) {
    const key = keyOfLine(line);
    lines.set(key, { ...line, amount: line.amount + (lines.get(key)?.amount ?? 0) });
  }
  for (const line of taken.lines) {
    const standing = lines.get(keyOfLine(line));
    if (standing !== undefined) lines.set(keyOfLine(line), { ...standing, amount: standing.amount - line.amount });
  }
  const effects = from.effects.map((effect) => {
    const same = taken.effects.find((one) => isSameUse(one, effect));
    if (effect.type !== 'cap.used' || same?.type !== 'cap.used') return effect;
    return { ...effect, times: effect.times - same.times, points: Math.max(0, effect.points - same.points) };
  });
  return {
    lines: [...lines.values()].filter(({ amount }) => amount > 0),
    effects: effects.filter((effect) => effect.type !== 'cap.used' || effect.times !== 0 || effect.points !== 0),
  };
}

function isSameUse(left: Effect, right: Effect): boolean {
  return (
    left.type === 'cap.used' && right.type === 'cap.used' && left.cap === right.cap && left.period === right.period
  );
}

function keyOfLine({ currency, by, lot }: PointsLine): string {
  return [by.kind, by.id, currency, lot.activated, lot.expires].join(' ');
}

/** What makes it possible that a lot lacks points which never expired. */
const SPENDS: ReadonlySet<LineKind> = new Set(['cover', 'repay']);

/** What expired of the lots that a reversal is about; null where this member never spent anything. */
function expiredOf(past: readonly PastEntry[], reversed: ReversedEntry): NonNullable<ReversedEntry['expired']> | null {
  if (!past.some(({ lines }) => lines.some(({ kind }) => SPENDS.has(kind)))) return null;
  const given = [
    ...reversed.lines,
    ...reversed.missions.flatMap(({ completion }) => completion?.lines ?? []),
    ...reversed.badges.flatMap(({ lines }) => lines),
  ];
  const lots = new Map<string, NonNullable<ReversedEntry['expired']>[number]>();
  const placeOfLot = ({ currency, lot }: PointsLine): string => [currency, lot.activated, lot.expires].join(' ');
  for (const line of given) lots.set(placeOfLot(line), { currency: line.currency, lot: line.lot, amount: 0 });
  for (const line of past.flatMap((entry) => entry.lines)) {
    const found = lots.get(placeOfLot(line));
    if (found !== undefined && line.kind === 'expire') found.amount -= line.amount;
  }
  return [...lots.values()];
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
