import * as z from 'zod/mini';
import { EntryId, Slug, Ulid } from '#platform/ids.js';
import { DayBack, DayGone, Instant, LastDay, LocalDate, Zone } from '#platform/time.js';
import { BudgetId } from '#programs/budget.js';
import { Rev } from '#programs/definition.js';
import { PocketRef } from './points-line.js';
import { MemberAttributeValues } from '#members/member-attribute.js';
import { InvitedBy, MemberState, MissionWait, PlannedPause, StreakKeeper } from './member-state.js';
import { ForgivenPoints, StatePatch } from './state-patch.js';

/** An activity was counted in a bucket of a counter that the program's conditions read. */
export const CounterAdded = z.object({
  type: z.literal('counter.added'),
  counter: z.string(),
  bucket: z.string(),
  amount: z.int(),
});
export type CounterAdded = z.infer<typeof CounterAdded>;

/** A capped earning took from its allowance. `left` is what remains of its `times` in that period, if it counts them. */
export const CapUsed = z.object({
  type: z.literal('cap.used'),
  rule: Slug,
  cap: z.string(),
  period: z.string(),
  times: z.int(),
  points: z.int(),
  left: z.nullable(z.int()),
});
export type CapUsed = z.infer<typeof CapUsed>;

/**
 * Something was given out of a budget that all members share, in the period to which it belongs. Below 0: it was taken back, and
 * is there again. `by` is the definition that gave it; `ref` the pending points of which it tells.
 */
export const BudgetUsed = z.object({
  type: z.literal('budget.used'),
  budget: BudgetId,
  period: z.string(),
  amount: z.int(),
  by: z.object({ kind: z.enum(['rule', 'mission']), id: Slug, step: z.optional(z.int()) }),
  ref: z.optional(PocketRef),
});
export type BudgetUsed = z.infer<typeof BudgetUsed>;

/**
 * A mission came nearer. `progress` of `target` stands after this; `items` are the values that are new to a distinct goal,
 * `week` the one that a streak gained (its `progress` is the length of the unbroken run of free weeks around it), `freezes` those
 * held after one was given back, because something counts late where it had kept the run.
 */
export const MissionProgressed = z.object({
  type: z.literal('mission.progressed'),
  mission: Slug,
  rev: Rev,
  period: z.string(),
  progress: z.int(),
  target: z.int(),
  items: z.optional(z.array(z.string())),
  week: z.optional(z.string()),
  freezes: z.optional(z.int()),
});
export type MissionProgressed = z.infer<typeof MissionProgressed>;

/**
 * A mission is done. For a streak, `weeks` are the ones used up and `period` is the first of them. `again`: it begins anew in
 * its period.
 */
export const MissionCompleted = z.object({
  type: z.literal('mission.completed'),
  mission: Slug,
  rev: Rev,
  period: z.string(),
  completions: z.int(),
  weeks: z.optional(z.array(z.string())),
  again: z.optional(z.literal(true)),
});
export type MissionCompleted = z.infer<typeof MissionCompleted>;

/** A part of the way was rewarded: the `step`th of the mission (from 0), the `steps`th in its period (from 1). */
export const MissionStepped = z.object({
  type: z.literal('mission.stepped'),
  mission: Slug,
  rev: Rev,
  period: z.string(),
  step: z.int(),
  steps: z.int(),
});
export type MissionStepped = z.infer<typeof MissionStepped>;

/** An attempt failed: nothing counts from `from` on and before `until`. Null: what made it fail was taken back, with its days (`gone`). */
export const MissionFailed = z.object({
  type: z.literal('mission.failed'),
  mission: Slug,
  rev: Rev,
  from: z.optional(LocalDate),
  until: z.nullable(DayBack),
  gone: z.optional(MissionWait),
});
export type MissionFailed = z.infer<typeof MissionFailed>;

/** A week (day, month) of a streak without anything was kept: its run goes on. `freezes` are left, where one was taken. */
export const StreakKept = z.object({
  type: z.literal('streak.kept'),
  mission: Slug,
  rev: Rev,
  period: z.string(),
  by: StreakKeeper,
  freezes: z.optional(z.int()),
});
export type StreakKept = z.infer<typeof StreakKept>;

