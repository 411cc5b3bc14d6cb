import { requirePermission } from '#console/require-permission.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  requirePermission((await parent()).role, 'forum.manage');
  // Two routes lead to it: fetched here, its files are not listed twice in what everybody fetches first.
  const [{ default: CategoryPage }] = await Promise.all([
    import('#forums/CategoryPage.svelte'),
    locale.need('forumConsole', 'audience'),
  ]);
  return { CategoryPage };
};
