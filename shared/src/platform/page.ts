import * as z from 'zod/mini';
import { expects } from './expected-form.js';

/** A page of a list, newest or nearest first; `next` is what the following call sends as `before`, absent at the end. */
export function page<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), next: z.optional(z.number()) });
}

/** A whole number in a query string. */
export function queryInteger(minimum: number, maximum: number) {
  return z
    .pipe(
      z.string().check(z.regex(/^\d{1,16}$/, expects('integer'))),
      z.transform((text: string) => Number(text)),
    )
    .check(
      z.refine((value) => value >= minimum && value <= maximum, { params: { code: 'between', minimum, maximum } }),
    );
}
