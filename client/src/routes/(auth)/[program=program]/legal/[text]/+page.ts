import { error } from '@sveltejs/kit';
import { getLegalTexts } from '@verbena/shared/programs/legal.routes.js';
import { call } from '#lib/api/call.js';
import { openErrorPage } from '#lib/api/open-error-page.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

const TEXTS = ['terms', 'privacy'] as const;

/** The version of the address, and else the one in force. */
export const load: PageLoad = async ({ params, parent, url }) => {
  const text = TEXTS.find((one) => one === params.text);
  if (text === undefined) error(404, { code: 'route.notFound', message: 'There is no such text.' });
  const asked = url.searchParams.get('version') ?? '';
  const [, texts] = await Promise.all([
    parent(),
    call(getLegalTexts, {
      params: { program: params.program },
      query: /^[1-9]\d{0,5}$/.test(asked) ? { version: asked } : {},
    }).catch(openErrorPage),
    locale.need('legal'),
  ]);
  return { texts, text };
};
