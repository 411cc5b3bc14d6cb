import type { ForumWords } from './forum.es.js';
import type { Format } from '@verbena/shared/words/format.js';

/** `PostBody` of the contract takes no more; a schema is not carried into the browser for a number. */
export const BODY_MAX = 20_000;

/** What is wrong with the words of a post before they are sent. */
export function missingOf(text: string, words: ForumWords['composer'], format: Format): string | undefined {
  if (text.trim() === '') return words.missing;
  return text.length > BODY_MAX ? words.over({ count: text.length - BODY_MAX }, format) : undefined;
}
