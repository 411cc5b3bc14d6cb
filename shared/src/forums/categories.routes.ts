import * as z from 'zod/mini';
import { Role } from '#identity/role.js';
import { Slug, Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { Category, CategoryChange, CategoryDraft, Right } from './category.js';
import { FollowLevel } from './follow.js';
import { PostAuthor } from './post-author.js';

/** Counted up to this many; `more` says that there are others. */
export const COUNTED_MAX = 1_000;

/** What keeps somebody from reading a category that it sees: tiers with the points that are missing for each, and badges. */
export const CategoryNeeds = z.object({
  tier: z.optional(z.object({ id: Slug, missing: z.int() })),
  badges: z.optional(z.array(Slug)),
});
export type CategoryNeeds = z.infer<typeof CategoryNeeds>;

/** A category as the one who asks sees it. Counts, the last post and what is unread are over what it may read, also of the categories below. */
export const CategoryTile = z.object({
  ...z.pick(Category, {
    id: true,
    slug: true,
    name: true,
    description: true,
    icon: true,
    color: true,
    parent: true,
    order: true,
    ownThreadsOnly: true,
  }).shape,
  can: z.array(Right),
  follow: FollowLevel,
  /** Only where it may not be read. */
  needs: z.optional(CategoryNeeds),
  threads: z.object({ count: z.int(), more: z.boolean() }),
  last: z.nullable(
    z.object({ thread: z.string(), title: z.string(), slug: z.string(), author: PostAuthor, at: Instant }),
  ),
  /** One of its latest threads has posts that you have not read. */
  hasUnread: z.boolean(),
});
export type CategoryTile = z.infer<typeof CategoryTile>;

/** Somebody whom there need not be: of a tier, of a role, or both. */
export const SeenAs = z.object({ tier: z.nullable(Slug), role: Role });
export type SeenAs = z.infer<typeof SeenAs>;

export const listForum = route({
  method: 'GET',
  path: '/programs/:program/forum',
  summary: 'The categories of the forum that you see, in their order, each with what you may do there',
  access: 'forum.read',
  response: z.object({ items: z.array(CategoryTile) }),
  errors: ['program.notFound'],
});

export const previewForum = route({
  method: 'GET',
  path: '/programs/:program/forum/preview',
  summary: 'The forum as somebody of a tier or a role sees it: `?tier=plata&role=member`',
  access: 'forum.manage',
  query: z.strictObject({ tier: z.optional(Slug), role: z.optional(Role) }),
  response: z.object({ items: z.array(CategoryTile) }),
  errors: ['program.notFound'],
});

export const listCategories = route({
  method: 'GET',
  path: '/programs/:program/forum/categories',
  summary: 'Every category with its rights, archived ones too',
  access: 'forum.manage',
  response: z.object({ items: z.array(Category) }),
  errors: ['program.notFound'],
});

export const createCategory = route({
  method: 'POST',
  path: '/programs/:program/forum/categories',
  summary: 'Make a category; without `rights` everybody in the program reads and writes there',
  access: 'forum.manage',
  body: CategoryDraft,
  response: Category,
  status: 201,
  errors: ['program.notFound', 'forumCategory.slugTaken', 'forumCategory.notFound'],
});

export const changeCategory = route({
  method: 'PATCH',
  path: '/programs/:program/forum/categories/:category',
  summary: 'Change a category, archive it or take it into use again; a right that is taken away is gone within seconds',
  access: 'forum.manage',
  body: CategoryChange,
  response: Category,
  errors: ['program.notFound', 'forumCategory.slugTaken', 'forumCategory.notFound'],
});

/** Who may do what: one row for each tier, lowest first, and then for each role above members, each over all categories that are in use. */
export const getRightsMatrix = route({
  method: 'GET',
  path: '/programs/:program/forum/rights',
  summary: 'What each tier and each role may do in each category',
  access: 'forum.manage',
  response: z.object({
    rows: z.array(z.object({ ...SeenAs.shape, rights: z.record(Ulid, z.array(Right)) })),
  }),
  errors: ['program.notFound'],
});
