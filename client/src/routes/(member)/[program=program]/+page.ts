import { getShowcase } from '@verbena/shared/programs/programs.routes.js';
import { call } from '#lib/api/call.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

/**
 * The public half of the address is fetched only by who sees it, and so are the words of each half. What it shows of the
 * program comes while it stands.
 */
export const load: PageLoad = async ({ parent, params }) => {
  const { member } = await parent();
  if (member !== undefined) {
    await locale.need('home', 'missions');
    return { visitor: undefined };
  }
  const showcase = call(getShowcase, { params: { program: params.program } });
  // The page says what went wrong; until it stands nobody else listens.
  showcase.catch(() => undefined);
  const [{ default: Welcome }] = await Promise.all([import('#programs/Welcome.svelte'), locale.need('welcome')]);
  return { visitor: { Welcome, showcase } };
};