/** Freezes were gained, granted, or given up with a completion: so many are held. `from`: none were before that day. */
export const StreakGranted = z.object({
  type: z.literal('streak.granted'),
  mission: Slug,
  rev: Rev,
  freezes: z.int(),
  from: z.optional(LocalDate),
});
export type StreakGranted = z.infer<typeof StreakGranted>;

/** The member planned, changed or gave up days without the streak: these stand now, and so many days of earlier ones, by year. */
export const StreakPlanned = z.object({
  type: z.literal('streak.planned'),
  mission: Slug,
  rev: Rev,
  pauses: z.array(PlannedPause),
  days: z.optional(z.record(z.string(), z.int())),
});
export type StreakPlanned = z.infer<typeof StreakPlanned>;

/**
 * As engine 1 wrote it, when there was one plan at a time: the member planned days, or gave them up (`from` null). `days` are all
 * those of a year.
 */
export const StreakPaused = z.object({
  type: z.literal('streak.paused'),
  mission: Slug,
  rev: Rev,
  from: z.nullable(LocalDate),
  until: z.nullable(LastDay),
  year: z.string(),
  days: z.int(),
});
export type StreakPaused = z.infer<typeof StreakPaused>;

/** An activity of a limited type was taken: what counts towards its limit. Below 0: it was taken back. `apart`: others must not lie near it. */
export const ActivityCounted = z.object({
  type: z.literal('activity.counted'),
  activity: z.string(),
  occurredAt: Instant,
  period: z.string(),
  times: z.int(),
  apart: z.optional(z.literal(true)),
});
export type ActivityCounted = z.infer<typeof ActivityCounted>;

/** A badge was granted; `on` is the local date of what earned it, `of` the value that it is for, where each has its own. */
export const BadgeGranted = z.object({
  type: z.literal('badge.granted'),
  badge: Slug,
  rev: Rev,
  on: LocalDate,
  until: z.optional(LastDay),
  of: z.optional(z.string()),
});
export type BadgeGranted = z.infer<typeof BadgeGranted>;

/**
 * A member changed tier: up at once, down when the tier had ended, or when what had raised it was taken back. `until` null: it has no end.
 * `since` null: from the start, where it falls back to the lowest.
 */
export const TierMoved = z.object({
  type: z.literal('tier.moved'),
  from: Slug,
  to: Slug,
  rev: Rev,
  direction: z.enum(['up', 'down']),
  since: z.nullable(LocalDate),
  until: z.nullable(LastDay),
  floor: z.optional(Slug),
});
export type TierMoved = z.infer<typeof TierMoved>;

/** The tier held ends soon: on `on` the member goes down to `to`, unless it earns `missing` more by then. */
export const TierWarned = z.object({
  type: z.literal('tier.warned'),
  tier: Slug,
  rev: Rev,
  until: LastDay,
  on: LocalDate,
  to: Slug,
  missing: z.int(),
});
export type TierWarned = z.infer<typeof TierWarned>;

/** The day on which a member began, noted because the program asks for it. */
export const MemberBegan = z.object({ type: z.literal('member.began'), on: LocalDate });
export type MemberBegan = z.infer<typeof MemberBegan>;

/** The tier held lasts longer; in a reversal, until the day on which it would end without what is taken back. */
export const TierExtended = z.object({
  type: z.literal('tier.extended'),
  tier: Slug,
  rev: Rev,
  until: LastDay,
  /** Where that changes: the tier that is kept below it; null: none. */
  floor: z.optional(z.nullable(Slug)),
});
export type TierExtended = z.infer<typeof TierExtended>;

/**
 * A reversal took from a mission what the reversed activity had brought: `progress` stands after it. A completion whose
 * condition no longer holds is taken back with it (`completions` and `done` after it); `weeks` are those of a streak that
 * became free, `left` the one that no longer counts, `items` what is still collected, `steps` and `times` what stands of them
 * in the period. A period without any progress is as if it had never begun.
 */
export const MissionReverted = z.object({
  type: z.literal('mission.reverted'),
  mission: Slug,
  rev: Rev,
  period: z.string(),
  progress: z.int(),
  target: z.int(),
  completions: z.int(),
  done: z.boolean(),
  takenBack: z.boolean(),
  items: z.optional(z.array(z.string())),
  weeks: z.optional(z.array(z.string())),
  left: z.optional(z.string()),
  steps: z.optional(z.int()),
  times: z.optional(z.int()),
});
export type MissionReverted = z.infer<typeof MissionReverted>;

