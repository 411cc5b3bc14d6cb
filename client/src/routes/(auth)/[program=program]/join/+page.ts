import { redirect } from '@sveltejs/kit';
import { session } from '#lib/api/session.svelte.js';
import { locale } from '#lib/words/locale.svelte.js';
import { carriedInvitation } from '#members/carried-invitation.js';
import { readInvitation } from '#members/read-invitation.js';
import type { PageLoad } from './$types';

/** Whoever is in already goes home, or with a claim code to where accounts are joined; who was invited is told by whom, and an invitation that is none is left behind. */
export const load: PageLoad = async ({ params, parent, url }) => {
  const [{ program }] = await Promise.all([parent(), locale.need('access')]);
  const enrolment = session.me?.enrolments.find((candidate) => candidate.program.id === program.id);
  const claim = url.searchParams.get('claim');
  if ((enrolment?.member ?? null) !== null)
    redirect(307, claim === null ? `/${params.program}` : `/${params.program}/me?claim=${encodeURIComponent(claim)}`);
  const code = url.searchParams.get('i') ?? carriedInvitation.read(params.program);
  const given = claim ?? undefined;
  if (code === undefined) return { invitation: undefined, isGone: false, given };
  const invitation = await readInvitation(params.program, code).catch(() => undefined);
  if (invitation === null) carriedInvitation.forget(params.program);
  // A server that cannot say now what the code is will say it when somebody joins.
  return {
    invitation: invitation ?? undefined,
    code: invitation === null ? undefined : code.toUpperCase(),
    isGone: invitation === null,
    given,
  };
};
