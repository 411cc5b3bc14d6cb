import { getShowcase } from '@verbena/shared/programs/programs.routes.js';
import { call } from '#lib/api/call.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params }) => {
  await Promise.all([parent(), locale.need('welcome', 'terms')]);
  const showcase = call(getShowcase, { params: { program: params.program } });
  // The page says what went wrong; until it stands nobody else listens.
  showcase.catch(() => undefined);
  return { showcase };
};
