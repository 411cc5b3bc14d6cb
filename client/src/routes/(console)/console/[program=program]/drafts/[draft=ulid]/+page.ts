import { requirePermission } from '#console/require-permission.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

/** Each part of a draft is fetched with its tab. */
export const load: PageLoad = async ({ parent, url }) => {
  requirePermission((await parent()).role, 'drafts.read');
  const show = url.searchParams.get('show');
  const [part] = await Promise.all([
    show === 'edit'
      ? import('#programs/DraftEditor.svelte').then(({ default: Part }) => ({ show: 'edit' as const, Part }))
      : import('#programs/DraftChanges.svelte').then(({ default: Part }) => ({ show: 'changes' as const, Part })),
    locale.need('versions'),
  ]);
  return { part };
};
