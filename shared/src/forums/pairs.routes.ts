import * as z from 'zod/mini';
import { Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';

/** What was given in so many days is looked at. */
export const PAIRS_DAYS = 30;
/** A pair is two of whom each gave the other so often. */
export const PAIR_GIVES_MIN = 5;
/** Of what both received from anybody, at least one part in so many came from one another. */
export const PAIR_SHARE_PARTS = 3;
export const PAIRS_MAX = 50;

const PairMember = z.object({
  member: Ulid,
  /** How the staff know it; null for somebody without a name. */
  called: z.nullable(z.string()),
  /** How many of its reactions and acceptances stand at posts of the other one. */
  gave: z.int(),
});

export const ReciprocalPair = z.object({
  members: z.tuple([PairMember, PairMember]),
  /** Of what both received from anybody, so many per cent came from one another, rounded down. */
  percent: z.int(),
  firstAt: Instant,
  lastAt: Instant,
});
export type ReciprocalPair = z.infer<typeof ReciprocalPair>;

export const listPairs = route({
  method: 'GET',
  path: '/programs/:program/forum/pairs',
  summary:
    'Members who react to and accept posts of one another more than of others, in the last 30 days; those who exchanged most come first, at most 50',
  access: 'forum.manage',
  response: z.object({
    items: z.array(ReciprocalPair),
    /** From then on it was looked at. */
    since: Instant,
    /** There was too much to look at all of it: `since` is later than 30 days ago. */
    isCut: z.boolean(),
  }),
  errors: ['program.notFound'],
});
