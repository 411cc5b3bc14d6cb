import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Words } from './es.js';

/** What is needed to say something to one reader; `locale` is one. */
export interface Speech {
  readonly words: Words;
  readonly format: Format;
  choose(text: LocalizedText): string;
}
