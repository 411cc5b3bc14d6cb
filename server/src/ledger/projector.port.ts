import { DiscoveryService } from '@nestjs/core';
import type { CompiledProgram } from '#engine/compiled-program.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { JournalEntry } from './journal-entry.js';

export type { JournalEntry } from './journal-entry.js';

/** A lane as a projector meets it: its members are those of `shards`, and `q` is the last group that was projected. */
export interface ProjectedLane {
  readonly id: string;
  readonly shards: ReadonlySet<number>;
  readonly q: number;
}

/** All entries of the groups after `fromQ` up to `toQ` of one lane; those of one member stand in order of `seq`. */
export interface LaneBatch {
  readonly lane: string;
  readonly fromQ: number;
  readonly toQ: number;
  readonly entries: readonly JournalEntry[];
}

/**
 * A member's whole journal, page by page in order of `seq`. Reading it throws where another node projects the lane by now: so
 * whoever reads what it will compare-and-set on *before* it reads journals never undoes what its successor wrote.
 */
export interface MemberJournal {
  readonly member: string;
  readonly shard: number;
  entries(): AsyncIterable<readonly JournalEntry[]>;
}

/**
 * A view of the ledger. Each lane has one loop, on one node at a time, that calls these one after another, so nothing races
 * within a lane. Whatever is called may be called again after a crash, with the same or overlapping entries: a member's `seq`
 * tells what a view already holds. What throws is tried again.
 */
export interface Projector {
  /** Stands in the `_id` of its watermarks; never changes. */
  readonly name: string;

  /** What of a program's definitions the view depends on; where it changes, the program's members are computed anew. */
  shapeOf(program: CompiledProgram): string;

  /** This node begins to project a lane. */
  begin(lane: ProjectedLane): Promise<void>;

  /** Takes new entries in. The watermark moves when it resolves. */
  apply(batch: LaneBatch): Promise<void>;

  /** Computes members of a lane from their whole journals and replaces what the view holds of them. */
  recompute(lane: string, scope: Scope, journals: readonly MemberJournal[]): Promise<void>;

  /** Work of its own between batches, in the same loop; says whether there is more to do at once. */
  tend?(lane: ProjectedLane): Promise<boolean>;
}

/** Marks a projector; it is found at boot, and each name has one. */
export const ProjectsJournal = DiscoveryService.createDecorator();
