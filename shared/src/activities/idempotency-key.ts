import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';

/** What makes a request count once, for ever; printable, without space at its ends. */
export const IdempotencyKey = z
  .string()
  .check(z.minLength(1), z.maxLength(200), z.regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, expects('key')));
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;
