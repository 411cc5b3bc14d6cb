import * as z from 'zod/mini';
import { EntryId, Slug, Ulid } from '#platform/ids.js';
import { Instant, LocalDate } from '#platform/time.js';
import { Rev } from '#programs/definition.js';
import { EarnedByDay, Effect } from './effect.js';
import { HeldTier } from './member-state.js';
import { LotDates, PointsLine } from './points-line.js';

/** One moment as a date in both zones that definitions may choose. */
export const LocalDates = z.object({ program: LocalDate, member: LocalDate });
export type LocalDates = z.infer<typeof LocalDates>;

/** The time of day of one moment, `09:30`, in both zones. */
export const LocalTimes = z.object({ program: z.string(), member: z.string() });
export type LocalTimes = z.infer<typeof LocalTimes>;

/** What something of an earlier entry set off there: the points that it gave, and the effects that go with it. */
export const SetOff = z.object({ seq: z.int(), lines: z.array(PointsLine), effects: z.array(Effect) });
export type SetOff = z.infer<typeof SetOff>;

/**
 * What is left of a mission in one period (a week, for streaks) once the reversed activity is away, counted from the member's
 * journal: how many matching activities, and for a distinct goal the values that they collect; `rev` is the revision under
 * which that period goes. `completion` is what stands of its completion, where there is one: reward, rules that it set off.
 * `others` are further completions of the same period, of accounts that were joined; `stands`: one of those is
 * not taken back. `progress` is how far that comes, where neither the count nor the values say so. Of rewarded parts of the way, and of
 * completions where a mission begins anew in its period, the first `stepsLeft` and `times` remain; `steps` and `completions` are
 * those after them, earliest first, and `badges` what only they had given.
 */
export const MissionRemainder = z.object({
  mission: Slug,
  rev: Rev,
  period: z.string(),
  count: z.int(),
  items: z.optional(z.array(z.string())),
  completion: z.optional(SetOff),
  others: z.optional(z.array(SetOff)),
  stands: z.optional(z.literal(true)),
  progress: z.optional(z.int()),
  stepsLeft: z.optional(z.int()),
  steps: z.optional(z.array(SetOff)),
  times: z.optional(z.int()),
  completions: z.optional(z.array(SetOff)),
  badges: z.optional(z.array(Slug)),
});
export type MissionRemainder = z.infer<typeof MissionRemainder>;

/**
 * Of a currency whose points end by inactivity: the last day on which they are usable without what is taken back (null: no day),
 * and how much of each lot would have ended before.
 */
export const EndedSooner = z.object({
  currency: Slug,
  until: z.nullable(LocalDate),
  ended: z.array(z.object({ lot: LotDates, amount: z.int() })),
});
export type EndedSooner = z.infer<typeof EndedSooner>;

/**
 * What a reversal reads of the entry that it takes back, and of the member's journal around it. `lines` and `effects` are only
 * those that the activity itself set off: what a completion or a badge set off stands with that. `counters` is what it
 * counts for in the counters of today, also in those that a later version filled.
 */
export const ReversedEntry = z.object({
  id: EntryId,
  seq: z.int(),
  type: z.string(),
  occurred: LocalDates,
  lines: z.array(PointsLine),
  effects: z.array(Effect),
  /** Only a part is taken back: `lines`, `effects` and `counters` are what it and what remains differ by. */
  part: z.optional(z.literal(true)),
  /**
   * What expired of the lots that `lines` and completions gave to. Absent where the member never spent: there, what a lot lacks
   * has expired.
   */
  expired: z.optional(z.array(z.object({ currency: Slug, lot: LotDates, amount: z.int() }))),
  counters: z.array(z.object({ counter: z.string(), bucket: z.string(), amount: z.int() })),
  missions: z.array(MissionRemainder),
  /** What the badges set off that go with it. */
  badges: z.array(z.extend(SetOff, { badge: Slug, of: z.optional(z.string()) })),
  /** Promotions that nothing else brings, with what each set off, and the tier that is held without them; absent where the tier stays. */
  promotions: z.optional(z.array(z.extend(SetOff, { tier: Slug }))),
  tier: z.optional(HeldTier),
  /**
   * Of points that come back: the lots without an end of their own whose term was over while they were away, and how much was left to the
   * member since, because they were spent.
   */
  over: z.optional(z.array(z.object({ currency: Slug, lot: LotDates }))),
  forgiven: z.optional(z.int()),
  /** What the entry kept alive until now, where that would have ended sooner without it. */
  endsSooner: z.optional(z.array(EndedSooner)),
  /** What the entry caused for members, to be taken back there. */
  caused: z.array(z.object({ id: EntryId, member: Ulid, type: z.string() })),
  /** The journals of accounts that were joined were read too; entries of theirs have numbers below 0. */
  merged: z.optional(z.literal(true)),
});
export type ReversedEntry = z.infer<typeof ReversedEntry>;

/**
 * What taking back a version's doings reads: the member's journal decided again without it. `lines` and `effects` are what it
 * and what was recorded differ by, seen from the entry `seq`, which must be the member's last. `entries` are those that came out
 * differently, as they stand from now on, `gone` those that would not be there, and `came` those that were refused and would not
 * have been; a later return takes back what stands then, no more. Of two undos the later one says which are gone and which came. `version` was replaced by `instead` for what was decided from `from` on and before `until`, or else of it the
 * rule `without` was left out.
 */
export const Undone = z.object({
  plan: Ulid,
  version: z.int(),
  instead: z.int(),
  without: z.optional(Slug),
  from: Instant,
  until: Instant,
  seq: z.int(),
  lines: z.array(PointsLine),
  effects: z.array(Effect),
  entries: z.array(SetOff),
  gone: z.array(z.int()),
  came: z.optional(z.array(z.int())),
});
export type Undone = z.infer<typeof Undone>;

/**
 * What a decision may depend on besides program, state and activity; collected before, stored with the entry. `occurred`
 * is the activity's own moment; `now` is the member's time: the lane's `at`, or under program time `activities` the newest
 * `occurredAt` of the member's journal, this activity included. `time`, that of `occurred`, is there where the program asks for
 * hours; `reversed` is there for reversals and badges that are withdrawn only, `undone` where a version's doings are taken back, `closing` where the account is joined to another.
 * `budgets`, where the decision asked for any: what was left to it of each, by `budgetKey`; one that is missing is not limited.
 */
export const Facts = z.object({
  calendar: z.object({ occurred: LocalDates, now: LocalDates, time: z.optional(LocalTimes) }),
  reversed: z.optional(ReversedEntry),
  budgets: z.optional(z.record(z.string(), z.int())),
  undone: z.optional(Undone),
  closing: z.optional(z.object({ earned: EarnedByDay })),
});
export type Facts = z.infer<typeof Facts>;
