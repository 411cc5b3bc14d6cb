import type { ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from './compiled-program.js';
import { decideReversal } from './decide-reversal.js';
import { DecisionRun } from './decision-run.js';
import { expiredOf } from './expired-lots.js';
import { remaindersOf } from './mission-remainders.js';
import { StandingPast } from './standing-past.js';
import { keyOf, type Occurrence, type PastEntry } from './past-entry.js';
import { PastStates } from './past-states.js';
import { PeriodReplay } from './replay-period.js';
import { setOffBy } from './set-off.js';
import { type PartialReversal, takenOf } from './taken-of-activity.js';

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
    if (more.length === 0) return facts;
    gone.push(...more);
  }
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
