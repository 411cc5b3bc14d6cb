import * as z from 'zod/mini';
import { ClaimCode } from '#members/members.routes.js';
import { MemberRef, Slug, Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { typedText } from '#platform/typed-text.js';

/** What an account has, as whoever joins two of them sees it; points by currency. */
export const AccountHolds = z.object({
  balances: z.record(Slug, z.int()),
  pending: z.record(Slug, z.int()),
  held: z.record(Slug, z.int()),
  tier: z.nullable(Slug),
  badges: z.array(Slug),
});
export type AccountHolds = z.infer<typeof AccountHolds>;

/** One of two accounts; `called` is its name, alias or external id, the first that there is. */
export const Account = z.extend(AccountHolds, {
  id: Ulid,
  called: z.nullable(z.string()),
  joinedAt: Instant,
  hasLogin: z.boolean(),
});
export type Account = z.infer<typeof Account>;

/** The account that stays, the one that ends in it, and what the first will have. `losesLogin`: the login of the second goes. */
export const MergePreview = z.object({
  stays: Account,
  ends: Account,
  together: AccountHolds,
  losesLogin: z.boolean(),
});
export type MergePreview = z.infer<typeof MergePreview>;

/** The member that has what both had. */
export const Merged = z.object({ member: Ulid });
export type Merged = z.infer<typeof Merged>;

const refusals = [
  'program.notFound',
  'member.notFound',
  'member.closed',
  'member.left',
  'merge.same',
  'points.tooMany',
] as const;

export const previewMerge = route({
  method: 'POST',
  path: '/programs/:program/members/:member/merge-preview',
  summary: 'What this member would have if another one were joined to it, and that one ended: `ends` names it',
  access: 'members.read',
  body: z.strictObject({ ends: MemberRef }),
  response: MergePreview,
  errors: refusals,
});

export const mergeMembers = route({
  method: 'POST',
  path: '/programs/:program/members/:member/merges',
  summary:
    'Join another member to this one, for good: this one has what both had, the ids of the other lead here, and the other ends',
  access: 'points.give',
  body: z.strictObject({ ends: MemberRef, reason: typedText(3, 300) }),
  response: Merged,
  status: 201,
  errors: [...refusals, 'merge.own'],
});

export const previewClaim = route({
  method: 'POST',
  path: '/programs/:program/members/:member/claim-preview',
  summary:
    'What a member who has a login already would have if it took over the account of a claim code; spends nothing',
  access: { ownOr: 'points.give' },
  body: z.strictObject({ claim: ClaimCode }),
  response: MergePreview,
  errors: [...refusals, 'claim.invalid'],
});

export const mergeClaimed = route({
  method: 'POST',
  path: '/programs/:program/members/:member/claims',
  summary: 'Take over the account of a claim code as a member already: both are joined, for good',
  access: { ownOr: 'points.give' },
  body: z.strictObject({ claim: ClaimCode }),
  response: Merged,
  status: 201,
  errors: [...refusals, 'claim.invalid'],
});
