import type { PageLoad } from './$types';

/** The public half of the address is fetched only by who sees it. */
export const load: PageLoad = async ({ parent }) => {
  const { member } = await parent();
  return { welcome: member === undefined ? (await import('#programs/Welcome.svelte')).default : undefined };
};
