import { getShowcase } from '@verbena/shared/programs/programs.routes.js';
import { call } from '#lib/api/call.js';
import { openErrorPage } from '#lib/api/open-error-page.js';
import { locale } from '#lib/words/locale.svelte.js';
import { carriedInvitation } from '#members/carried-invitation.js';
import { readInvitation } from '#members/read-invitation.js';
import type { PageLoad } from './$types';

/** Who invites and what both get; the code is kept for this tab until somebody has joined. */
export const load: PageLoad = async ({ params, parent }) => {
  const [, invitation, showcase] = await Promise.all([
    parent(),
    readInvitation(params.program, params.code).catch(openErrorPage),
    // What the points are called; without it they are called by their id.
    call(getShowcase, { params: { program: params.program } }).catch(() => undefined),
    locale.need('access'),
  ]);
  if (invitation !== null) carriedInvitation.keep(params.program, invitation.code);
  return { invitation, currencies: showcase?.currencies ?? [] };
};
