import { foldedText } from '@verbena/shared/platform/folded-text.js';

const WORDS_MAX = 16;
const WORD_LENGTH_MAX = 32;

/** Of keys that are folded; so a key of before, which has no such sign, is known. */
const FOLDED = '~';
/** Of the key of an alias that stood before beside one that reads the same: it is its own as it is written. */
const TO_THE_LETTER = '=';
/** Marks over and under letters, but for the tilde of an `n`: `ñ` is a letter of its own, and Peña is not Pena. */
const ACCENTS = /(?!(?<=n)\u0303)[\u0300-\u036F]/gu;

/**
 * An alias as it is compared: whoever reads two of one key takes them for one name. Case, compatibility forms, accents, blanks and
 * punctuation make no difference, so `Lucía H.` and `lucia-h` are one; `Peña` and `Pena` are two.
 */
export function aliasKeyOf(alias: string): string {
  const folded = foldedText(alias);
  const letters = folded
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  return FOLDED + (letters === '' ? folded : letters);
}

/** The key of an alias that reads like somebody else's and stood before that was refused. */
export function aliasKeyToTheLetter(alias: string): string {
  return TO_THE_LETTER + foldedText(alias);
}

/** Keys of before begin with neither sign. */
export const OLD_ALIAS_KEY = /^[^~=]/;

/** The words that a search compares, without accents and case, each once: `Lucía Peña` gives `lucia` and `pena`. */
export function searchWordsOf(...texts: readonly (string | null)[]): string[] {
  const words = texts
    .flatMap((text) =>
      (text ?? '')
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .filter((word) => word !== '')
    .map((word) => word.slice(0, WORD_LENGTH_MAX));
  return [...new Set(words)].slice(0, WORDS_MAX);
}