/**
 * A badge was taken back: because what earned it was, or, where `by` says so, because its time was over or staff took it away;
 * then `count` is where the count that earns it stood, `counts` those of the values that it was held for. `of`: only what was granted
 * for that value.
 */
export const BadgeRevoked = z.object({
  type: z.literal('badge.revoked'),
  badge: Slug,
  rev: Rev,
  by: z.optional(z.enum(['time', 'staff'])),
  count: z.optional(z.int()),
  counts: z.optional(z.record(z.string(), z.int())),
  of: z.optional(z.string()),
});
export type BadgeRevoked = z.infer<typeof BadgeRevoked>;

/**
 * An earlier entry was taken back, with what it caused for others (`causes` of them are on their way). `part`: only in part, the
 * rest stands; such an entry can be taken back again.
 */
export const ActivityReversed = z.object({
  type: z.literal('activity.reversed'),
  of: EntryId,
  seq: z.int(),
  activity: z.string(),
  causes: z.int(),
  part: z.optional(z.literal(true)),
});
export type ActivityReversed = z.infer<typeof ActivityReversed>;

/**
 * Points that were just earned, or are waiting, become usable on this day; null: when an activity of the type `until` comes.
 * `expires`: the end that they were promised with; null: none.
 */
export const PendingSet = z.object({
  type: z.literal('pending.set'),
  pending: PocketRef,
  currency: Slug,
  on: z.nullable(LocalDate),
  until: z.optional(z.string()),
  expires: z.optional(z.nullable(DayGone)),
});
export type PendingSet = z.infer<typeof PendingSet>;

/** Points were set aside until the end of this day; null: until somebody ends it. */
export const HoldSet = z.object({
  type: z.literal('hold.set'),
  hold: PocketRef,
  currency: Slug,
  until: z.nullable(LastDay),
});
export type HoldSet = z.infer<typeof HoldSet>;

/**
 * Something was earned of a currency whose points end by inactivity, or came where there were none any more: all of them last to the
 * end of this day now. `lapsed`: a term before it is over, and so are the points that are set aside since.
 */
export const ExpiryExtended = z.object({
  type: z.literal('expiry.extended'),
  currency: Slug,
  until: LastDay,
  lapsed: z.optional(z.literal(true)),
});
export type ExpiryExtended = z.infer<typeof ExpiryExtended>;

/** What kept points alive was taken back: they last to the end of this day only; null: nothing that would end is left. */
export const ExpiryShortened = z.object({
  type: z.literal('expiry.shortened'),
  currency: Slug,
  until: z.nullable(LastDay),
});
export type ExpiryShortened = z.infer<typeof ExpiryShortened>;

/** Points end soon: so many of them, at the start of the day `expires`. */
export const ExpiryNoticed = z.object({
  type: z.literal('expiry.noticed'),
  currency: Slug,
  amount: z.int(),
  expires: DayGone,
});
export type ExpiryNoticed = z.infer<typeof ExpiryNoticed>;

/** Points were given to another member; `on` is the day whose limit they count in. */
export const TransferSent = z.object({
  type: z.literal('transfer.sent'),
  transfer: PocketRef,
  to: Ulid,
  currency: Slug,
  amount: z.int(),
  on: LocalDate,
});
export type TransferSent = z.infer<typeof TransferSent>;

/** Points that another member gave came; or could not, and go back (`accepted` false). */
export const TransferReceived = z.object({
  type: z.literal('transfer.received'),
  transfer: PocketRef,
  from: Ulid,
  currency: Slug,
  amount: z.int(),
  accepted: z.boolean(),
});
export type TransferReceived = z.infer<typeof TransferReceived>;

/** Staff gave points, or took some: `short` of them were not there to be taken. */
export const PointsAdjusted = z.object({
  type: z.literal('points.adjusted'),
  currency: Slug,
  amount: z.int(),
  short: z.int(),
});
export type PointsAdjusted = z.infer<typeof PointsAdjusted>;

/** The person enrolled; `invitedBy` is who invited, and the last day on which that counts. */
export const MemberJoined = z.object({
  type: z.literal('member.joined'),
  invitedBy: z.optional(InvitedBy),
});
export type MemberJoined = z.infer<typeof MemberJoined>;

