import type { Vocabulary } from './vocabulary.js';
import { en as screens } from './en.js';

export const vocabulary: Vocabulary = { screens };
