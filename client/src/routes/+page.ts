import { redirect } from '@sveltejs/kit';
import { getOnlyProgram } from '@verbena/shared/programs/programs.routes.js';
import { call } from '#lib/api/call.js';
import { session } from '#lib/api/session.svelte.js';
import { locale } from '#lib/words/locale.svelte.js';
import { lastProgram } from '#programs/last-program.js';
import type { PageLoad } from './$types';

/** The only program, or the last one; else the reader chooses. */
export const load: PageLoad = async ({ parent }) => {
  await parent();
  const enrolments = session.me?.enrolments ?? [];
  const last = lastProgram.read();
  const known = session.me
    ? (enrolments.find(({ program }) => program.slug === last) ?? (enrolments.length === 1 ? enrolments[0] : undefined))
    : undefined;
  if (known) redirect(307, `/${known.program.slug}`);
  if (!session.me) {
    const slug = last ?? (await call(getOnlyProgram, {}).catch(() => ({ slug: null }))).slug;
    if (slug !== null) redirect(307, `/${slug}`);
  }
  await locale.need('access');
};
