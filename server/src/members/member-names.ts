const WORDS_MAX = 16;
const WORD_LENGTH_MAX = 32;

/**
 * An alias as it is compared: compatibility forms, case and doubled spaces make no difference, an accent does. So `ANA` is
 * `ana`, and `Aná` is somebody else.
 */
export function aliasKeyOf(alias: string): string {
  return alias.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

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
