/**
 * A text as it is compared where spelling shall make no difference: `  ROPA  de Hogar`, `Ropa de hogar` and `ｒｏｐａ de hogar` give
 * `ropa de hogar`. In this order: NFKC, without the signs that nobody sees, small letters by way of capitals (so `ß` and `ẞ` are `ss`),
 * NFKC again, runs of white space as one blank, none around it. Accents stay: `Papá` is not `papa`, nor `año` `ano`.
 * @see https://www.unicode.org/reports/tr44/#NFKC_Casefold which this follows as far as the language has it
 */
export function foldedText(text: string): string {
  const seen = text.normalize('NFKC').replace(/\p{DI}/gu, '');
  return seen.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
}
