import type { ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram } from './compiled-program.js';
import { keyOf, type Occurrence, type PastEntry } from './past-entry.js';
import type { StandingPast } from './standing-past.js';
import type { Earns } from './term-without.js';
import type { Standing } from './tier-past.js';

/** What goes with a reversal: the facts that it is decided on, and all occurrences that go, what it is about first. */
export interface Gone {
  readonly reversed: ReversedEntry;
  readonly gone: readonly Occurrence[];
}

/** What stands of a journal once a reversal took what it takes; without one, what stands now. */
export function standingWithout(
  program: CompiledProgram,
  past: StandingPast,
  taken: Gone | null,
  attributesOf: Standing['attributesOf'] = (entry) => past.attributesOf(entry),
): Standing {
  const { reversed = null, gone = [] } = taken ?? {};
  const keys = new Set(gone.slice(reversed?.part === true ? 1 : 0).map(keyOf));
  const inPart = new Map<number, PointsLine[]>();
  const told = past.entries.flatMap(({ facts, outcome }) => (outcome === 'accepted' ? (facts.reversed ?? []) : []));
  for (const { part, seq, lines } of reversed === null ? told : [...told, reversed])
    if (part === true) inPart.set(seq, [...(inPart.get(seq) ?? []), ...lines]);
  const remains = (trigger: string, entry: PastEntry): boolean =>
    past.stands(trigger, entry) && !keys.has(keyOf({ trigger, entry }));
  return {
    isThere: (entry) => remains(`activity:${entry.activity.type}`, entry),
    takenOf: ({ seq }) => inPart.get(seq) ?? [],
    attributesOf,
    stands: (entry, { by }) => {
      if (by.step === undefined) return remains(triggerOf(program, entry, by), entry);
      const isTaken = reversed?.missions.some(
        ({ mission, steps = [] }) => mission === by.id && steps.some((one) => one.seq === entry.seq),
      );
      return isTaken !== true && past.stepsOf(by.id).some((one) => one.entry === entry && one.effect.step === by.step);
    },
  };
}

/** What stands as earned once a reversal took what it takes: of an activity taken back in part, as long as anything is left of it. */
export function earnsWithout(program: CompiledProgram, past: StandingPast, taken: Gone): Earns {
  const standing = standingWithout(program, past, taken);
  return (entry, line) => {
    const { lines, activity } = entry;
    const itself = `activity:${activity.type}`;
    if (!standing.isThere(entry)) return false;
    // Given by staff; what came back to its lots was the member's before.
    if (line.kind === 'adjust') return activity.type === 'points.adjusted';
    if (line.by.step !== undefined || triggerOf(program, entry, line.by) !== itself)
      return standing.stands(entry, line);
    const sumOf = (some: readonly PointsLine[]): number =>
      some.reduce((sum, one) => (one.currency === line.currency && one.amount > 0 ? sum + one.amount : sum), 0);
    const given = lines.filter(
      ({ kind, by }) => (kind === 'earn' || kind === 'pend') && triggerOf(program, entry, by) === itself,
    );
    return sumOf(given) > sumOf(standing.takenOf(entry));
  };
}

/** What a definition was set off by in an entry. */
function triggerOf(program: CompiledProgram, { activity }: PastEntry, { kind, id, rev }: PointsLine['by']): string {
  const itself = `activity:${activity.type}`;
  return kind === 'mission' ? `mission:${id}` : (program.triggersOfRules.get(`${id}@${rev}`) ?? itself);
}
