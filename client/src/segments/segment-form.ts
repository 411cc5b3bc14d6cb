import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import { ApiError } from '#lib/api/api-error.js';
import type { Submission } from '#lib/forms/submission.svelte.js';
import { locale } from '#lib/words/locale.svelte.js';

/** A name as it is sent: without the language in which nothing was written; undefined where nothing was. */
export function nameOf({ es = '', en = '' }: LocalizedText): LocalizedText | undefined {
  const name = { ...(es.trim() === '' ? {} : { es: es.trim() }), ...(en.trim() === '' ? {} : { en: en.trim() }) };
  return Object.keys(name).length === 0 ? undefined : name;
}

/** Sends a form with a condition: what the server says of a place inside of it stands beside the whole. */
export async function sendCondition(
  sending: Submission,
  missing: Readonly<Record<string, string | undefined>>,
  work: () => Promise<void>,
): Promise<boolean> {
  let inside: string | undefined;
  const done = await sending.send(missing, async () => {
    try {
      await work();
    } catch (failure) {
      inside = await explainInside(failure);
      throw failure;
    }
  });
  return done || inside === undefined ? done : sending.send({ condition: inside }, async () => undefined);
}

/** The words for it are many, and come with the first refusal. */
async function explainInside(failure: unknown): Promise<string | undefined> {
  if (!(failure instanceof ApiError)) return undefined;
  const problem = failure.fields.find(({ path }) => path[0] === 'condition');
  if (problem === undefined) return undefined;
  const { explainDefinitionProblem } = await import('@verbena/shared/programs/explain-definition-problem.js');
  return explainDefinitionProblem(problem, locale.language, locale.format);
}
