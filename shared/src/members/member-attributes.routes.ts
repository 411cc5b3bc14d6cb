import * as z from 'zod/mini';
import { route } from '#platform/route.js';
import { Scalar } from '#rules/condition.js';
import { MemberAttribute, MemberAttributeValues } from './member-attribute.js';

/** What a program declares of its members, and what it knows of this one. */
export const MemberAttributes = z.object({
  declared: z.array(MemberAttribute),
  values: z.record(z.string(), Scalar),
});
export type MemberAttributes = z.infer<typeof MemberAttributes>;

export const getMemberAttributes = route({
  method: 'GET',
  path: '/programs/:program/members/:member/attributes',
  summary: 'What the program knows of a member: the attributes that it declares, and their values',
  access: { ownOr: 'members.read' },
  response: MemberAttributes,
  errors: ['program.notFound', 'member.notFound'],
});

export const changeMemberAttributes = route({
  method: 'PATCH',
  path: '/programs/:program/members/:member/attributes',
  summary: 'Set attributes of a member; what is left out stays, null takes one away',
  access: 'members.write',
  body: z.strictObject({ attributes: MemberAttributeValues }),
  response: MemberAttributes,
  errors: ['program.notFound', 'member.notFound', 'adjustment.ownMember'],
});
