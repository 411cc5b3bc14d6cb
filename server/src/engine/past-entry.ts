import { isSystemType, reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { Facts, ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { TriggerKey } from './compiled-program.js';
import type { FoldedEntry } from './fold.js';

/** An entry of a member's journal as far as a reversal reads it. */
export interface PastEntry extends FoldedEntry {
  readonly id: string;
  /** Whose journal it is of, where several were joined: each is folded by itself, and `seq` tells all of them apart. */
  readonly member?: string;
  readonly outcome: 'accepted' | 'refused';
  /** The version under which it stands. */
  readonly version: number;
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

/** Something that set definitions off: an activity, a completion or a badge, in the entry in which it happened. */
export interface Occurrence {
  readonly trigger: TriggerKey;
  readonly entry: PastEntry;
}

/** One key for each occurrence of a journal. */
export function keyOf({ trigger, entry }: Occurrence): string {
  return `${trigger}@${entry.seq}`;
}

/** Of the house's own, what can be taken back: it moved points of lots that are known, and set nothing off. */
const MOVES = ['points.captured', 'points.adjusted'] as const;
export type Move = (typeof MOVES)[number];

export function isMove(type: string): type is Move {
  return MOVES.some((move) => move === type);
}

/** Whether an entry is of a kind that can be taken back: not what was refused, nor the house's own but for `Move`s, nor a reversal. */
export function isReversible(outcome: PastEntry['outcome'], type: string): boolean {
  return outcome === 'accepted' && (!isSystemType(type) || isMove(type)) && reversedTypeOf(type) === null;
}
