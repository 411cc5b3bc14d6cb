import { es as fields } from '@verbena/shared/errors/fields.es.js';
import { ERROR_WORDS } from '@verbena/shared/manifest-words.js';
import { wordsIn } from '@verbena/shared/platform/manifest.js';
import type { Refusals } from './vocabulary.js';

export const refusals: Refusals = { errors: wordsIn('es', ERROR_WORDS), fields };
