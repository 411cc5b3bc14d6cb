import * as z from 'zod/mini';

/** The languages that Verbena itself speaks completely. */
export const Language = z.enum(['es', 'en']);
export type Language = z.infer<typeof Language>;

const text = z.string().check(z.minLength(1), z.maxLength(2_000));

/** A text that a manager writes, at least in the program's default language (checked where the program is known). */
export const LocalizedText = z
  .strictObject({ es: z.optional(text), en: z.optional(text) })
  .check(z.refine((value) => value.es !== undefined || value.en !== undefined));
export type LocalizedText = z.infer<typeof LocalizedText>;

/** Chooses the text for a reader: their language, else the program's, else any there is. */
export function chooseText(text: LocalizedText, language: Language, fallback: Language = 'es'): string {
  return text[language] ?? text[fallback] ?? text.es ?? text.en ?? '';
}
