import { reversedTypeOf, SYSTEM_ACTIVITY_TYPES } from '@verbena/shared/activities/activity-type.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts, MissionRemainder, ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { targetOf, unitOf } from '@verbena/shared/missions/mission.js';
import type { LineKind, PointsLine } from '@verbena/shared/ledger/points-line.js';
import { dayOf, periodKey } from './calendar.js';
import type { CompiledMission, CompiledProgram, CompiledStep, TriggerKey } from './compiled-program.js';
import { type Again, decideAgain } from './decide-again.js';
import { decideReversal, findMission } from './decide-reversal.js';
import { DecisionRun, findTier } from './decision-run.js';
import { fold, type FoldedEntry } from './fold.js';
import { initialState } from './initial-state.js';
import { addTo, capOf, NO_PROGRESS, stepsReached } from './mission-tally.js';
import { outcomesAfterUndos } from './outcomes-after-undos.js';
import type { Seen } from './seen.js';

/** An entry of a member's journal as far as a reversal reads it. */
export interface PastEntry extends FoldedEntry {
  readonly id: string;
  /** Whose journal it is of, where several were joined: each is folded by itself, and `seq` tells all of them apart. */
  readonly member?: string;
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
  const standing = standingEntries(past);
  const entry = standing.find(({ id }) => id === of);
  if (entry === undefined) throw new Error(`There is no entry ${of} to take back.`);
  const journal = new Past(program, past, standing, entry, part);
  const gone: Occurrence[] = [{ trigger: `activity:${entry.activity.type}`, entry }];
  for (;;) {
    const reversed = journal.without(gone);
    const more = journal.fallen(state, reversed).filter((one) => !gone.some((known) => keyOf(known) === keyOf(one)));
    if (more.length === 0) return reversed;
    gone.push(...more);
  }
}

/** The journal as it stands after undos: what they corrected is as they left it, and they themselves did nothing more. */
function standingEntries(past: readonly PastEntry[]): readonly PastEntry[] {
  const undone = past.flatMap(({ facts }) => facts.undone ?? []);
  if (undone.length === 0) return past;
  const corrected = new Map(undone.flatMap(({ entries }) => entries).map((one) => [one.seq, one]));
  const outcomeOf = outcomesAfterUndos(past);
  return past.map((entry) => {
    const { lines, effects } = entry.facts.undone === undefined ? (corrected.get(entry.seq) ?? entry) : NOTHING;
    return { ...entry, outcome: outcomeOf(entry), lines, effects };
  });
}

const NOTHING: Pick<PastEntry, 'lines' | 'effects'> = { lines: [], effects: [] };

/** An effect in the entry in which it happened. */
interface Happened<T extends Effect['type']> {
  readonly entry: PastEntry;
  readonly effect: Extract<Effect, { type: T }>;
}

/** A period played again: matching activities, turns that were completed, and where the last one stands. */
interface Replayed {
  readonly count: number;
  readonly times: number;
  readonly progress: number;
  readonly items: string[] | null;
}

function keyOf({ trigger, entry }: Occurrence): string {
  return `${trigger}@${entry.seq}`;
}

/** A member's journal, read for reversals: what was taken back already, which completions and badges stand, and since when. */
class Past {
  private readonly reversed = new Set<number>();
  /** By mission and period: the completions that stand, and the parts of the way that were rewarded, in order. */
  private readonly completions = new Map<string, Happened<'mission.completed'>[]>();
  private readonly steps = new Map<string, Happened<'mission.stepped'>[]>();
  private readonly grants = new Map<string, PastEntry[]>();
  /** To which account each was joined, as far as the journal was read. */
  private readonly joined = new Map<string, string>();
  /** By mission and period: the first entry that made progress there. Before it the mission may not have existed. */
  private readonly begun = new Map<string, { seq: number; rev: number }>();
  private states: States | null = null;
  /** Whether accounts were joined: then what the books say of a period is less than what all entries would have come to. */
  private readonly isMerged: boolean;
  /** By seq: what remains of an activity. */
  private readonly amended: ReadonlyMap<number, PastEntry['activity']['attributes']>;

