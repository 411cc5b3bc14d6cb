import { type Category, type CategoryDraft, RIGHTS, RIGHTS_AT_FIRST } from '@verbena/shared/forums/category.js';
import { REACTIONS_AT_FIRST } from '@verbena/shared/forums/reaction.js';
import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import { Slug } from '@verbena/shared/platform/ids.js';
import { nameOf } from '#segments/typed-name.js';
import type { ForumConsoleWords } from './forum-console.es.js';
import { isComplete, type TypedRights } from './rights-presets.js';

/** A category as its form holds it: texts in both languages, empty where nothing is typed. */
export interface TypedCategory {
  name: Required<LocalizedText>;
  slug: string;
  description: Required<LocalizedText>;
  icon: Category['icon'];
  color: Category['color'];
  /** An id; empty where it stands inside of none. */
  parent: string;
  order: Category['order'];
  ownThreadsOnly: boolean;
  reactions: Category['reactions'];
  rights: TypedRights;
}

/** What a form begins with: a category, or nothing yet. */
export function typedOf(category?: Category): TypedCategory {
  return {
    name: { es: '', en: '', ...category?.name },
    slug: category?.slug ?? '',
    description: { es: '', en: '', ...category?.description },
    icon: category?.icon ?? 'talk',
    color: category?.color ?? 'indigo',
    parent: category?.parent ?? '',
    order: category?.order ?? 'active',
    ownThreadsOnly: category?.ownThreadsOnly ?? false,
    reactions: category?.reactions ?? REACTIONS_AT_FIRST,
    rights: category?.rights ?? RIGHTS_AT_FIRST,
  };
}

/** What is sent; undefined where something is missing: `missingOf` says what. */
export function draftOf({
  name,
  slug,
  description,
  parent,
  rights,
  ...rest
}: TypedCategory): CategoryDraft | undefined {
  const given = nameOf(name);
  if (given === undefined || !Slug.safeParse(slug.trim()).success || !isComplete(rights)) return undefined;
  const shared = { slug: slug.trim(), name: given, description: nameOf(description) ?? null };
  return { ...rest, ...shared, parent: parent === '' ? null : parent, rights };
}

/** Of a draft what is another than it was when the form began: what somebody else changes meanwhile stays. */
export function changeOf(category: Category, draft: CategoryDraft): Partial<CategoryDraft> {
  const before: Partial<CategoryDraft> = draftOf(typedOf(category)) ?? {};
  const isChanged = (key: keyof CategoryDraft) => JSON.stringify(draft[key]) !== JSON.stringify(before[key]);
  const keys = Object.keys(draft) as (keyof CategoryDraft)[];
  return Object.fromEntries(keys.filter(isChanged).map((key) => [key, draft[key]]));
}

/** What is missing, in words, by field. */
export function missingOf(
  { name, slug, rights }: TypedCategory,
  words: ForumConsoleWords,
): Record<string, string | undefined> {
  return {
    name: nameOf(name) === undefined ? words.nameMissing : undefined,
    slug: Slug.safeParse(slug.trim()).success ? undefined : words.slugWrong,
    ...Object.fromEntries(
      RIGHTS.map((right) => [`rights.${right}`, rights[right] === undefined ? words.audienceMissing : undefined]),
    ),
  };
}

/** Inside of which a category may stand: of those in use that stand inside of none; of none where it has others inside. */
export function parentsFor(category: Category | undefined, all: readonly Category[]): readonly Category[] {
  if (category !== undefined && all.some(({ parent }) => parent === category.id)) return [];
  return all.filter(
    ({ id, parent, archivedAt }) =>
      id !== category?.id && parent === null && (archivedAt === null || id === category?.parent),
  );
}