/**
 * What the member chose of that which decisions and boards read: its zone, and whether it stands on boards; or what the program
 * now knows of it (null: no more).
 */
export const MemberChanged = z.object({
  type: z.literal('member.changed'),
  zone: z.optional(Zone),
  boards: z.optional(z.enum(['alias', 'hidden'])),
  attributes: z.optional(MemberAttributeValues),
});
export type MemberChanged = z.infer<typeof MemberChanged>;

/** The member opted out: nothing counts until it joins again. */
export const MemberLeft = z.object({ type: z.literal('member.left') });
export type MemberLeft = z.infer<typeof MemberLeft>;

/** The invitation that brought this member counts: both sides are rewarded by activities that this entry causes. */
export const ReferralQualified = z.object({ type: z.literal('referral.qualified'), referral: Slug, advocate: Ulid });
export type ReferralQualified = z.infer<typeof ReferralQualified>;

/**
 * Counters that a newer version declares were filled from the member's own journal, and those that it no longer keeps were
 * dropped, so that a later version that wants them again fills them again. Awards nothing.
 */
export const StateExtended = z.object({
  type: z.literal('state.extended'),
  counters: z.record(z.string(), z.record(z.string(), z.int())),
  dropped: z.array(z.string()),
  joined: z.optional(LocalDate),
});
export type StateExtended = z.infer<typeof StateExtended>;

/** `verify --repair` set the state to what the journal says. */
export const StateRepaired = z.object({ type: z.literal('state.repaired'), state: MemberState });
export type StateRepaired = z.infer<typeof StateRepaired>;

/**
 * What a version of the rules, or one rule of it, had brought about was taken back, by the plan of this id; the entries that
 * it corrects are in the facts. `changes` is what the lines and the effects before it do not say: with them the member is as it
 * would be without that version. `forgiven` it may keep, because the points had gone to others.
 */
export const UndoApplied = z.object({
  type: z.literal('undo.applied'),
  plan: Ulid,
  version: z.int(),
  corrected: z.int(),
  forgiven: z.array(ForgivenPoints),
  changes: StatePatch,
});
export type UndoApplied = z.infer<typeof UndoApplied>;

/** What was earned of each currency, by the day from which it was usable, net of what was taken back: what boards count. */
export const EarnedByDay = z.record(Slug, z.record(z.string(), z.int()));
export type EarnedByDay = z.infer<typeof EarnedByDay>;

/** The account was joined to another one, which takes over `state`, all that it had before its points left it; it ends here. */
export const MemberClosed = z.object({ type: z.literal('member.closed'), into: Ulid, state: MemberState });
export type MemberClosed = z.infer<typeof MemberClosed>;

/**
 * Another account was joined to this one; `seq` is the entry with which that one ended. `refs` says what its pending points and
 * holds are called here; `changes` is what the lines do not say: with them this one has what both had. `earned` is all that
 * the other had earned.
 */
export const MemberAbsorbed = z.object({
  type: z.literal('member.absorbed'),
  from: Ulid,
  seq: z.int(),
  refs: z.record(PocketRef, PocketRef),
  earned: EarnedByDay,
  changes: StatePatch,
});
export type MemberAbsorbed = z.infer<typeof MemberAbsorbed>;

/** What a decision did besides moving points, in the order in which it happened. */
export const Effect = z.discriminatedUnion('type', [
  CounterAdded,
  CapUsed,
  BudgetUsed,
  MissionProgressed,
  MissionCompleted,
  MissionStepped,
  MissionFailed,
  StreakKept,
  StreakGranted,
  StreakPlanned,
  StreakPaused,
  ActivityCounted,
  BadgeGranted,
  TierMoved,
  TierExtended,
  TierWarned,
  MemberBegan,
  MissionReverted,
  BadgeRevoked,
  ActivityReversed,
  PendingSet,
  HoldSet,
  PointsAdjusted,
  TransferSent,
  TransferReceived,
  ExpiryExtended,
  ExpiryShortened,
  ExpiryNoticed,
  MemberJoined,
  MemberChanged,
  MemberLeft,
  ReferralQualified,
  StateExtended,
  StateRepaired,
  UndoApplied,
  MemberClosed,
  MemberAbsorbed,
]);
export type Effect = z.infer<typeof Effect>;
export type EffectType = Effect['type'];
