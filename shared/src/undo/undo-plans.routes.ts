import * as z from 'zod/mini';
import { Actor } from '#audit/audit.routes.js';
import { ForgivenPoints } from '#ledger/state-patch.js';
import { Slug, Ulid } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { InstantInput } from '#platform/given-time.js';
import { Instant } from '#platform/time.js';
import { typedText } from '#platform/typed-text.js';

/** So many members are named, those to whom most changes. */
export const UNDO_NAMED_MAX = 20;
export const UNDO_UNDECIDED_MAX = 50;

/** What happens to points that the member does not have any more: left to it, or owed until it earns again. */
export const Shortage = z.enum(['forgive', 'owe']);
export type Shortage = z.infer<typeof Shortage>;

/**
 * A wish to take back what a version of the rules brought about (K8), or one rule of it: the version before stands in its place. With
 * `instead` another one does, also a later one: so a rule that came late counts for what was before it (D6), and everybody
 * stands where changed tiers put them (G8). The version must be over. Without `from` and `until`, all that it decided. `message` is
 * what every member concerned reads; without one they are corrected in silence.
 */
export const UndoPlanDraft = z.strictObject({
  version: z.int().check(z.gte(1)),
  rule: z.optional(Slug),
  instead: z.optional(z.int().check(z.gte(1))),
  from: z.optional(InstantInput),
  until: z.optional(InstantInput),
  shortage: z.optional(Shortage),
  reason: typedText(3, 500),
  message: z.optional(LocalizedText),
});
export type UndoPlanDraft = z.infer<typeof UndoPlanDraft>;

/** A figure as it is and as it would be. */
const Change = z.object({ before: z.int(), after: z.int() });

/** What the plan comes to for one member, in the program's first currency. `called`: its name, alias or external id, as the staff know it. */
export const MemberUndone = z.extend(Change, {
  member: Ulid,
  called: z.optional(z.nullable(z.string())),
  forgiven: z.int(),
});
export type MemberUndone = z.infer<typeof MemberUndone>;

/** What carrying the plan out would do now. Counts of members, and points. */
export const UndoReport = z.object({
  /** To whom something changes, and whose entries were decided by what is taken back. */
  members: z.int(),
  concerned: z.int(),
  /** Entries that come out differently, and those that would not be there. */
  corrected: z.int(),
  gone: z.int(),
  points: z.array(
    z.extend(Change, { currency: Slug, taken: z.int(), given: z.int(), forgiven: z.int(), owed: z.int() }),
  ),
  badges: z.array(z.object({ id: Slug, lost: z.int(), won: z.int() })),
  tiers: z.array(z.object({ from: z.nullable(Slug), to: z.nullable(Slug), members: z.int() })),
  missions: z.array(z.object({ id: Slug, lost: z.int(), won: z.int() })),
  topMembers: z.array(MemberUndone),
  undecided: z.array(z.object({ member: Ulid, reason: z.string() })),
  undecidedCount: z.int(),
});
export type UndoReport = z.infer<typeof UndoReport>;

/**
 * `planning`: it is being worked out · `planned`: its report can be read, nothing was changed · `applying`: it is carried out, member by
 * member · `applied` · `cancelled`, before it was carried out · `failed`: to be planned anew.
 */
export const UndoStatus = z.enum(['planning', 'planned', 'applying', 'applied', 'cancelled', 'failed']);
export type UndoStatus = z.infer<typeof UndoStatus>;

export const UndoPlan = z.object({
  id: Ulid,
  version: z.int(),
  /** The version that takes its place; the same number where only a rule is left out. */
  instead: z.int(),
  rule: z.nullable(Slug),
  from: Instant,
  until: Instant,
  shortage: Shortage,
  reason: z.string(),
  message: z.nullable(LocalizedText),
  status: UndoStatus,
  by: Actor,
  startedAt: Instant,
  approvedBy: z.nullable(Actor),
  approvedAt: z.nullable(Instant),
  endedAt: z.nullable(Instant),
  /** Members gone through, of those concerned; once it is carried out, members corrected. */
  progress: z.object({ members: z.int(), total: z.int() }),
  applied: z.object({ members: z.int(), forgiven: z.array(ForgivenPoints) }),
  report: z.nullable(UndoReport),
});
export type UndoPlan = z.infer<typeof UndoPlan>;

export const planUndo = route({
  method: 'POST',
  path: '/programs/:program/undo-plans',
  summary: 'Work out what taking back a version, or one of its rules, would do to whom; nothing is changed',
  access: 'drafts.write',
  body: UndoPlanDraft,
  response: UndoPlan,
  status: 202,
  errors: ['program.notFound', 'version.notFound', 'undo.firstVersion', 'undo.inForce', 'undo.noInterval', 'undo.open'],
});

export const listUndoPlans = route({
  method: 'GET',
  path: '/programs/:program/undo-plans',
  summary: 'The undo plans of a program, newest first, without their reports',
  access: 'drafts.read',
  response: z.object({ items: z.array(UndoPlan) }),
  errors: ['program.notFound'],
});

export const getUndoPlan = route({
  method: 'GET',
  path: '/programs/:program/undo-plans/:plan',
  summary: 'An undo plan: how far it is, and what it would do or did',
  access: 'drafts.read',
  response: UndoPlan,
  errors: ['program.notFound', 'undo.notFound'],
});

export const approveUndo = route({
  method: 'POST',
  path: '/programs/:program/undo-plans/:plan/approve',
  summary: 'Carry a plan out; where the program asks for approval, somebody else than who planned it',
  access: 'activities.reverse',
  response: UndoPlan,
  status: 202,
  errors: ['program.notFound', 'undo.notFound', 'undo.notPlanned', 'undo.own'],
});

export const cancelUndo = route({
  method: 'POST',
  path: '/programs/:program/undo-plans/:plan/cancel',
  summary: 'Give a plan up before it is carried out',
  access: 'drafts.write',
  response: UndoPlan,
  errors: ['program.notFound', 'undo.notFound', 'undo.notPlanned'],
});
