import * as z from 'zod/mini';
import { getCopyFile } from './copy-file.js';
import { SessionView } from '#identity/accounts.routes.js';
import { Entry } from '#ledger/entry-recorded.js';
import { Standing } from '#ledger/ledger.routes.js';
import { MemberConsents } from '#members/consents.routes.js';
import { Member } from '#members/members.routes.js';
import { Language } from '#platform/localized-text.js';
import { Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { MyReferrals } from '#referrals/referrals.routes.js';
import { Scalar } from '#rules/condition.js';

/**
 * Everything that a program knows of a member, as it reads it on its own screens: no id of another member is in it. `journals` has
 * its own journal first, then that of each account that was joined to it; entries are the newest first, each with its receipt.
 */
export const MemberCopy = z.object({
  format: z.literal('verbena-member-1'),
  at: Instant,
  program: z.object({ slug: z.string(), name: z.string() }),
  member: Member,
  /** Null for a member without a login. */
  account: z.nullable(
    z.object({
      email: z.string(),
      emailVerified: z.boolean(),
      name: z.string(),
      language: Language,
      /** Where it is logged in now; only for itself, because a login is also used in other programs. */
      sessions: z.optional(z.array(z.omit(SessionView, { isThis: true }))),
    }),
  ),
  consents: MemberConsents,
  /** What the program noted about it. */
  attributes: z.record(z.string(), Scalar),
  standing: Standing,
  /** Its code, and the friends that it invited, by alias; null where the program has no referrals. */
  referrals: z.nullable(MyReferrals),
  journals: z.array(z.object({ member: Ulid, entries: z.array(Entry) })),
});
export type MemberCopy = z.infer<typeof MemberCopy>;

export const getMemberCopy = route({ ...getCopyFile, response: MemberCopy });
