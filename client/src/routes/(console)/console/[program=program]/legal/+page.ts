import { getLegalTexts } from '@verbena/shared/programs/legal.routes.js';
import { ApiError } from '#lib/api/api-error.js';
import { call } from '#lib/api/call.js';
import { openErrorPage } from '#lib/api/open-error-page.js';
import { locale } from '#lib/words/locale.svelte.js';
import { requirePermission } from '#console/require-permission.js';
import type { PageLoad } from './$types';

/** The texts in force as they were written; undefined where there are none yet. */
export const load: PageLoad = async ({ params, parent }) => {
  const { role } = await parent();
  requirePermission(role, 'programs.write');
  const [texts] = await Promise.all([
    call(getLegalTexts, { params: { program: params.program }, query: { source: 'true' } }).catch(
      (failure: unknown) => {
        if (failure instanceof ApiError && failure.code === 'legal.notFound') return undefined;
        return openErrorPage(failure);
      },
    ),
    locale.need('legalConsole', 'legal'),
  ]);
  return { texts };
};
