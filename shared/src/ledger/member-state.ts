import * as z from 'zod/mini';
import { Slug, Ulid } from '#platform/ids.js';
import { DayBack, DayGone, Instant, LastDay, LocalDate, Zone } from '#platform/time.js';
import { BudgetId } from '#programs/budget.js';
import { Rev } from '#programs/definition.js';
import { Scalar } from '#rules/condition.js';

/** Points of one activation and expiry date that are still there. */
export const Lot = z.object({ activated: LocalDate, expires: z.nullable(DayGone), amount: z.int() });
export type Lot = z.infer<typeof Lot>;

/** What was earned of a currency by rules and missions, net of reversals; expiry does not touch it. */
export const Earned = z.object({ ever: z.int(), years: z.record(z.string(), z.int()) });
export type Earned = z.infer<typeof Earned>;

/** What a capped earning used up in one period. */
export const CapUse = z.object({ times: z.int(), points: z.int() });
export type CapUse = z.infer<typeof CapUse>;

/**
 * Progress within one period, under the revision with which it began. `items` are the values of a distinct goal or a set;
 * `steps` the parts of the way that were rewarded in it, `times` the completions of a mission that begins anew in its period.
 */
export const PeriodProgress = z.object({
  rev: Rev,
  progress: z.int(),
  done: z.boolean(),
  items: z.optional(z.array(z.string())),
  steps: z.optional(z.int()),
  times: z.optional(z.int()),
});
export type PeriodProgress = z.infer<typeof PeriodProgress>;

/** What kept a unit of a streak in which nothing counted. */
export const StreakKeeper = z.enum(['freeze', 'pause', 'staff']);
export type StreakKeeper = z.infer<typeof StreakKeeper>;

/**
 * A week (or day, or month) of a streak: free until a completion used it. `kept`: nothing counted in it, and it bridges the run.
 */
export const StreakWeek = z.object({
  rev: Rev,
  used: z.boolean(),
  kept: z.optional(StreakKeeper),
});
export type StreakWeek = z.infer<typeof StreakWeek>;

/** Days without a streak, first and last. */
export const PlannedPause = z.object({ from: LocalDate, until: LastDay });
export type PlannedPause = z.infer<typeof PlannedPause>;

/** Days on which nothing counts: the first (that of the attempt, not in older states), and the first after them. */
export const MissionWait = z.object({ from: z.optional(LocalDate), until: DayBack });
export type MissionWait = z.infer<typeof MissionWait>;

/** A member in one mission, by period key (`2026-11`, `2026-W47`, `ever`) or, for streaks, by week. */
export const MissionState = z.object({
  completions: z.int(),
  periods: z.record(z.string(), PeriodProgress),
  weeks: z.record(z.string(), StreakWeek),
  /** Each failed attempt makes it wait. */
  waits: z.optional(z.array(MissionWait)),
  /** What the latest attempt made it wait for while only that one counted; read by `waitsOf` alone. */
  pausedUntil: z.optional(DayBack),
  /** Freezes held, once that is another number than the streak begins with; they keep what ends on `freezesFrom` or later. */
  freezes: z.optional(z.int()),
  freezesFrom: z.optional(LocalDate),
  /** The planned days without the streak, the earliest first, none in two of them; with those that are over. */
  pauses: z.optional(z.array(PlannedPause)),
  /** What was planned while there was one plan at a time, where nothing was planned since; read by `pausesOf` alone. */
  pause: z.optional(PlannedPause),
  /** Days planned then, by year: all of them beside `pause`, beside `pauses` those that no plan has any more. */
  pauseDays: z.optional(z.record(z.string(), z.int())),
});
export type MissionState = z.infer<typeof MissionState>;

/**
 * `until` is its last day, where it expires. `of`, where it is earned for each value of an attribute apart: those that it was granted
 * for, each with its revision; then `on` is the day of the first grant and `rev` the revision of the last.
 */
export const HeldBadge = z.object({
  rev: Rev,
  on: LocalDate,
  until: z.optional(LastDay),
  of: z.optional(z.record(z.string(), Rev)),
});
export type HeldBadge = z.infer<typeof HeldBadge>;

/**
 * The tier held, under its revision; `until` is its last day, null for the lowest and for what never ends. `since` null: from
 * the start. `floor`: a tier reached before that is kept for ever. `warned`: its end of that day was announced.
 */
export const HeldTier = z.object({
  id: Slug,
  rev: Rev,
  since: z.nullable(LocalDate),
  until: z.nullable(LastDay),
  floor: z.optional(Slug),
  warned: z.optional(LocalDate),
});
export type HeldTier = z.infer<typeof HeldTier>;

/**
 * Points that are not usable yet: those of one earning. `on` is the day on which they become usable by themselves; null: an
 * activity of the type `until` does it, or somebody on the staff.
 */
