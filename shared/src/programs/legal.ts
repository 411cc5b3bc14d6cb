import * as z from 'zod/mini';
import { Language, LocalizedText } from '#platform/localized-text.js';
import { Instant } from '#platform/time.js';

/** The number of a published set of legal texts, from 1. */
export const LegalVersion = z.int().check(z.gte(1), z.lte(1_000_000));

/** How a program calls a purpose for which it asks. */
export const PurposeId = z.string().check(z.minLength(2), z.maxLength(48), z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));

/** For what a program asks each member's consent: an id for systems, and the sentence that members answer with yes or no. */
export const PurposeDraft = z.strictObject({ id: PurposeId, text: LocalizedText });
export type PurposeDraft = z.infer<typeof PurposeDraft>;

/** `since`: the version since which it says this; what was answered to another sentence no longer counts. */
export const Purpose = z.object({ id: PurposeId, text: LocalizedText, since: LegalVersion });
export type Purpose = z.infer<typeof Purpose>;

/** From how many years on somebody may join, by their own word; null: nobody is asked. */
export const AgeMin = z.nullable(z.int().check(z.gte(1), z.lte(99)));

/** What is in force of a program's legal texts, without the texts. */
export const LegalState = z.object({
  version: LegalVersion,
  publishedAt: Instant,
  /** Members have accepted this version or a later one, or are asked to. */
  acceptFrom: LegalVersion,
  ageMin: AgeMin,
  purposes: z.array(Purpose),
  /** The languages in which there are texts. */
  languages: z.array(Language),
});
export type LegalState = z.infer<typeof LegalState>;
