import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

/** First the search, then the form: whoever has chosen a member no longer needs the one, nobody before that the other. */
export const load: PageLoad = async ({ url }) => {
  const member = url.searchParams.get('member') ?? undefined;
  const [step] = await Promise.all([
    member === undefined
      ? import('#members/MemberSearch.svelte').then(({ default: Search }) => ({ Search }))
      : import('#activities/RecordByHand.svelte').then(({ default: Form }) => ({ Form, member })),
    locale.need('byHand', 'staffMembers'),
  ]);
  return { step };
};
