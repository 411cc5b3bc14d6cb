/** What one member brought to a shared goal in one period. `_id` is `program|mission|period|member`. */
export interface ContributionDocument {
  readonly _id: string;
  readonly program: string;
  readonly mission: string;
  readonly period: string;
  readonly member: string;
  readonly shard: number;
  readonly amount: number;
  /** What the goal asked for when the member brought this; not in documents of before that was kept. */
  readonly target?: number;
  /** The member's entry that is in the amount last: what comes again at or below it is there already. */
  readonly seq: number;
  /** Whether the member was told that the goal is reached. */
  readonly told: boolean;
}

/** A shared goal that was reached in a period, once. `_id` is `program|mission|period`. */
export interface ReachedGoalDocument {
  readonly _id: string;
  readonly program: string;
  readonly mission: string;
  readonly period: string;
  readonly at: Date;
}
