import * as z from 'zod/mini';
import { Ulid } from '#platform/ids.js';
import { Instant } from '#platform/time.js';
import { Effect } from './effect.js';
import { MemberState } from './member-state.js';
import { PointsLine } from './points-line.js';
import { Receipt } from './receipt.js';

/** What the engine reads of an activity; its attributes were validated before. */
export interface DecidedActivity {
  /** Whose it is, and the key that it came with: for the activities that it causes. */
  readonly member?: string;
  readonly key?: string;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * An activity that a decision causes for another member, or as a follow-up. The ledger gives it its depth, and its key where it
 * brings none of its own (`<parent>:<n>`).
 */
export const CausedActivity = z.object({
  key: z.optional(z.string()),
  member: Ulid,
  type: z.string(),
  occurredAt: Instant,
  attributes: z.record(z.string(), z.unknown()),
});
export type CausedActivity = z.infer<typeof CausedActivity>;

/**
 * One question of a decision to what all members share: how much it wanted, how much was allowed. `of`: the budgets that it asked,
 * one after another, by `budgetKey`; `need`: what that would have made of the whole decision's use of it (0 where an earlier one
 * left nothing to ask for). Not `takes`: only weighed, as where a group of rules looks for the one that gives most.
 */
export const BudgetAsk = z.object({
  of: z.array(z.object({ key: z.string(), need: z.int() })),
  wanted: z.int(),
  allowed: z.int(),
  takes: z.boolean(),
});
export type BudgetAsk = z.infer<typeof BudgetAsk>;

/** What the engine decided. A refusal is an entry too: it has a code and neither lines nor effects. */
export const Decision = z.object({
  outcome: z.enum(['accepted', 'refused']),
  refusal: z.optional(z.string()),
  lines: z.array(PointsLine),
  effects: z.array(Effect),
  state: MemberState,
  receipt: Receipt,
  caused: z.array(CausedActivity),
  /** How much of which budget it would have given, had all been there, by `budgetKey`; absent where it asked for none. */
  asked: z.optional(z.record(z.string(), z.int())),
  /** The same, question by question; a decision that hears the same answers comes out the same. */
  asks: z.optional(z.array(BudgetAsk)),
});
export type Decision = z.infer<typeof Decision>;
