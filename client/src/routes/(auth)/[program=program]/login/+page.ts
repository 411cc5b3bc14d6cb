import { redirect } from '@sveltejs/kit';
import { session } from '#lib/api/session.svelte.js';
import { locale } from '#lib/words/locale.svelte.js';
import { homeOf, nextAddress } from '#identity/next-address.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, url }) => {
  await Promise.all([parent(), locale.need('access')]);
  if (session.me)
    redirect(307, nextAddress(url.searchParams.get('next'), params.program, homeOf(session.me, params.program)));
};
