import type { EndedSooner, ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram } from './compiled-program.js';
import { decideReversal } from './decide-reversal.js';
import { DecisionRun } from './decision-run.js';
import { expiredOf, linesOf } from './expired-lots.js';
import { remaindersOf } from './mission-remainders.js';
import { own } from './own.js';
import { StandingPast } from './standing-past.js';
import { keyOf, type Occurrence, type PastEntry } from './past-entry.js';
import { PastStates } from './past-states.js';
import { PeriodReplay } from './replay-period.js';
import { setOffBy } from './set-off.js';
import { type PartialReversal, takenOf } from './taken-of-activity.js';
import { type Earns, termWithout } from './term-without.js';

/**
 * What taking an entry back depends on, from the member's whole journal in order; with `part`, what taking it back down to what
 * remains does. A return never gives: where less would have earned more, nothing is booked. A completion that falls takes with it what
 * it set off, and so on; what falls is found by deciding the reversal on what is known so far until nothing new falls.
 * @throws where the journal has no entry `of`.
 */
export function collectReversed(
  program: CompiledProgram,
  state: MemberState,
  recorded: readonly PastEntry[],
  of: string,
  part?: PartialReversal,
): ReversedEntry {
  const past = new StandingPast(recorded);
  const entry = past.entries.find(({ id }) => id === of);
  if (entry === undefined) throw new Error(`There is no entry ${of} to take back.`);
  const states = new PastStates(program, recorded);
  const itself = factsOf(program, past, states, entry, part);
  const attributesLeft = (one: PastEntry): PastEntry['activity']['attributes'] =>
    part !== undefined && one === entry ? part.remaining : past.attributesOf(one);
  const gone: Occurrence[] = [{ trigger: `activity:${entry.activity.type}`, entry }];
  for (;;) {
    // What is taken back in part is still there, as what remains of it.
    const keys = new Set(gone.slice(part === undefined ? 0 : 1).map(keyOf));
    const missions = remaindersOf(program, past, new PeriodReplay(past, states, keys, attributesLeft), gone);
    const reversed = { ...itself, missions, badges: badgesOf(program, past, gone) };
    const expired = expiredOf(recorded, reversed);
    const facts = expired === null ? reversed : { ...reversed, expired };
    const known = new Set(gone.map(keyOf));
    const more = fallen(program, state, past, facts).filter((one) => !known.has(keyOf(one)));
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
): EndedSooner[] {
  const earns = earnsWithout(program, past, reversed, gone);
  return [...new Set(linesOf(reversed).map(({ currency }) => currency))].flatMap((currency) => {
    const present = own(state.activeUntil ?? {}, currency);
    const term = present === undefined ? null : termWithout(program, past, currency, earns);
    if (term === null || present === undefined) return [];
    return term.until === null || term.until < present || term.ended.length > 0 ? [term] : [];
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
  return (entry, { currency, by }) => {
    const { seq, lines, activity } = entry;
    const itself = `activity:${activity.type}`;
    if (!past.stands(itself, entry) || keys.has(keyOf({ trigger: itself, entry }))) return false;
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

/** The facts of a reversal by which nothing else falls. */
function factsOf(
  program: CompiledProgram,
  past: StandingPast,
  states: PastStates,
  entry: PastEntry,
  part: PartialReversal | undefined,
): ReversedEntry {
  const { id, seq, activity, facts } = entry;
  const { lines, effects, counters, caused } = takenOf(program, past, states, entry, part);
  return {
    id,
    seq,
    type: activity.type,
    occurred: facts.calendar.occurred,
    lines,
    effects,
    ...(part === undefined ? {} : { part: true }),
    counters,
    missions: [],
    badges: [],
    caused,
    ...(past.isMerged ? { merged: true } : {}),
  };
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
): Occurrence[] {
  const calendar = { occurred: reversed.occurred, now: reversed.occurred };
  const activity = { type: reversed.type, occurredAt: '', attributes: {} };
  const run = new DecisionRun(program, state, { calendar, reversed }, activity);
  decideReversal(run);
  return run.effects.flatMap((effect): Occurrence[] => {
    if (effect.type === 'mission.reverted' && effect.takenBack) {
      const trigger = `mission:${effect.mission}`;
      return past.fallenBy(effect, reversed).map(({ entry }) => ({ trigger, entry }));
    }
    if (effect.type !== 'badge.revoked') return [];
    return past.grantsOf(effect.badge).map(({ entry }) => ({ trigger: `badge:${effect.badge}`, entry }));
  });
}
