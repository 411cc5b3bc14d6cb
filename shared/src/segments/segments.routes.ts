import * as z from 'zod/mini';
import { MemberRef, Slug, Ulid } from '#platform/ids.js';
import { LocalizedName } from '#platform/localized-text.js';
import { page, queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { Audience } from './audience.js';

/** So many members may be added at once, and stand on one list. */
export const ADDED_AT_ONCE_MAX = 500;
export const LIST_MAX = 20_000;

/** `condition`: whoever fulfils it at the moment · `list`: whom staff put there. Fixed for ever. */
export const SegmentKind = z.enum(['condition', 'list']);
export type SegmentKind = z.infer<typeof SegmentKind>;

/** Members who belong together under a name, which audiences call by its slug. */
export const Segment = z.object({
  id: Ulid,
  slug: Slug,
  name: LocalizedName,
  kind: SegmentKind,
  /** Null for a list. */
  condition: z.nullable(Audience),
  /** How many a list holds; null for a condition. */
  size: z.nullable(z.int()),
  createdAt: Instant,
  /** Since when it is nobody’s; it can be taken into use again. */
  archivedAt: z.nullable(Instant),
});
export type Segment = z.infer<typeof Segment>;

const draft = { slug: Slug, name: LocalizedName };
/** A condition names no segment, so none can lead back to itself. */
export const SegmentDraft = z.discriminatedUnion('kind', [
  z.strictObject({ ...draft, kind: z.literal('condition'), condition: Audience }),
  z.strictObject({ ...draft, kind: z.literal('list') }),
]);
export type SegmentDraft = z.infer<typeof SegmentDraft>;

/** What is left out stays as it is. A list has no condition. */
export const SegmentChange = z.strictObject({
  name: z.optional(LocalizedName),
  condition: z.optional(Audience),
  archived: z.optional(z.boolean()),
});
export type SegmentChange = z.infer<typeof SegmentChange>;

/** One of a list. `called`: its name, alias or external id, as the staff know it. */
export const SegmentMember = z.object({ member: Ulid, called: z.nullable(z.string()), addedAt: Instant });
export type SegmentMember = z.infer<typeof SegmentMember>;

const access = 'segments.manage';

export const listSegments = route({
  method: 'GET',
  path: '/programs/:program/segments',
  summary: 'The segments of a program, archived ones too, by slug',
  access,
  response: z.object({ items: z.array(Segment) }),
  errors: ['program.notFound'],
});

export const createSegment = route({
  method: 'POST',
  path: '/programs/:program/segments',
  summary: 'Make a segment: of whoever fulfils a condition, or a list to which members are added by hand',
  access,
  body: SegmentDraft,
  response: Segment,
  status: 201,
  errors: ['program.notFound', 'segment.slugTaken'],
});

export const changeSegment = route({
  method: 'PATCH',
  path: '/programs/:program/segments/:segment',
  summary:
    'Rename a segment, change its condition, or archive it: then it is nobody’s until it is taken into use again',
  access,
  body: SegmentChange,
  response: Segment,
  errors: ['program.notFound', 'segment.notFound'],
});

export const listSegmentMembers = route({
  method: 'GET',
  path: '/programs/:program/segments/:segment/members',
  summary: 'The members on a list, whoever was added last first',
  access,
  query: z.strictObject({
    before: z.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(queryInteger(1, 100)),
  }),
  response: page(SegmentMember),
  errors: ['program.notFound', 'segment.notFound', 'segment.notList'],
});

export const addSegmentMembers = route({
  method: 'POST',
  path: '/programs/:program/segments/:segment/members',
  summary:
    'Add up to 500 members to a list: all of them, or none where one is unknown (`fields` say which); who is there already stays',
  access,
  body: z.strictObject({ members: z.array(MemberRef).check(z.minLength(1), z.maxLength(ADDED_AT_ONCE_MAX)) }),
  response: z.object({ segment: Segment, added: z.int() }),
  errors: ['program.notFound', 'segment.notFound', 'segment.notList', 'segment.unknownMembers', 'segment.full'],
});

export const removeSegmentMember = route({
  method: 'DELETE',
  path: '/programs/:program/segments/:segment/members/:member',
  summary: 'Remove a member from a list',
  access,
  response: Segment,
  errors: ['program.notFound', 'segment.notFound', 'segment.notList', 'member.notFound', 'segment.notInList'],
});

export const listSegmentsOf = route({
  method: 'GET',
  path: '/programs/:program/members/:member/segments',
  summary: 'The segments in use to which a member belongs at the moment, by slug',
  access,
  response: z.object({ items: z.array(z.pick(Segment, { id: true, slug: true, name: true })) }),
  errors: ['program.notFound', 'member.notFound'],
});
