import type { EndedSooner, ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram } from './compiled-program.js';
import { decideReversal, withdrawBadge } from './decide-reversal.js';
import { DecisionRun } from './decision-run.js';
import { expiredOf, linesOf } from './expired-lots.js';
import { remaindersOf } from './mission-remainders.js';
import { movedOf } from './moved-back.js';
import { own } from './own.js';
import { StandingPast } from './standing-past.js';
import { isMove, keyOf, type Move, type Occurrence, type PastEntry } from './past-entry.js';
import { PastStates } from './past-states.js';
import { PeriodReplay } from './replay-period.js';
import { setOffBy } from './set-off.js';
import { type PartialReversal, takenOf } from './taken-of-activity.js';
import { type Earns, termWithout } from './term-without.js';

/**
 * What taking an entry back depends on, from the member's whole journal in order; with `part`, what taking it back down to what
 * remains does. A return never gives: where less would have earned more, nothing is booked. A completion that falls takes with it what
 * it set off, and so on; what falls is found by deciding the reversal on what is known so far until nothing new falls.
 * `amount`: of a capture, how many of its points come back.
 * @throws where the journal has no entry `of`.
 */
export function collectReversed(
  program: CompiledProgram,
  state: MemberState,
  recorded: readonly PastEntry[],
  of: string,
  part?: PartialReversal,
  amount?: number,
): ReversedEntry {
  const past = new StandingPast(recorded);
  const entry = past.entries.find(({ id }) => id === of);
  if (entry === undefined) throw new Error(`There is no entry ${of} to take back.`);
  const states = new PastStates(program, recorded);
  const { type } = entry.activity;
  const asked: Asked = { program, state, recorded, past, states };
  if (isMove(type)) return collectMove(asked, entry, type, amount);
  const itself = { ...factsOf(past, entry, type), ...takenOf(program, past, states, entry, part) };
  const attributesLeft = (one: PastEntry): PastEntry['activity']['attributes'] =>
    part !== undefined && one === entry ? part.remaining : past.attributesOf(one);
  const gone: Occurrence[] = [{ trigger: `activity:${type}`, entry }];
  return collectFallen(asked, part === undefined ? itself : { ...itself, part: true }, gone, attributesLeft);
}

/**
 * What goes along where staff withdraw a badge, as where a return takes it: what rules gave for it, and completions that fall by it. Undefined
 * where it was never granted.
 */
export function collectWithdrawn(
  program: CompiledProgram,
  state: MemberState,
  recorded: readonly PastEntry[],
  badge: string,
): ReversedEntry | undefined {
  const past = new StandingPast(recorded);
  const gone = past.grantsOf(badge).map(({ entry }): Occurrence => ({ trigger: `badge:${badge}`, entry }));
  const [first] = gone;
  if (first === undefined) return undefined;
  const asked: Asked = { program, state, recorded, past, states: new PastStates(program, recorded) };
  const itself = { ...factsOf(past, first.entry, 'badge.withdrawn'), ...NOTHING };
  return collectFallen(asked, itself, gone, (one) => past.attributesOf(one), badge);
}

/** What a collection reads: the program in force, the state to be decided on, and the journal that led to it. */
interface Asked {
  readonly program: CompiledProgram;
  readonly state: MemberState;
  readonly recorded: readonly PastEntry[];
  readonly past: StandingPast;
  readonly states: PastStates;
}

const NOTHING: Pick<ReversedEntry, 'lines' | 'effects' | 'counters' | 'caused'> = {
  lines: [],
  effects: [],
  counters: [],
  caused: [],
};

/** Of a capture, or of what staff gave or took: points and nothing else. A gift with which a term began takes that along. */
function collectMove(asked: Asked, entry: PastEntry, type: Move, amount: number | undefined): ReversedEntry {
  const { program, state, recorded, past } = asked;
  const facts = { ...factsOf(past, entry, type), ...NOTHING, ...movedOf(asked, type, entry, amount) };
  if (facts.lines.every((line) => line.amount < 0)) return facts;
  const expired = expiredOf(recorded, facts) ?? [];
  const hasBegun = entry.effects.some((effect) => effect.type === 'expiry.extended');
  const gone: Occurrence[] = [{ trigger: `activity:${type}`, entry }];
  const endsSooner = hasBegun ? endingSooner(program, state, past, facts, gone, true) : [];
  return { ...facts, expired, ...(endsSooner.length === 0 ? {} : { endsSooner }) };
}

/** Adds what falls with what is gone, until nothing more does. `withdrawn`: a badge that staff take away, and no reversal. */
function collectFallen(
  { program, state, recorded, past, states }: Asked,
  itself: ReversedEntry,
  gone: Occurrence[],
  attributesLeft: (one: PastEntry) => PastEntry['activity']['attributes'],
  withdrawn?: string,
): ReversedEntry {
  for (;;) {
    // What is taken back in part is still there, as what remains of it.
    const keys = new Set(gone.slice(itself.part === true ? 1 : 0).map(keyOf));
    const missions = remaindersOf(program, past, new PeriodReplay(past, states, keys, attributesLeft), gone);
    const reversed = { ...itself, missions, badges: badgesOf(program, past, gone) };
    const expired = expiredOf(recorded, reversed);
    const facts = expired === null ? reversed : { ...reversed, expired };
    const known = new Set(gone.map(keyOf));
    const more = fallen(program, state, past, facts, withdrawn).filter((one) => !known.has(keyOf(one)));
    if (more.length === 0) {
      const endsSooner = endingSooner(program, state, past, facts, gone);
      return endsSooner.length === 0 ? facts : { ...facts, endsSooner };
    }
    gone.push(...more);
  }
}

