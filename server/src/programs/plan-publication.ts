import { compareDefinitions } from '@verbena/shared/programs/compare-definitions.js';
import type { DefinitionChange } from '@verbena/shared/programs/definition-change.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { localDateOf, startOfDate } from '#platform/clock/calendar.js';
import { addDays } from '#engine/calendar.js';
import { withoutWorse } from './merge-definitions.js';

const DAY_MS = 86_400_000;

export interface PlanInput {
  readonly last: Definitions;
  readonly next: Definitions;
  readonly noticeDays: number;
  readonly zone: string;
  readonly nowMs: number;
  /** Whether a set could be in force: a half of a change may not fit together. */
  readonly isSound: (definitions: Definitions) => boolean;
}

/** A set of definitions and when it begins. Null: at once. */
export interface PlannedSet {
  readonly definitions: Definitions;
  readonly changes: readonly DefinitionChange[];
  readonly fromMs: number | null;
}

/**
 * How a set comes into force: benefits at once, and the whole of it when the notice is over; one step where nothing is for the
 * worse, where there is no notice, or where the benefits do not fit together without the rest.
 */
export function planPublication({ last, next, noticeDays, zone, nowMs, isSound }: PlanInput): readonly PlannedSet[] {
  const changes = compareDefinitions(last, next);
  if (noticeDays === 0 || !hasWorse(changes)) return [{ definitions: next, changes, fromMs: null }];
  const fromMs = endOfNotice(nowMs, noticeDays, zone);
  const atOnce = withoutWorse(last, next, changes);
  const first = compareDefinitions(last, atOnce);
  if (first.length === 0 || !isSound(atOnce)) return [{ definitions: next, changes, fromMs }];
  return [
    { definitions: atOnce, changes: first, fromMs: null },
    { definitions: next, changes: compareDefinitions(atOnce, next), fromMs },
  ];
}

export function hasWorse(changes: readonly DefinitionChange[]): boolean {
  return changes.some(({ verdict }) => verdict === 'worse');
}

/** The first midnight of the program's zone after so many whole days. */
export function endOfNotice(nowMs: number, noticeDays: number, zone: string): number {
  const earliest = nowMs + noticeDays * DAY_MS;
  const start = startOfDate(localDateOf(earliest, zone), zone);
  return start >= earliest ? start : startOfDate(addDays(localDateOf(earliest, zone), 1), zone);
}