export const PendingPoints = z.object({
  currency: Slug,
  amount: z.int(),
  by: z.object({ kind: z.enum(['rule', 'mission', 'currency']), id: Slug, rev: Rev, step: z.optional(z.int()) }),
  on: z.nullable(LocalDate),
  until: z.optional(z.string()),
  /** The end that they were promised with when they were earned, where their day was known then; null: none. */
  expires: z.optional(z.nullable(DayGone)),
  /** What they took of what all share: given back should they be cancelled. */
  budgets: z.optional(z.array(z.object({ budget: BudgetId, period: z.string() }))),
});
export type PendingPoints = z.infer<typeof PendingPoints>;

/**
 * Points set aside, by the lots that they were taken from. `until` is the last day of it; null: it has no end of its own. `lapsed`: while
 * they were so, the term was over with which points end by inactivity; theirs do not go on with another one.
 */
export const Hold = z.object({
  currency: Slug,
  lots: z.array(Lot),
  until: z.nullable(LastDay),
  lapsed: z.optional(z.literal(true)),
});
export type Hold = z.infer<typeof Hold>;

/** Points on their way to another member, by the lots that they were taken from; `lapsed` as of a hold, should they come back. */
export const Transit = z.object({
  currency: Slug,
  to: Ulid,
  lots: z.array(Lot),
  lapsed: z.optional(z.literal(true)),
});
export type Transit = z.infer<typeof Transit>;

/** What a member gave to others of a currency on the last day on which it gave any. */
export const Sent = z.object({ on: LocalDate, amount: z.int() });
export type Sent = z.infer<typeof Sent>;

/** Who invited, the day of joining (not in older states), and the last day on which the invitation can still count. */
export const InvitedBy = z.object({ advocate: Ulid, from: z.optional(LocalDate), until: LastDay });
export type InvitedBy = z.infer<typeof InvitedBy>;

/**
 * What was taken of a limited activity type: the newest one, how many a period, and, where they must lie apart, when each of them
 * was, the earliest first; `newest` alone in a state of the time when only that one counted.
 */
export const LimitUse = z.object({
  newest: Instant,
  times: z.record(z.string(), z.int()),
  taken: z.optional(z.array(Instant)),
});
export type LimitUse = z.infer<typeof LimitUse>;

/**
 * What decisions about a member read, and nothing else: the fold of its journal. Keys of records are slugs, counter ids and
 * period keys, with a value that is counted apart behind it (`2026-12-01~<value>`): never words from outside, so that any store takes them.
 */
export const MemberState = z.object({
  seq: z.int(),
  newestOccurredAt: z.nullable(Instant),
  balances: z.record(Slug, z.int()),
  /** By currency; soonest expiry first, of equal expiry the older first, what never expires last. */
  lots: z.record(Slug, z.array(Lot)),
  earned: z.record(Slug, Earned),
  /** By counter id and bucket key. */
  counters: z.record(z.string(), z.record(z.string(), z.int())),
  /** By cap id and period key. */
  caps: z.record(z.string(), z.record(z.string(), CapUse)),
  missions: z.record(Slug, MissionState),
  badges: z.record(Slug, HeldBadge),
  /**
   * Badges that expired or that staff took away: how often, and where its count stood, from which it begins anew; `of`: that of each value
   * for which it was held.
   */
  badgesGone: z.optional(
    z.record(Slug, z.object({ times: z.int(), count: z.int(), of: z.optional(z.record(z.string(), z.int())) })),
  ),
  /** Of activity types that are limited, with `:` for `.`. */
  limits: z.optional(z.record(z.string(), LimitUse)),
  tier: z.nullable(HeldTier),
  /** What the program knows of it, by attribute. */
  attributes: z.optional(z.record(z.string(), Scalar)),
  /** The day on which it began here, where the program asks for it. */
  joined: z.optional(LocalDate),
  /** The member's own zone; absent while it is the program's. */
  zone: z.optional(Zone),
  /** Gone once it counted. */
  invitedBy: z.optional(InvitedBy),
  /** Its invitation counted, which it does once, whatever happens later. */
  referred: z.optional(z.literal(true)),
  /** By their ref. Absent where there are none. */
  pending: z.optional(z.record(z.string(), PendingPoints)),
  /** By its ref. Absent where there are none. */
  holds: z.optional(z.record(z.string(), Hold)),
  /** By the ref of the transfer. Absent where there are none. */
  transit: z.optional(z.record(z.string(), Transit)),
  /** By currency, for the limit of a day. */
  sent: z.optional(z.record(Slug, Sent)),
  /** By currency whose points end by inactivity: the last day on which they are usable, as it stands. */
  activeUntil: z.optional(z.record(Slug, LastDay)),
  /** By currency: up to which expiry (its first day without them) the member was told that points end. */
  noticed: z.optional(z.record(Slug, LocalDate)),
  /** By currency: points lent by a reversal that found less than it had to take. Absent where nothing is owed. */
  owed: z.optional(z.record(Slug, z.int())),
  /** It opted out: activities are refused until it joins again. */
  left: z.optional(z.literal(true)),
  /** It was joined to this other member, which has all that it had: nothing is taken in for it any more. */
  closed: z.optional(Ulid),
  /** The members that were joined to it, and to those in their turn: names of its pockets begin beyond all of theirs. */
  absorbed: z.optional(z.array(Ulid)),
});
export type MemberState = z.infer<typeof MemberState>;
