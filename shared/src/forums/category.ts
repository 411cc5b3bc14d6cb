import * as z from 'zod/mini';
import { Slug, Ulid } from '#platform/ids.js';
import { LocalizedName, LocalizedText } from '#platform/localized-text.js';
import { Instant } from '#platform/time.js';
import { Audience } from '#segments/audience.js';
import { Reaction, REACTIONS } from './reaction.js';

/**
 * What somebody may do in a category. Each presumes those that make it useful: whoever may not see it may nothing else, and whoever may
 * not read it may only see that it is there.
 */
export const RIGHTS = ['see', 'read', 'create', 'reply', 'react', 'moderate'] as const;
export const Right = z.enum(RIGHTS);
export type Right = z.infer<typeof Right>;

/** Who has each right; null: everybody in the program. */
const rights = {
  see: z.nullable(Audience),
  read: z.nullable(Audience),
  create: z.nullable(Audience),
  reply: z.nullable(Audience),
  react: z.nullable(Audience),
  moderate: z.nullable(Audience),
} satisfies Record<Right, z.ZodMiniType>;
export const CategoryRights = z.strictObject(rights);
export type CategoryRights = z.infer<typeof CategoryRights>;

/** Everybody talks, and moderators look after it. */
export const RIGHTS_AT_FIRST: CategoryRights = {
  see: null,
  read: null,
  create: null,
  reply: null,
  react: null,
  moderate: { role: { atLeast: 'moderator' } },
};

export const CategoryIcon = z.enum([
  'talk',
  'question',
  'news',
  'idea',
  'gift',
  'calendar',
  'heart',
  'coffee',
  'store',
  'help',
  'trophy',
  'star',
]);
export type CategoryIcon = z.infer<typeof CategoryIcon>;

export const CategoryColor = z.enum(['indigo', 'amber', 'green', 'red', 'blue']);
export type CategoryColor = z.infer<typeof CategoryColor>;

/** How its threads stand: those in which somebody wrote last first, or those that were opened last. */
export const ThreadOrder = z.enum(['active', 'newest']);
export type ThreadOrder = z.infer<typeof ThreadOrder>;

/** `forum/new` is where threads are opened. */
const CategorySlug = Slug.check(z.refine((slug) => slug !== 'new', { params: { code: 'taken' } }));

const settings = {
  slug: Slug,
  name: LocalizedName,
  description: z.nullable(LocalizedText),
  icon: CategoryIcon,
  color: CategoryColor,
  /** The category that it stands below, which itself stands below none. */
  parent: z.nullable(Ulid),
  /** Its place among its neighbours, the lowest first. */
  place: z.int().check(z.gte(0), z.lte(9_999)),
  order: ThreadOrder,
  /** Each sees only the threads that it opened itself; who moderates sees all. */
  ownThreadsOnly: z.boolean(),
  /** What there is to react with; none: nobody reacts. */
  reactions: z.array(Reaction).check(z.maxLength(REACTIONS.length)),
  rights: CategoryRights,
};

/** A category as those who run the program set it up. */
export const Category = z.object({
  id: Ulid,
  ...settings,
  createdAt: Instant,
  /** Since when nobody but who runs the program finds it; what was written stays. */
  archivedAt: z.nullable(Instant),
});
export type Category = z.infer<typeof Category>;

/**
 * What is left out: no description, `talk`, `indigo`, below none, behind all others, `active`, all threads, `REACTIONS_AT_FIRST`,
 * `RIGHTS_AT_FIRST`.
 */
export const CategoryDraft = z.strictObject({
  slug: CategorySlug,
  name: settings.name,
  description: z.optional(settings.description),
  icon: z.optional(settings.icon),
  color: z.optional(settings.color),
  parent: z.optional(settings.parent),
  place: z.optional(settings.place),
  order: z.optional(settings.order),
  ownThreadsOnly: z.optional(settings.ownThreadsOnly),
  reactions: z.optional(settings.reactions),
  rights: z.optional(CategoryRights),
});
export type CategoryDraft = z.infer<typeof CategoryDraft>;

/** What is left out stays as it is. */
export const CategoryChange = z.strictObject({
  ...CategoryDraft.shape,
  slug: z.optional(CategorySlug),
  name: z.optional(settings.name),
  archived: z.optional(z.boolean()),
});
export type CategoryChange = z.infer<typeof CategoryChange>;
