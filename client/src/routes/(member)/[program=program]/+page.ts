import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

/** The public half of the address is fetched only by who sees it, and so are the words of each half. */
export const load: PageLoad = async ({ parent }) => {
  const { member } = await parent();
  if (member === undefined) return { welcome: (await import('#programs/Welcome.svelte')).default };
  await locale.need('home', 'missions', 'wallet');
  return { welcome: undefined };
};
