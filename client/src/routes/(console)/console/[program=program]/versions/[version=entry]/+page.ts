import { requirePermission } from '#console/require-permission.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

/** What tells definitions in words comes with the page, beside it. */
export const load: PageLoad = async ({ parent }) => {
  requirePermission((await parent()).role, 'drafts.read');
  const [{ default: Terms }] = await Promise.all([import('#programs/DefinitionTerms.svelte'), locale.need('versions')]);
  return { Terms };
};
