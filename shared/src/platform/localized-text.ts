import * as z from 'zod/mini';
import { seenLine, seenText } from './typed-text.js';

/** The languages that Verbena itself speaks completely. */
export const Language = z.enum(['es', 'en']);
export type Language = z.infer<typeof Language>;

/** Signs that nobody sees, and blanks around it, are left out of it and not refused: what was stored before that is answered too. */
function localized(seen: (text: string) => string) {
  const bare = (text: string): string => seen(text).trim() || seen(text);
  const text = z.string().check(z.overwrite(bare), z.minLength(1), z.maxLength(2_000));
  return z
    .strictObject({ es: z.optional(text), en: z.optional(text) })
    .check(z.refine((value) => value.es !== undefined || value.en !== undefined, { params: { code: 'noText' } }));
}

/** A text that a manager writes, at least in the program's default language (checked where the program is known). */
export const LocalizedText = localized(seenText);
/** The same in one line: how something is called. */
export const LocalizedName = localized(seenLine);
export type LocalizedText = z.infer<typeof LocalizedText>;

/** Chooses the text for a reader: their language, else the program's, else any there is. */
export function chooseText(text: LocalizedText, language: Language, fallback: Language = 'es'): string {
  return text[language] ?? text[fallback] ?? text.es ?? text.en ?? '';
}
