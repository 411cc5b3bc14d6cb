import * as z from 'zod/mini';
import { Losses } from '#ledger/losses.js';
import { Slug } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { typedText } from '#platform/typed-text.js';

export const listBadgeHolders = route({
  method: 'GET',
  path: '/programs/:program/badges/holders',
  summary: 'How many members hold each badge, at most a minute old',
  access: 'signedIn',
  response: z.object({ items: z.array(z.object({ id: Slug, holders: z.number() })) }),
  errors: ['program.notFound'],
});

export const previewWithdrawal = route({
  method: 'GET',
  path: '/programs/:program/members/:member/badges/:badge/withdrawal',
  summary:
    'What would go with a badge that is taken away: the points that it brought, by currency, completions and badges that fall by it, and the tier',
  access: 'points.give',
  response: Losses,
  errors: ['program.notFound', 'member.notFound', 'badge.notHeld'],
});

export const withdrawBadge = route({
  method: 'POST',
  path: '/programs/:program/members/:member/badges/:badge/withdrawal',
  summary: 'Take a badge away from a member, and what it brought, with a reason that the member reads',
  access: 'points.give',
  body: z.strictObject({ reason: typedText(3, 300) }),
  response: z.object({ badge: Slug, held: z.boolean() }),
  errors: ['program.notFound', 'member.notFound', 'badge.notHeld', 'adjustment.ownMember'],
});
