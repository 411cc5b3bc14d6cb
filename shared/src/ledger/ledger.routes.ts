import * as z from 'zod/mini';
import { AS_OF_MEMBER_ERRORS, AsOf } from '#platform/as-of.js';
import { exactText } from '#platform/exact-text.js';
import { Ulid } from '#platform/ids.js';
import { page, queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { LastDay, LocalDate } from '#platform/time.js';
import { Entry, FullReceipt } from './entry-recorded.js';

/** Points of one currency that end together: `until` is the last day on which they are usable, as everywhere in what is answered. */
export const ExpiringLot = z.object({ amount: z.number(), until: LastDay });
export type ExpiringLot = z.infer<typeof ExpiringLot>;

/** Points that are not usable yet: from the start of the day `on` they are; null: once what `until` names happens. */
export const PendingView = z.object({
  ref: z.string(),
  currency: z.string(),
  amount: z.number(),
  on: z.nullable(LocalDate),
  until: z.nullable(z.string()),
});
export type PendingView = z.infer<typeof PendingView>;

/** Points set aside; `until` is the last day, null where it has no end of its own. */
export const HoldView = z.object({
  ref: z.string(),
  currency: z.string(),
  amount: z.number(),
  until: z.nullable(LastDay),
});
export type HoldView = z.infer<typeof HoldView>;

/** Where a member stands, all read at one `seq`, from which a live stream goes on. */
export const Standing = z.object({
  seq: z.number(),
  balances: z.record(z.string(), z.number()),
  expiring: z.record(z.string(), z.array(ExpiringLot)),
  /** Absent where there are none, like `holds` and `owed` (by currency, what a return left open). */
  pending: z.optional(z.array(PendingView)),
  holds: z.optional(z.array(HoldView)),
  owed: z.optional(z.record(z.string(), z.number())),
  earned: z.object({ ever: z.number(), year: z.number() }),
  tier: z.nullable(
    z.object({
      id: z.string(),
      since: z.nullable(LocalDate),
      until: z.nullable(LastDay),
      /**
       * The next one up, its threshold, and how much of this year's points is missing; `lacks`: what it asks for besides that is not
       * there, as places in its `also.of`, absent where nothing is.
       */
      next: z.nullable(
        z.object({ id: z.string(), threshold: z.number(), missing: z.number(), lacks: z.optional(z.array(z.int())) }),
      ),
      /**
       * In the last period of a tier that ends: on `on` the member moves to `to`, unless it earns `missing` more by then; 0: it is
       * not for want of points.
       */
      drop: z.optional(z.object({ on: LocalDate, to: z.string(), missing: z.number() })),
      /** The days over which points count towards tiers now, where that is no calendar year. */
      period: z.optional(z.object({ first: LocalDate, last: LocalDate })),
    }),
  ),
  /** `until` is the last day of one that expires. */
  /** `times`: how often it is held, where it can be more than once. */
  badges: z.array(z.object({ id: z.string(), on: LocalDate, until: z.optional(LastDay), times: z.optional(z.int()) })),
  /** By badge: how many of the activities that it counts there are, for those that are counted and not held yet. */
  badgeProgress: z.record(z.string(), z.number()),
});
export type Standing = z.infer<typeof Standing>;

export const getStanding = route({
  method: 'GET',
  path: '/programs/:program/members/:member/standing',
  summary:
    'Balances, what expires next, tier, and badges of a member, at one `seq`; with `asOf` as they were known then',
  access: { ownOr: 'members.read' },
  query: z.strictObject({ asOf: AsOf }),
  response: Standing,
  errors: ['program.notFound', 'member.notFound', ...AS_OF_MEMBER_ERRORS],
});

/** What a member holds, as a list shows it: as its last entry left it. */
export const Holding = z.object({
  member: Ulid,
  balances: z.record(z.string(), z.number()),
  tier: z.nullable(z.string()),
});
export type Holding = z.infer<typeof Holding>;

export const listHoldings = route({
  method: 'GET',
  path: '/programs/:program/holdings',
  summary:
    'Balances and tier of up to a hundred members by their ids (`members`, with commas); who has no entry yet is left out',
  access: 'members.read',
  query: z.strictObject({
    members: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{26}(?:,[0-9A-HJKMNP-TV-Z]{26}){0,99}$/)),
  }),
  response: z.object({ items: z.array(Holding) }),
  errors: ['program.notFound'],
});

export const listEntries = route({
  method: 'GET',
  path: '/programs/:program/members/:member/entries',
  summary: 'A member’s journal, newest first; `before` is a seq, `asOf` leaves out what was not known then',
  access: { ownOr: 'members.read' },
  query: z.strictObject({
    before: z.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(queryInteger(1, 100)),
    asOf: AsOf,
    /**
     * `points` leaves out entries that moved no points; `earned` and `expired` keep those with such a line, `reversed` those
     * that take another one back, `missions` those that completed a mission or a part of one, made it fail or took it back, or
     * moved a badge or a tier.
     */
    only: z.optional(z.enum(['points', 'earned', 'expired', 'reversed', 'missions'])),
  }),
  response: page(Entry),
  errors: ['program.notFound', 'member.notFound', ...AS_OF_MEMBER_ERRORS],
});

export const getEntry = route({
  method: 'GET',
  path: '/programs/:program/members/:member/entries/:seq',
  summary: 'One entry with its receipt: why, and why not',
  access: { ownOr: 'members.read' },
  response: Entry,
  errors: ['program.notFound', 'member.notFound', 'entry.notFound'],
});

export const getReceipt = route({
  method: 'GET',
  path: '/programs/:program/members/:member/entries/:seq/receipt',
  summary: 'The receipt of an entry, as stored; with `full=true` decided again, with all that did not fire',
  access: { ownOr: 'members.read' },
  query: z.strictObject({ full: z.optional(z.enum(['true', 'false'])) }),
  response: FullReceipt,
  errors: ['program.notFound', 'member.notFound', 'entry.notFound'],
});

/** One member as the export writes it, a line of JSON each (see the documentation of `npm run export`). */
export const ExportedMember = z.object({
  externalId: z.nullable(z.string()),
  member: z.string(),
  earned: z.number(),
  earnedByYear: z.record(z.string(), z.number()),
  balance: z.number(),
  tier: z.nullable(z.string()),
  tierUntil: z.nullable(LastDay),
  badges: z.array(z.string()),
  missions: z.record(z.string(), z.number()),
  purchases: z.number(),
  seq: z.number(),
});
export type ExportedMember = z.infer<typeof ExportedMember>;

export const exportMembers = route({
  method: 'GET',
  path: '/programs/:program/export/members',
  summary: 'What each member has, in the order in which they were made; `after` goes on behind one',
  access: 'local',
  query: z.strictObject({
    after: z.optional(exactText(0, 26)),
    limit: z.optional(queryInteger(1, 1_000)),
  }),
  response: z.object({ items: z.array(ExportedMember), next: z.nullable(z.string()) }),
  errors: ['program.notFound'],
});

export const repairMember = route({
  method: 'POST',
  path: '/programs/:program/members/:member/repair',
  summary: 'Set a member’s state to the fold of its journal, as an entry of its own; nothing where they agree',
  access: 'local',
  response: z.object({ repaired: z.boolean() }),
  errors: ['program.notFound', 'member.notFound', 'ledger.unrepairable', 'lane.moved'],
});
