import * as z from 'zod/mini';
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

export const withdrawBadge = route({
  method: 'POST',
  path: '/programs/:program/members/:member/badges/:badge/withdrawal',
  summary: 'Take a badge away from a member, with a reason that the member reads',
  access: 'points.give',
  body: z.strictObject({ reason: typedText(3, 300) }),
  response: z.object({ badge: Slug, held: z.boolean() }),
  errors: ['program.notFound', 'member.notFound', 'badge.notHeld', 'adjustment.ownMember'],
});
