import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import { dayOf } from './calendar.js';
import { bucketFor } from './compile-counter.js';
import type { CompiledProgram } from './compiled-program.js';
import { decideAgain } from './decide-again.js';
import { findMission } from './decide-reversal.js';
import type { PastEntry } from './past-entry.js';
import type { StandingPast } from './standing-past.js';
import type { PastStates } from './past-states.js';
import type { Seen } from './seen.js';
import { asItStands, setOffBy } from './set-off.js';
import { subtract } from './subtract-set-off.js';

/** A reversal in part: what remains, and the version under which the entry was decided. */
export interface PartialReversal {
  readonly remaining: Readonly<Record<string, unknown>>;
  readonly under: CompiledProgram;
}

/**
 * What is to be taken of that which an activity gave by itself: its points with their allowances, what it counts for, what it caused
 * for members. In full, all that stands; in part, what that and what remains, decided again, differ by.
 */
export function takenOf(
  program: CompiledProgram,
  past: StandingPast,
  states: PastStates,
  entry: PastEntry,
  part: PartialReversal | undefined,
): Pick<ReversedEntry, 'lines' | 'effects' | 'counters' | 'caused'> {
  const standing = standingOf(program, past, entry);
  const caused = [...(entry.caused ?? [])];
  const again = part && decideAgain(part.under, states.before(entry), entry.facts, entry.activity, part.remaining);
  const { lines, effects } = again === undefined ? standing : subtract(standing, again);
  return {
    lines: lines.map((line) => asItStands(past, line)),
    effects: again === undefined ? effects : effects.filter((effect) => !stillFails(program, effect, again.seen)),
    counters: countersOf(program, past, entry, part),
    caused: again?.qualifies === true ? [] : caused,
  };
}

/** Whether what remains of an attempt that failed fails too. */
function stillFails(program: CompiledProgram, effect: Effect, seen: Seen): boolean {
  const failure = effect.type === 'mission.failed' && findMission(program, effect.mission, effect.rev)?.failure;
  return failure ? failure.when === null || failure.when.test(seen) : false;
}

/** What the activity itself gave, without what reversals in part took already. */
function standingOf(program: CompiledProgram, past: StandingPast, entry: PastEntry): Pick<SetOff, 'lines' | 'effects'> {
  const given = setOffBy(program, past, { trigger: `activity:${entry.activity.type}`, entry });
  return past.entries.reduce<Pick<SetOff, 'lines' | 'effects'>>((standing, { facts: { reversed } }) => {
    return reversed?.part === true && reversed.seq === entry.seq ? subtract(standing, reversed) : standing;
  }, given);
}

/**
 * What an entry counts for in each counter, as it was recorded or as a version filled it later; in part, what it counts for
 * more than what remains of it.
 */
function countersOf(
  program: CompiledProgram,
  past: StandingPast,
  entry: PastEntry,
  part: PartialReversal | undefined,
): ReversedEntry['counters'] {
  const { activity, effects, facts } = entry;
  const counters = program.counters.byActivity.get(activity.type) ?? [];
  return counters.flatMap((counted) => {
    const { id: counter, zone, measure } = counted;
    const recorded = effects.find((effect) => effect.type === 'counter.added' && effect.counter === counter);
    const isAsRecorded = recorded?.type === 'counter.added' && part === undefined && !past.isAmended(entry);
    if (isAsRecorded) return [{ counter, bucket: recorded.bucket, amount: recorded.amount }];
    const left = part === undefined ? 0 : measure(part.remaining);
    const amount = measure(past.attributesOf(entry)) - left;
    const bucket = bucketFor(counted, dayOf(facts.calendar.occurred[zone]), activity.attributes);
    return amount === 0 ? [] : [{ counter, bucket, amount }];
  });
}
