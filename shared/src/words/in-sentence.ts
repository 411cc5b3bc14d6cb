/**
 * A label as it stands in the middle of a sentence, after “each”: without an article and not with a capital: `La otra persona` gives
 * `otra persona`. What is written in capitals stays so.
 */
export function inSentence(label: string): string {
  const bare = label.replace(/^(?:el|la|los|las|the) (?=\S)/iu, '');
  return /^\p{Lu}(?:$|[^\p{Lu}])/u.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}
