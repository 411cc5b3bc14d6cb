import { explainDefinitionProblem } from '@verbena/shared/programs/explain-definition-problem.js';
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
  const done = await sending.send(missing, () =>
    work().catch((failure: unknown) => {
      inside = failure instanceof ApiError ? problemsInside(failure, fields) : undefined;
      throw failure;
    }),
  );
  return done || inside === undefined ? done : sending.send(inside, async () => undefined);
}

function problemsInside(failure: ApiError, fields: readonly string[]): Readonly<Record<string, string>> | undefined {
  const found = fields.flatMap((field) => {
    const problem = failure.fields.find(({ path }) => `${path.join('.')}.`.startsWith(`${field}.`));
    return problem ? [[field, explainDefinitionProblem(problem, locale.language, locale.format)] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
