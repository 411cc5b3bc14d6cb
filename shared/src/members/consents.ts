import * as z from 'zod/mini';
import { Language } from '#platform/localized-text.js';
import { LegalVersion, PurposeId } from '#programs/legal.js';

/**
 * What somebody says to a program's legal texts: to which version and in which language it read them, and only what it says now.
 * What is left out stays as it is.
 */
export const ConsentDraft = z.strictObject({
  version: LegalVersion,
  language: Language,
  /** It accepts the terms and has read the privacy notice. */
  accepts: z.optional(z.boolean()),
  /** It has the program's minimal age, by its own word. */
  ofAge: z.optional(z.boolean()),
  /** Its answer by purpose; at first each is no. */
  purposes: z.optional(z.record(PurposeId, z.boolean())),
});
export type ConsentDraft = z.infer<typeof ConsentDraft>;