  constructor(
    private readonly program: CompiledProgram,
    /** As they were recorded: states are their fold. */
    private readonly recorded: readonly PastEntry[],
    /** As they stand. */
    private readonly entries: readonly PastEntry[],
    /** The entry that is taken back, in part where that is given. */
    private readonly entry: PastEntry,
    private readonly part: PartialReversal | undefined,
  ) {
    this.amended = amendmentsOf(entries);
    const outcomeOf = outcomesAfterUndos(recorded);
    for (const one of recorded)
      if (one.outcome === 'accepted' && outcomeOf(one) === 'refused') this.reversed.add(one.seq);
    this.isMerged = entries.some(({ member }) => member !== entries[0]?.member);
    for (const one of entries) for (const effect of one.effects) this.read(one, effect);
  }

  private read(entry: PastEntry, effect: Effect): void {
    if (effect.type === 'activity.reversed') {
      if (effect.part === undefined) this.reversed.add(effect.seq);
    } else if (effect.type === 'badge.granted') listUnder(this.grants, effect.badge).push(entry);
    else if (effect.type === 'badge.revoked') this.drop(this.grants, effect.badge, entry, (one) => one, 0);
    else if (effect.type === 'member.absorbed') this.readJoining(entry, effect);
    else if (effect.type === 'mission.completed') listUnder(this.completions, placeOf(effect)).push({ entry, effect });
    else if (effect.type === 'mission.stepped') listUnder(this.steps, placeOf(effect)).push({ entry, effect });
    else if (effect.type === 'mission.reverted') {
      const entryOf = (one: { readonly entry: PastEntry }): PastEntry => one.entry;
      const told = remainderTold(entry.facts.reversed, effect);
      if (told !== null) this.dropTold(placeOf(effect), told);
      else if (effect.takenBack) this.drop(this.completions, placeOf(effect), entry, entryOf, effect.times ?? 0);
      this.dropSteps(placeOf(effect), entry, effect.steps ?? 0);
    } else if (effect.type === 'mission.progressed') {
      const place = begunIn(placeOf(effect), entry);
      if (!this.begun.has(place)) this.begun.set(place, { seq: entry.seq, rev: effect.rev });
    }
  }

  /** From the joining on, a period that the other account had begun is one's own. */
  private readJoining(entry: PastEntry, { from, changes }: Extract<Effect, { type: 'member.absorbed' }>): void {
    this.joined.set(from, entry.member ?? '');
    for (const [mission, state] of Object.entries(changes.missions ?? {}))
      for (const [period, { rev }] of Object.entries(state?.periods ?? {})) {
        const place = begunIn(`${mission} ${period}`, entry);
        if (!this.begun.has(place)) this.begun.set(place, { seq: entry.seq, rev });
      }
  }

  /** Takes from a list what is of the account of an entry, or of one joined to it by then, but for the first so many. */
  private drop<T>(
    lists: Map<string, T[]>,
    key: string,
    by: PastEntry,
    entryOf: (one: T) => PastEntry,
    kept: number,
  ): void {
    const account = this.accountOf(by);
    let left = kept;
    const stays = (lists.get(key) ?? []).filter((one) => {
      if (this.accountOf(entryOf(one)) !== account) return true;
      left -= 1;
      return left >= 0;
    });
    lists.set(key, stays);
  }

  /** Of accounts that were joined what fell is told by the entries in which it was reached. */
  private dropTold(place: string, { completion, others = [], steps = [] }: MissionRemainder): void {
    const fallen = new Set([...(completion === undefined ? [] : [completion]), ...others].map(({ seq }) => seq));
    const back = new Set(steps.map(stepKeyOf));
    this.completions.set(
      place,
      (this.completions.get(place) ?? []).filter(({ entry }) => !fallen.has(entry.seq)),
    );
    this.steps.set(
      place,
      (this.steps.get(place) ?? []).filter(({ entry, effect }) => !back.has(`${entry.seq} ${effect.steps}`)),
    );
  }

