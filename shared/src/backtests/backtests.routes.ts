import * as z from 'zod/mini';
import { Actor } from '#audit/audit.routes.js';
import { ActivityTypeId } from '#activities/activity-type.js';
import { Entry } from '#ledger/entry-recorded.js';
import { GivenAttributes } from '#platform/exact-text.js';
import { MemberRef, Slug, Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { InstantInput } from '#platform/given-time.js';
import { Instant, LocalDate } from '#platform/time.js';
import { BudgetId, WhenShort } from '#programs/budget.js';
import { Period } from '#programs/definition.js';

/** One figure as it was and as it would have been. */
export const Pair = z.object({ live: z.int(), draft: z.int() });
export type Pair = z.infer<typeof Pair>;

/** So many members are named at either end, and so many undecided ones. */
export const NAMED_MAX = 10;
export const UNDECIDED_MAX = 50;

/**
 * What a member earned in all, expiry and spending aside. `called`: its name, else its alias or the brand's id of it; looked up for each reader,
 * null where there is neither.
 */
export const MemberOutcome = z.extend(Pair, { member: Ulid, called: z.optional(z.nullable(z.string())) });
export type MemberOutcome = z.infer<typeof MemberOutcome>;

/** Who came away with nothing or with a part: members, and how many of their activities. */
export const Short = z.object({ members: z.int(), activities: z.int() });
export type Short = z.infer<typeof Short>;

/** What becomes of what all members share, in one period or in all of them. Points; of a mission completions. */
const Exhaustion = z.object({
  /**
   * What would have been given, had there been no limit: so much more than was given and given back as some went without. What another
   * budget held back is not asked of this one. Of a mission: completions that counted, and members who found no place.
   */
  asked: z.int(),
  /**
   * What was given and not taken back: in fact as far as it was a budget then (by period only where the draft's periods hold those
   * of then); with the draft at most `limit` in any period.
   */
  given: Pair,
  /** What was given at first and taken back with the activity. */
  givenBack: z.int(),
  without: Short,
  partly: Short,
});

/**
 * One period of a budget. `ranOut`: the day of the activity that took the last of it, or that was the first to find too little;
 * null: it lasted.
 */
export const BudgetPeriodOutcome = z.extend(Exhaustion, { period: z.string(), ranOut: z.nullable(LocalDate) });
export type BudgetPeriodOutcome = z.infer<typeof BudgetPeriodOutcome>;

/** So many periods of a budget are told one by one, the newest first. */
export const BUDGET_PERIODS_MAX = 400;

/**
 * A budget that the draft declares, over the past: in all periods together, and in each in which anybody asked for it. Members in
 * `without` and `partly` are counted once, however many of their activities it was.
 */
export const BudgetOutcome = z.extend(Exhaustion, {
  budget: BudgetId,
  kind: z.enum(['rule', 'mission', 'currency']),
  /** The rule, mission or currency. */
  id: Slug,
  /** What it counts; null: completions. */
  currency: z.nullable(Slug),
  per: Period,
  limit: z.int(),
  whenShort: WhenShort,
  /** In how many periods anybody asked for it, and in how many of them it ran out. */
  periodsCount: z.int(),
  ranOutCount: z.int(),
  periods: z.array(BudgetPeriodOutcome),
});
export type BudgetOutcome = z.infer<typeof BudgetOutcome>;

/** So often members are decided again whom what all share did not suffice for. */
export const ROUNDS_MAX = 3;

/**
 * What a draft would have made of the whole past, beside what was. Points are those of the program's first currency, net of
 * what was taken back. Caused activities (an invitation that counted) are those of the past. What all members share is given out
 * in the order in which the past was committed: by the lane's time, its lane, its group and the place in that.
 */
export const BacktestReport = z.object({
  members: z.int(),
  entries: z.int(),
  /** Wall-clock seconds from the first part that began to the last that ended. */
  seconds: z.number(),
  /** The largest memory that a part took, in MB. */
  memoryMb: z.number(),
  currency: z.nullable(z.string()),
  issued: Pair,
  /** What members hold at the end. */
  balances: Pair,
  winners: z.int(),
  losers: z.int(),
  same: z.int(),
  topWinners: z.array(MemberOutcome),
  topLosers: z.array(MemberOutcome),
  /** Members by how much more (or less) they would have: `from` and `to` inclusive, null without a bound. */
  distribution: z.array(z.object({ from: z.nullable(z.int()), to: z.nullable(z.int()), members: z.int() })),
  /** Points by the day of what earned them. */
  days: z.array(z.extend(Pair, { date: LocalDate })),
  /** Where members stand at the end: from the tier that they hold to the one that they would; null: none. */
  tiers: z.array(z.object({ from: z.nullable(z.string()), to: z.nullable(z.string()), members: z.int() })),
  /** Completions. Impossible: the draft has it, somebody completed it in the past, and under the draft nobody does. */
  missions: z.array(z.extend(Pair, { id: z.string(), isImpossible: z.boolean() })),
  badges: z.array(z.extend(Pair, { id: z.string() })),
  /** Activities that the draft refuses and the past accepted, and the other way round. */
  refused: Pair,
  /** Activities that find nothing to do under the draft, such as a return of what was never given. */
  skipped: z.int(),
  undecided: z.array(z.object({ member: Ulid, reason: z.string() })),
  undecidedCount: z.int(),
  /** What the draft shares among all members, in the order of its definitions. Absent in reports of before it was settled. */
  budgets: z.optional(z.array(BudgetOutcome)),
  /** How often members were decided again because of that, and how many of the undecided are so because it was not enough. */
  rounds: z.optional(z.int()),
  unsettledCount: z.optional(z.int()),
});
export type BacktestReport = z.infer<typeof BacktestReport>;

export const BacktestStatus = z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']);
export type BacktestStatus = z.infer<typeof BacktestStatus>;

/**
 * How far a backtest is. `members` of `total`, and `entries`, are those of the first going through the past. `again`: the round
 * that is under way, of members whom what all share did not suffice for. `share`: of the whole, from 0 to 1; it never falls.
 */
export const BacktestProgress = z.object({
  members: z.int(),
  total: z.int(),
  entries: z.int(),
  share: z.number(),
  again: z.nullable(z.object({ round: z.int(), members: z.int(), total: z.int() })),
});
export type BacktestProgress = z.infer<typeof BacktestProgress>;

export const Backtest = z.object({
  id: Ulid,
  draft: Ulid,
  draftName: z.string(),
  /** The edit of the draft that runs: a later one is another question. */
  edit: z.int(),
  status: BacktestStatus,
  startedAt: Instant,
  endedAt: z.nullable(Instant),
  by: Actor,
  progress: BacktestProgress,
  report: z.nullable(BacktestReport),
});
export type Backtest = z.infer<typeof Backtest>;

const DRAFT_ERRORS = ['program.notFound', 'draft.notFound'] as const;

export const startBacktest = route({
  method: 'POST',
  path: '/programs/:program/drafts/:draft/backtests',
  summary: 'Run a draft over the whole past in shadow; nothing of it is written anywhere but in the report',
  access: 'drafts.write',
  response: Backtest,
  status: 202,
  errors: [...DRAFT_ERRORS, 'definitions.invalid', 'backtest.running'],
});

export const listBacktests = route({
  method: 'GET',
  path: '/programs/:program/drafts/:draft/backtests',
  summary: 'The backtests of a draft, newest first, without their reports',
  access: 'drafts.read',
  response: z.object({ items: z.array(Backtest) }),
  errors: [...DRAFT_ERRORS],
});

export const getBacktest = route({
  method: 'GET',
  path: '/programs/:program/backtests/:backtest',
  summary: 'A backtest: how far it is, and its report once it is done',
  access: 'drafts.read',
  response: Backtest,
  errors: ['program.notFound', 'backtest.notFound'],
});

export const cancelBacktest = route({
  method: 'POST',
  path: '/programs/:program/backtests/:backtest/cancel',
  summary: 'Stop a backtest; its parts end within seconds',
  access: 'drafts.write',
  response: Backtest,
  errors: ['program.notFound', 'backtest.notFound', 'backtest.ended'],
});

/** One activity to try: typed, or an entry of the member's journal decided again as it came. */
export const TrialDraft = z.strictObject({
  member: MemberRef,
  activity: z.union([
    z.strictObject({
      type: ActivityTypeId,
      attributes: z.optional(GivenAttributes),
      occurredAt: z.optional(InstantInput),
    }),
    z.strictObject({ seq: z.int().check(z.gte(1)) }),
  ]),
  /** Pretend that it is now this moment, past or future: the member is as it was then, or as time alone makes it. */
  now: z.optional(InstantInput),
});
export type TrialDraft = z.infer<typeof TrialDraft>;

/**
 * What the rules in force at that moment and the draft each make of it: the entry, and before it those of the clock where time
 * had something to settle. Null: they do not know this type of activity, or refuse it (`refusal`).
 */
export const TrialSide = z.object({ entries: z.array(Entry), refusal: z.nullable(z.string()) });
export type TrialSide = z.infer<typeof TrialSide>;

export const Trial = z.object({ member: Ulid, now: Instant, version: z.int(), live: TrialSide, draft: TrialSide });
export type Trial = z.infer<typeof Trial>;

export const tryDraft = route({
  method: 'POST',
  path: '/programs/:program/drafts/:draft/trial',
  summary:
    'Decide one activity for a member under a draft and under the rules in force, side by side; nothing is written',
  access: 'drafts.read',
  body: TrialDraft,
  response: Trial,
  errors: [...DRAFT_ERRORS, 'definitions.invalid', 'member.notFound', 'entry.notFound', 'activity.unknownType'],
});
