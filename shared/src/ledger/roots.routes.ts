import * as z from 'zod/mini';
import { page, queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { Instant, LocalDate } from '#platform/time.js';

/** Where a lane's chain stood: after its group `q`, with this hash. */
export const RootLane = z.object({ lane: z.string(), q: z.int(), head: z.string() });
export type RootLane = z.infer<typeof RootLane>;

/**
 * What a day's signature says: where the chain of each lane stands that there ever was, how many lanes commit now, and the hash
 * of the root before (empty for the first). `key` is the public half of an Ed25519 key (the `x` of its JWK); `signature` is
 * over `SHA-256(RFC 8785 of ["verbena/1", "root", { all but the signature }])`, in lower-case hexadecimal.
 */
export const Root = z.object({
  day: LocalDate,
  number: z.int(),
  at: Instant,
  previous: z.string(),
  laneCount: z.int(),
  lanes: z.array(RootLane),
  key: z.string(),
  signature: z.string(),
});
export type Root = z.infer<typeof Root>;

export const listRoots = route({
  method: 'GET',
  path: '/roots',
  summary: 'The signed daily roots, newest first, kept for ever; `before` is a number. `key` is the one that signs now',
  access: 'public',
  query: z.strictObject({
    before: z.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(queryInteger(1, 400)),
  }),
  response: z.extend(page(Root), { key: z.string() }),
});

export const makeRoot = route({
  method: 'POST',
  path: '/roots',
  summary: 'Sign the day’s root now, where there is none of today yet; answers the newest',
  access: 'local',
  response: Root,
  errors: ['proof.notYet'],
});

/**
 * That an entry stands in the journal as a root signed it, to be checked without us: the entry as it is stored, the hash of its
 * member's entry before, the seals of its group with the head before, one hash of each group on the way to the root's head.
 */
export const EntryProof = z.object({
  format: z.literal('verbena.proof/1'),
  entry: z.record(z.string(), z.unknown()),
  previous: z.string(),
  group: z.object({ link: z.string(), seals: z.array(z.string()) }),
  way: z.array(z.string()),
  root: Root,
});
export type EntryProof = z.infer<typeof EntryProof>;

export const proveEntry = route({
  method: 'GET',
  path: '/programs/:program/members/:member/entries/:seq/proof',
  summary: 'One entry with the way from its hashes to the next signed root; `npm run verify -- --proof FILE` checks it',
  access: { ownOr: 'members.read' },
  response: EntryProof,
  errors: [
    'program.notFound',
    'member.notFound',
    'entry.notFound',
    'proof.notYet',
    'proof.tooOld',
    'proof.namesOthers',
  ],
});
