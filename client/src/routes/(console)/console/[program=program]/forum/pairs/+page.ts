import { requirePermission } from '#console/require-permission.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  requirePermission((await parent()).role, 'forum.manage');
  await locale.need('forumPairs');
};
