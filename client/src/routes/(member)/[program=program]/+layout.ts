import { redirect } from '@sveltejs/kit';
import { session } from '#lib/api/session.svelte.js';
import { homeOf } from '#identity/next-address.js';
import { lastProgram } from '#programs/last-program.js';
import { loadProgram } from '#programs/load-program.js';
import type { LayoutLoad } from './$types';

/** The home of a program is also its public page; everything behind it asks for a login that is a member there. */
export const load: LayoutLoad = async ({ params, parent, route, url }) => {
  await parent();
  // On its way while the program is asked for. A menu that lacks some places is better than no page.
  const further =
    session.me &&
    import('#members/further-places.js').then(
      ({ FURTHER_PLACES }) => FURTHER_PLACES,
      () => [],
    );
  const program = await loadProgram(params.program);
  lastProgram.keep(program.slug);
  const enrolment = session.me?.enrolments.find((candidate) => candidate.program.id === program.id);
  const member = enrolment?.member ?? undefined;
  // Staff that collect nothing have their pages elsewhere; a member area without a member is none.
  const home = homeOf(session.me, program.slug);
  if (home !== `/${program.slug}`) redirect(307, home);
  const isHome = route.id === '/(member)/[program=program]';
  if (member === undefined && !isHome) {
    redirect(
      307,
      session.me ? `/${program.slug}` : `/${program.slug}/login?next=${encodeURIComponent(url.pathname + url.search)}`,
    );
  }
  // Who has no login here sees the public page; members never fetch it.
  const publicFrame = member === undefined ? (await import('#programs/PublicFrame.svelte')).default : undefined;
  return { program, member, publicFrame, further: (await further) ?? [] };
};
