import type { BacktestReport, BacktestStatus } from '@verbena/shared/backtests/backtests.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Actor } from '#platform/http/principal.js';
import type { PartTally } from './tally.js';

/** One range of shards: how far it is, and what it found. */
export interface BacktestPart {
  readonly shards: readonly number[];
  members: number;
  entries: number;
  memoryMb: number;
  tally: PartTally | null;
  /** The run of it that found this: what it kept of what all share is its own. */
  run?: string;
}

/** Members whom what all share did not suffice for, decided again. */
export interface BacktestRound {
  total: number;
  members: number;
}

/** A run of a draft over the past, with the definitions that it tries: the draft may change meanwhile. */
export interface BacktestDocument {
  _id: string;
  program: string;
  draft: string;
  draftName: string;
  edit: number;
  definitions: Definitions;
  status: BacktestStatus;
  startedAt: Date;
  endedAt: Date | null;
  by: Actor;
  /** Members at the start, for the progress. */
  total: number;
  parts: BacktestPart[];
  /**
   * Whether the draft shares anything among all members: then the parts are not the end. Absent in those of before it was settled.
   */
  isShared?: boolean;
  /** The rounds of settling, as far as they have begun. */
  rounds?: BacktestRound[];
  report: BacktestReport | null;
}