  /** Parts of the way go by their number: of accounts that were joined each may have been rewarded for the same one. */
  private dropSteps(place: string, by: PastEntry, left: number): void {
    const account = this.accountOf(by);
    const stays = (this.steps.get(place) ?? []).filter(
      ({ entry, effect }) => this.accountOf(entry) !== account || effect.steps <= left,
    );
    this.steps.set(place, stays);
  }

  private accountOf({ member = '' }: PastEntry): string {
    let account = member;
    for (let next = this.joined.get(account); next !== undefined; next = this.joined.get(account)) account = next;
    return account;
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
    const { lines: given, effects, qualifies } = this.takenOf(this.entry);
    const lines = given.map((line) => this.asItStands(line));
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
      ...(this.isMerged ? { merged: true } : {}),
    };
    const expired = expiredOf(this.recorded, reversed);
    return expired === null ? reversed : { ...reversed, expired };
  }

  /** Points that were pending stand since as what they became: the lot of the day on which they became usable. */
  private asItStands(line: PointsLine): PointsLine {
    if (line.kind !== 'pend') return line;
    for (const entry of this.entries)
      for (const one of entry.lines)
        if (one.kind === 'earn' && one.ref === line.ref) return { ...one, amount: line.amount };
    return line;
  }

  /** Pending points that were cancelled gave back then what they had taken of what all share. */
  private asItIsUsed(effect: Effect): Effect {
    if (effect.type !== 'budget.used' || effect.ref === undefined) return effect;
    const given = this.entries.flatMap(({ facts, effects }) =>
      facts.reversed === undefined ? effects.filter((one) => isSameUse(one, effect) && one !== effect) : [],
    );
    const cancelled = given.reduce(
      (sum, one) => (one.type === 'budget.used' && one.amount < 0 && one.ref === effect.ref ? sum - one.amount : sum),
      0,
    );
    return { ...effect, amount: Math.max(0, effect.amount - cancelled) };
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
        const told = remainderTold(reversed, effect);
        const seqs = new Set([told?.completion, ...(told?.others ?? [])].map((one) => one?.seq));
        const reached = this.completions.get(placeOf(effect)) ?? [];
        const fallen =
          told === null ? reached.slice(effect.times ?? 0) : reached.filter((one) => seqs.has(one.entry.seq));
        return fallen.map(({ entry }) => ({ trigger: `mission:${effect.mission}`, entry }));
      }
      if (effect.type !== 'badge.revoked') return [];
      return (this.grants.get(effect.badge) ?? []).map((entry) => ({ trigger: `badge:${effect.badge}`, entry }));
    });
  }

  /** What remains of a mission in the period in which an occurrence counted; null where it did not. */
  private remainderOf(mission: CompiledMission, one: Occurrence, gone: ReadonlySet<string>): MissionRemainder | null {
    const { id, rev, goal, reset } = mission.definition;
    if (!mission.listens.has(one.trigger)) return null;
    const period = this.periodOf(mission, one.entry);
    const begun = this.begun.get(begunIn(`${id} ${period}`, one.entry));
    if (begun === undefined || begun.rev !== rev || begun.seq > one.entry.seq) return null;
    const isSequence = goal.kind === 'sequence';
    if (
      !isSequence &&
      (mission.trigger !== one.trigger || !this.matches(mission, mission, one.entry, this.attributesOf(one.entry)))
    )
      return null;
    const entries = this.entries.filter((entry) => {
      const since = this.begun.get(begunIn(`${id} ${period}`, entry));
      return since !== undefined && since.rev === rev && entry.seq >= since.seq;
    });
    const replayed = this.replay(mission, period, entries, gone);
    const { count, items } = replayed;
    const [completion = null, ...others] = this.completionsOf(mission, period, gone);
    const left = (this.completions.get(`${id} ${period}`) ?? []).length > others.length + (completion === null ? 0 : 1);
    const remainder = { mission: id, rev, period, count, ...(items === null ? {} : { items }) };
    const reached = { ...(completion === null ? {} : { completion }), ...(others.length === 0 ? {} : { others }) };
    if (goal.kind === 'streak') return { ...remainder, ...reached };
    const stands = this.isMerged && reset === undefined && left ? { stands: true as const } : {};
    return { ...remainder, ...reached, ...stands, ...this.moreOf(mission, period, replayed, gone) };
  }

  /** Plays a period again, in the order of the journal, with what still stands of it. */
  private replay(
    mission: CompiledMission,
    period: string,
    entries: readonly PastEntry[],
    gone: ReadonlySet<string>,
  ): Replayed {
    const { goal, reset } = mission.definition;
    let tally = NO_PROGRESS;
    let count = 0;
    let times = 0;
    for (const entry of entries) {
      const step = mission.sequence[tally.progress] ?? mission;
      if (gone.has(keyOf({ trigger: step.trigger, entry })) || !this.stands(step.trigger, entry)) continue;
      if (this.periodOf(mission, entry) !== period) continue;
      const attributes =
        this.part !== undefined && entry === this.entry ? this.part.remaining : this.attributesOf(entry);
      if (!this.matches(mission, step, entry, attributes)) continue;
      count += 1;
      if (goal.kind === 'streak' || tally.progress >= capOf(goal)) continue;
      tally = addTo(tally, mission, goal, attributes);
      if (reset === undefined || goal.kind === 'shared' || tally.progress < targetOf(goal)) continue;
      times += 1;
      tally = NO_PROGRESS;
    }
    const collects = goal.kind === 'distinct' || goal.kind === 'set';
    return { count, times, progress: tally.progress, items: collects ? [...tally.items] : null };
  }

  /**
   * How far what is left of a period comes for the account that an entry was decided for, with those that were joined to it by then:
   * what one earned alone is judged by its own entries, however much others have brought since.
   */
  private ownProgress(mission: CompiledMission, period: string, at: PastEntry, gone: ReadonlySet<string>): number {
    const parts = this.partsOf(at.member ?? '', this.entries.indexOf(at));
    const { id, rev } = mission.definition;
    const entries = this.entries.filter((entry) => {
      const since = this.begun.get(begunIn(`${id} ${period}`, entry));
      return parts.has(entry.member ?? '') && since !== undefined && since.rev === rev && entry.seq >= since.seq;
    });
    return this.replay(mission, period, entries, gone).progress;
  }

  /** An account and those that were joined to it before a place of the journal. */
  private partsOf(account: string, before: number): Set<string> {
    const parts = new Set([account]);
    for (const [place, { member = '', effects }] of this.entries.entries()) {
      if (place >= before) break;
      if (member !== account) continue;
      for (const effect of effects)
        if (effect.type === 'member.absorbed') for (const part of this.partsOf(effect.from, place)) parts.add(part);
    }
    return parts;
  }

  /** What only missions with parts of the way, with other measures than a count, or that begin anew need said. */
  private moreOf(
    mission: CompiledMission,
    period: string,
    { progress, times }: Replayed,
    gone: ReadonlySet<string>,
  ): Partial<Omit<MissionRemainder, 'mission' | 'rev' | 'period' | 'count'>> {
    const { id, goal, reset } = mission.definition;
    const place = `${id} ${period}`;
    const isPlain = reset === undefined && (goal.kind === 'count' || goal.kind === 'distinct');
    const stepsLeft = times * mission.steps.length + stepsReached(mission, progress);
    const standing = this.steps.get(place) ?? [];
    // Of accounts that were joined each may have been rewarded for the same part.
    const fallen = this.isMerged
      ? standing.filter(
          ({ entry, effect }) =>
            effect.steps > stepsLeft ||
            (reset === undefined &&
              effect.step >= stepsReached(mission, this.ownProgress(mission, period, entry, gone))),
        )
      : standing.slice(stepsLeft);
    const given = fallen.flatMap(({ effect: { step } }) => mission.steps[step]?.reward.badges ?? []);
    return {
      ...(isPlain ? {} : { progress }),
      ...(standing.length === 0 ? {} : { stepsLeft, steps: fallen.map((one) => this.stepOf(mission, one)) }),
      ...(reset === undefined
        ? {}
        : {
            times,
            completions: (this.completions.get(place) ?? []).slice(times).map((one) => this.rewardOf(mission, one)),
          }),
      ...(given.length === 0 ? {} : { badges: given.filter((badge) => !this.isGivenElsewhere(badge, fallen)) }),
    };
  }

  /** Whether a mission gave a badge by something that stands, besides these parts of a way. */
  private isGivenElsewhere(badge: string, fallen: readonly Happened<'mission.stepped'>[]): boolean {
    return this.program.missions.some(({ id, current, older }) =>
      [current, ...older].some((mission) => {
        if (mission === null) return false;
        const isDone = [...this.completions.values()].some((list) => list.some(({ effect }) => effect.mission === id));
        if (isDone && mission.definition.reward.badges.includes(badge)) return true;
        return [...this.steps.values()].flat().some((one) => {
          const { mission: of, rev, step } = one.effect;
          const isOf = of === id && rev === mission.definition.rev;
          return isOf && !fallen.includes(one) && mission.steps[step]?.reward.badges.includes(badge) === true;
        });
      }),
    );
  }

  /**
   * The completion of a period, or the one that used a week, with its reward and what it set off; several where accounts that had
   * completed the same were joined.
   */
  private completionsOf(mission: CompiledMission, period: string, gone: ReadonlySet<string>): SetOff[] {
    const { id, goal, reset } = mission.definition;
    if (reset !== undefined) return [];
    const found =
      goal.kind === 'streak'
        ? [...this.completions.values()]
            .flat()
            .filter(({ effect }) => effect.mission === id && (effect.weeks ?? []).includes(period))
        : (this.completions.get(`${id} ${period}`) ?? []).toReversed();
    if (!this.isMerged) return found.slice(0, 1).map((one) => this.rewardOf(mission, one));
    const fallen =
      goal.kind === 'streak'
        ? found
        : found.filter((one) => this.ownProgress(mission, period, one.entry, gone) < targetOf(goal));
    return fallen.map((one) => this.rewardOf(mission, one));
  }

  private rewardOf({ definition: { id } }: CompiledMission, { entry, effect }: Happened<'mission.completed'>): SetOff {
    const { lines, effects } = this.setOffBy({ trigger: `mission:${id}`, entry });
    const budgets = budgetsOf(entry, id, undefined);
    const own = rewardLines(entry, id, undefined);
    return { seq: entry.seq, lines: [...own, ...lines], effects: [effect, ...budgets, ...effects] };
  }

  private stepOf({ definition: { id } }: CompiledMission, { entry, effect }: Happened<'mission.stepped'>): SetOff {
    const lines = rewardLines(entry, id, effect.step);
    return { seq: entry.seq, lines, effects: [effect, ...budgetsOf(entry, id, effect.step)] };
  }

  /** The points of an entry that rules gave for one of its triggers, with the allowances that they used. */
  private setOffBy({ trigger, entry }: Occurrence): { lines: PointsLine[]; effects: Effect[] } {
    const lines = entry.lines.filter(({ kind, by, ref }) => {
      // What only became usable here was given by another entry.
      if (kind === 'earn' && ref !== undefined) return false;
      const on = this.program.triggersOfRules.get(`${by.id}@${by.rev}`) ?? `activity:${entry.activity.type}`;
      return (kind === 'earn' || kind === 'pend') && by.kind === 'rule' && on === trigger;
    });
    const rules = new Set(lines.map(({ by }) => by.id));
    const effects = entry.effects.filter(
      (effect) =>
        (effect.type === 'cap.used' && rules.has(effect.rule)) ||
        (effect.type === 'activity.counted' && trigger === `activity:${effect.activity}`) ||
        (effect.type === 'mission.failed' && this.listensFor(effect, trigger)) ||
        (effect.type === 'budget.used' && effect.by.kind === 'rule' && rules.has(effect.by.id)),
    );
    return { lines, effects: effects.map((effect) => this.asItIsUsed(effect)) };
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
    if (kind === 'badge') return this.grants.get(id)?.includes(entry) === true;
    if (kind === 'tier')
      return effects.some((effect) => effect.type === 'tier.moved' && effect.to === id && effect.direction === 'up');
    return effects.some(
      (effect) =>
        effect.type === 'mission.completed' &&
        effect.mission === id &&
        (this.completions.get(placeOf(effect)) ?? []).some((one) => one.entry === entry),
    );
  }

  private periodOf({ definition: { id, goal, zone } }: CompiledMission, { facts, effects }: PastEntry): string {
    const day = dayOf(facts.calendar.occurred[zone]);
    if (goal.kind !== 'streak') return periodKey(day, goal.per);
    // In its days of grace something may have counted for the unit before.
    const marked = effects.find((effect) => effect.type === 'mission.progressed' && effect.mission === id);
    return marked?.type === 'mission.progressed' ? marked.period : periodKey(day, unitOf(goal));
  }

  /** Whether what makes this attempt fail is set off by such a trigger. */
  private listensFor({ mission, rev }: Extract<Effect, { type: 'mission.failed' }>, trigger: TriggerKey): boolean {
    return findMission(this.program, mission, rev)?.failure?.trigger === trigger;
  }

  private matches(
    { gate, when }: CompiledMission,
    step: CompiledStep,
    entry: PastEntry,
    attributes: Seen['attributes'],
  ): boolean {
    return [gate, when, step.when].every(
      (condition) => condition === null || condition.test(this.seenOf(entry, attributes)),
    );
  }

  private stateBefore(entry: PastEntry): MemberState {
    return this.statesOf(entry).before;
  }

  private statesOf({ seq }: PastEntry): { readonly before: MemberState; readonly after: MemberState } {
    this.states ??= foldAll(this.program, this.recorded);
    const found = this.states.get(seq);
    if (found === undefined) throw new Error(`The journal has no entry ${seq}.`);
    return found;
  }

  /** What conditions saw when an entry was decided: the journal is folded once for them, and only for them. */
  private seenOf(entry: PastEntry, attributes: Seen['attributes']): Seen {
    const { facts } = entry;
    const { before, after } = this.statesOf(entry);
    const { program, member } = facts.calendar.occurred;
    return {
      attributes,
      day: { program: dayOf(program), member: dayOf(member) },
      time: facts.calendar.time,
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
    if (effect.type === 'budget.used' && same?.type === 'budget.used')
      return { ...effect, amount: Math.max(0, effect.amount - same.amount) };
    if (effect.type !== 'cap.used' || same?.type !== 'cap.used') return effect;
    return { ...effect, times: effect.times - same.times, points: Math.max(0, effect.points - same.points) };
  });
  return {
    lines: [...lines.values()].filter(({ amount }) => amount > 0),
    effects: effects.filter(
      (effect) =>
        (effect.type !== 'cap.used' || effect.times !== 0 || effect.points !== 0) &&
        (effect.type !== 'budget.used' || effect.amount > 0),
    ),
  };
}

