import { ApiError } from '#lib/api/api-error.js';
import type { Submission } from '#lib/forms/submission.svelte.js';
import { locale } from '#lib/words/locale.svelte.js';

/**
 * Sends a form with conditions: what the server says of a place inside of one stands beside the whole.
 *
 * @param fields where they are in what is sent, dotted
 */
export async function sendCondition(
  sending: Submission,
  missing: Readonly<Record<string, string | undefined>>,
  work: () => Promise<void>,
  fields: readonly string[] = ['condition'],
): Promise<boolean> {
  let inside: Readonly<Record<string, string>> | undefined;
  const done = await sending.send(missing, async () => {
    try {
      await work();
    } catch (failure) {
      inside = await explainInside(failure, fields);
      throw failure;
    }
  });
  return done || inside === undefined ? done : sending.send(inside, async () => undefined);
}

/** The words for it are many, and come with the first refusal. */
async function explainInside(
  failure: unknown,
  fields: readonly string[],
): Promise<Readonly<Record<string, string>> | undefined> {
  if (!(failure instanceof ApiError)) return undefined;
  const found = fields.flatMap((field) => {
    const problem = failure.fields.find(({ path }) => `${path.join('.')}.`.startsWith(`${field}.`));
    return problem === undefined ? [] : [[field, problem] as const];
  });
  if (found.length === 0) return undefined;
  const { explainDefinitionProblem } = await import('@verbena/shared/programs/explain-definition-problem.js');
  return Object.fromEntries(
    found.map(([field, problem]) => [field, explainDefinitionProblem(problem, locale.language, locale.format)]),
  );
}
