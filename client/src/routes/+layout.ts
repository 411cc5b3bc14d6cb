import { session } from '#lib/api/session.svelte.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { LayoutLoad } from './$types';

export const ssr = false;
export const prerender = false;

/** Before anything is shown: the reader's words, and whether somebody is logged in on this browser. */
export const load: LayoutLoad = async () => {
  await Promise.all([locale.begin(), session.restore()]);
};
