import type { Vocabulary } from './vocabulary.js';
import { es as screens } from './es.js';

export const vocabulary: Vocabulary = { screens };
