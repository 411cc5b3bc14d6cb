import { redirect } from '@sveltejs/kit';
import { SANDBOX } from '@verbena/shared/platform/ids.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import type { Program } from '@verbena/shared/programs/programs.routes.js';
import { asApiError } from '#lib/api/api-error.js';
import { call } from '#lib/api/call.js';
import { openErrorPage } from '#lib/api/open-error-page.js';
import { lastProgram } from './last-program.js';

let known: Program | undefined;

/**
 * The program of an address, asked for once; the error page where there is none. A sandbox has a console and nothing else: other pages
 * are the program's own.
 */
export async function loadProgram(slug: string, isConsole = false): Promise<Program> {
  if (!isConsole && slug.endsWith(SANDBOX)) redirect(307, `/${slug.slice(0, -SANDBOX.length)}`);
  if (known?.slug === slug) return known;
  try {
    known = await call(getProgram, { params: { program: slug } });
  } catch (failure) {
    if (asApiError(failure).status === 404 && lastProgram.read() === slug) lastProgram.forget();
    openErrorPage(failure);
  }
  return known;
}

/** After it was changed from here, so that the next page reads what there is now. */
export function keepProgram(program: Program): void {
  known = program;
}
