import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  await Promise.all([parent(), locale.need('forum')]);
};
