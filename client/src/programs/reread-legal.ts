import type { QueryClient } from '@tanstack/svelte-query';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { invalidateAll } from '$app/navigation';
import { ApiError } from '#lib/api/api-error.js';
import { call } from '#lib/api/call.js';
import { locale } from '#lib/words/locale.svelte.js';
import { keepProgram } from './load-program.js';

const STALE: readonly string[] = ['legal.changed', 'legal.notAccepted'];

/**
 * After a refusal: where this page may have read other legal texts than are in force, or none, the program is read again, and with it
 * whatever tells of them; their words are there afterwards. What was typed stays.
 */
export async function rereadLegal(failure: unknown, program: string, queries?: QueryClient): Promise<void> {
  if (!(failure instanceof ApiError && STALE.includes(failure.code))) return;
  keepProgram(await call(getProgram, { params: { program } }));
  await Promise.all([
    locale.need('legal'),
    queries?.invalidateQueries({ queryKey: ['consents', program] }),
    invalidateAll(),
  ]);
}
