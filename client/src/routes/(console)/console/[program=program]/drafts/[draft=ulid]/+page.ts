import { requirePermission } from '#console/require-permission.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

/** Each part of a draft is fetched with its tab. */
export const load: PageLoad = async ({ parent, url }) => {
  requirePermission((await parent()).role, 'drafts.read');
  const [part] = await Promise.all([loadPart(url.searchParams.get('show')), locale.need('versions')]);
  return { part };
};

async function loadPart(show: string | null) {
  if (show === 'edit') return { show: 'edit', Part: (await import('#programs/DraftEditor.svelte')).default } as const;
  if (show === 'try') {
    await locale.need('backtests', 'byHand', 'entry', 'receipts');
    return { show: 'try', Part: (await import('#backtests/TryDraft.svelte')).default } as const;
  }
  if (show === 'past') {
    await locale.need('backtests');
    return { show: 'past', Part: (await import('#backtests/RunPast.svelte')).default } as const;
  }
  return { show: 'changes', Part: (await import('#programs/DraftChanges.svelte')).default } as const;
}