function isSameUse(left: Effect, right: Effect): boolean {
  if (left.type === 'budget.used' && right.type === 'budget.used')
    return left.budget === right.budget && left.period === right.period && left.by.id === right.by.id;
  return (
    left.type === 'cap.used' && right.type === 'cap.used' && left.cap === right.cap && left.period === right.period
  );
}

/** Pending points are told apart by their rule alone: the day on which they become usable may have been moved. */
function keyOfLine({ currency, by, lot, ref }: PointsLine): string {
  const place = ref === undefined ? [lot.activated, lot.expires] : ['pending'];
  return [by.kind, by.id, by.step, currency, ...place].join(' ');
}

/** What makes it possible that a lot lacks points which never expired. */
const SPENDS: ReadonlySet<LineKind> = new Set(['cover', 'repay', 'hold', 'adjust', 'send']);

/** What expired of the lots that a reversal is about; null where this member never spent anything. */
function expiredOf(past: readonly PastEntry[], reversed: ReversedEntry): NonNullable<ReversedEntry['expired']> | null {
  if (!past.some(({ lines }) => lines.some(({ kind }) => SPENDS.has(kind)))) return null;
  const given = [
    ...reversed.lines,
    ...reversed.missions.flatMap(({ completion, completions = [], steps = [] }) =>
      [...(completion ? [completion] : []), ...completions, ...steps].flatMap(({ lines }) => lines),
    ),
    ...reversed.badges.flatMap(({ lines }) => lines),
  ];
  const lots = new Map<string, NonNullable<ReversedEntry['expired']>[number]>();
  const placeOfLot = ({ currency, lot }: PointsLine): string => [currency, lot.activated, lot.expires].join(' ');
  for (const line of given) lots.set(placeOfLot(line), { currency: line.currency, lot: line.lot, amount: 0 });
  for (const line of past.flatMap((entry) => entry.lines)) {
    const found = lots.get(placeOfLot(line));
    if (found !== undefined && line.kind === 'expire' && line.pocket === undefined) found.amount -= line.amount;
  }
  return [...lots.values()];
}

