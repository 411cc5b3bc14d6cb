import type { ProblemParams } from './problem.js';

/** The forms of texts that have a sentence of their own (`fields.es.ts`), said with an example where a text does not have it. */
export type Form =
  | 'activityType'
  | 'alias'
  | 'attribute'
  | 'code'
  | 'currency'
  | 'day'
  | 'dayOfYear'
  | 'externalId'
  | 'field'
  | 'id'
  | 'instant'
  | 'integer'
  | 'key'
  | 'member'
  | 'period'
  | 'slug'
  | 'time'
  | 'zone';

const MARK = 'form:';

/** For a check or a union of zod: what it expects, by name. Nobody reads it as a message; `formOf` does. */
export function expects(form: Form): { error: string } {
  return { error: MARK + form };
}

/** The form that an issue's message names, as a parameter of its sentence. */
export function formOf(message: string | undefined): ProblemParams {
  return message?.startsWith(MARK) === true ? { form: message.slice(MARK.length) } : {};
}