/** Currencies of which something is taken back that kept their points alive until now. */
function endingSooner(
  program: CompiledProgram,
  state: MemberState,
  past: StandingPast,
  reversed: ReversedEntry,
  gone: readonly Occurrence[],
  isExact = false,
): EndedSooner[] {
  const earns = earnsWithout(program, past, reversed, gone);
  return [...new Set(linesOf(reversed).map(({ currency }) => currency))].flatMap((currency) => {
    const present = own(state.activeUntil ?? {}, currency);
    const term = present === undefined ? null : termWithout(program, past, currency, earns);
    if (term === null || present === undefined) return [];
    const isOther = term.until === null || (isExact ? term.until !== present : term.until < present);
    return isOther || term.ended.length > 0 ? [term] : [];
  });
}

/** What stands as earned once a reversal took what it takes: of an activity taken back in part, as long as anything is left of it. */
function earnsWithout(
  program: CompiledProgram,
  past: StandingPast,
  reversed: ReversedEntry,
  gone: readonly Occurrence[],
): Earns {
  const keys = new Set(gone.slice(reversed.part === true ? 1 : 0).map(keyOf));
  const taken = new Map<number, PointsLine[]>();
  for (const { part, seq, lines } of [...past.entries.flatMap(({ facts }) => facts.reversed ?? []), reversed])
    if (part === true) taken.set(seq, [...(taken.get(seq) ?? []), ...lines]);
  return (entry, { currency, by, kind }) => {
    const { seq, lines, activity } = entry;
    const itself = `activity:${activity.type}`;
    if (!past.stands(itself, entry) || keys.has(keyOf({ trigger: itself, entry }))) return false;
    // Given by staff; what came back to its lots was the member's before.
    if (kind === 'adjust') return activity.type === 'points.adjusted';
    if (by.step !== undefined) {
      const isTaken = reversed.missions.some(
        ({ mission, steps = [] }) => mission === by.id && steps.some((one) => one.seq === seq),
      );
      return !isTaken && past.stepsOf(by.id).some((one) => one.entry === entry && one.effect.step === by.step);
    }
    const triggerOf = ({ kind, id, rev }: PointsLine['by']): string =>
      kind === 'mission' ? `mission:${id}` : (program.triggersOfRules.get(`${id}@${rev}`) ?? itself);
    const trigger = triggerOf(by);
    if (trigger !== itself) return past.stands(trigger, entry) && !keys.has(keyOf({ trigger, entry }));
    const sumOf = (some: readonly PointsLine[]): number =>
      some.reduce((sum, one) => (one.currency === currency && one.amount > 0 ? sum + one.amount : sum), 0);
    const given = lines.filter((one) => (one.kind === 'earn' || one.kind === 'pend') && triggerOf(one.by) === itself);
    return sumOf(given) > sumOf(taken.get(seq) ?? []);
  };
}

/** What is told of an entry of which nothing else falls. */
function factsOf(
  past: StandingPast,
  { id, seq, facts }: PastEntry,
  type: string,
): Omit<ReversedEntry, keyof typeof NOTHING> {
  const merged = past.isMerged ? { merged: true as const } : {};
  return { id, seq, type, occurred: facts.calendar.occurred, missions: [], badges: [], ...merged };
}

/** The badges among what is gone, with what each set off. */
function badgesOf(program: CompiledProgram, past: StandingPast, gone: readonly Occurrence[]): ReversedEntry['badges'] {
  return gone.flatMap((one) => {
    const [kind, badge = ''] = one.trigger.split(':');
    return kind === 'badge' ? [{ badge, ...setOffBy(program, past, one) }] : [];
  });
}

/** Completions and badges that a reversal on these facts takes back, in the entries in which they came about. */
function fallen(
  program: CompiledProgram,
  state: MemberState,
  past: StandingPast,
  reversed: ReversedEntry,
  withdrawn: string | undefined,
): Occurrence[] {
  const calendar = { occurred: reversed.occurred, now: reversed.occurred };
  const attributes = withdrawn === undefined ? {} : { badge: withdrawn };
  const run = new DecisionRun(
    program,
    state,
    { calendar, reversed },
    { type: reversed.type, occurredAt: '', attributes },
  );
  if (withdrawn === undefined) decideReversal(run);
  else if (own(state.badges, withdrawn) === undefined) return [];
  else withdrawBadge(run);
  return run.effects.flatMap((effect): Occurrence[] => {
    if (effect.type === 'mission.reverted' && effect.takenBack) {
      const trigger = `mission:${effect.mission}`;
      return past.fallenBy(effect, reversed).map(({ entry }) => ({ trigger, entry }));
    }
    if (effect.type !== 'badge.revoked') return [];
    return past.grantsOf(effect.badge).map(({ entry }) => ({ trigger: `badge:${effect.badge}`, entry }));
  });
}