function rewardLines(entry: PastEntry, mission: string, step: number | undefined): PointsLine[] {
  return entry.lines.filter(
    ({ kind, by }) => kind === 'earn' && by.kind === 'mission' && by.id === mission && by.step === step,
  );
}

/** What a completion, or a part of a mission's way, took of what all share. */
function budgetsOf(entry: PastEntry, mission: string, step: number | undefined): Effect[] {
  return entry.effects.filter(
    (effect) =>
      effect.type === 'budget.used' &&
      effect.by.kind === 'mission' &&
      effect.by.id === mission &&
      effect.by.step === step,
  );
}

function listUnder<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** The states before and after each entry, by seq. */
type States = ReadonlyMap<number, { readonly before: MemberState; readonly after: MemberState }>;

/** Each journal by itself: within its own it has the number that follows. */
function foldAll(program: CompiledProgram, entries: readonly PastEntry[]): States {
  const states = new Map<number, { readonly before: MemberState; readonly after: MemberState }>();
  const present = new Map<string, MemberState>();
  for (const entry of entries) {
    const { member = '' } = entry;
    const before = present.get(member) ?? initialState(program);
    const after = fold(before, { ...entry, seq: before.seq + 1 });
    states.set(entry.seq, { before, after });
    present.set(member, after);
  }
  return states;
}

/** What a reversal that read the journals of joined accounts was told of a period; null where it was decided without them. */
function remainderTold(
  reversed: ReversedEntry | undefined,
  { mission, period, weeks, left, times }: Extract<Effect, { type: 'mission.reverted' }>,
): MissionRemainder | null {
  if (reversed?.merged !== true || weeks !== undefined || left !== undefined || times !== undefined) return null;
  return reversed.missions.find((one) => one.mission === mission && one.period === period) ?? null;
}

function stepKeyOf({ seq, effects }: SetOff): string {
  const stepped = effects.find((effect) => effect.type === 'mission.stepped');
  return `${seq} ${stepped?.type === 'mission.stepped' ? stepped.steps : 0}`;
}

/** A period begins for each account by itself. */
function begunIn(place: string, { member = '' }: PastEntry): string {
  return member === '' ? place : `${place} ${member}`;
}

function split(trigger: TriggerKey): [kind: string, id: string] {
  const colon = trigger.indexOf(':');
  return [trigger.slice(0, colon), trigger.slice(colon + 1)];
}

function placeOf({ mission, period }: { readonly mission: string; readonly period: string }): string {
  return `${mission} ${period}`;
}
