import { error, redirect } from '@sveltejs/kit';
import { session } from '#lib/api/session.svelte.js';
import { locale } from '#lib/words/locale.svelte.js';
import { SANDBOX } from '@verbena/shared/platform/ids.js';
import { loadProgram } from '#programs/load-program.js';
import type { LayoutLoad } from './$types';

/** The staff pages: for who manages or owns the program. A visitor logs in first; a member is told that it is not for them. */
export const load: LayoutLoad = async ({ params, parent, url }) => {
  await parent();
  if (session.me === undefined)
    redirect(
      307,
      `/${params.program.replace(SANDBOX, '')}/login?next=${encodeURIComponent(url.pathname + url.search)}`,
    );
  const program = await loadProgram(params.program, true);
  const place = session.me.enrolments.find((enrolment) => enrolment.program.id === program.id);
  if (place === undefined || place.role === 'member')
    error(403, { code: 'auth.forbidden', message: 'Only the staff of the program enters its console.' });
  const [{ CONSOLE_PLACES }] = await Promise.all([import('#console/console-places.js'), locale.need('console')]);
  return { program, login: session.me.id, role: place.role, member: place.member, places: CONSOLE_PLACES };
};
