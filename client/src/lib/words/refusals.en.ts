import { en as fields } from '@verbena/shared/errors/fields.en.js';
import { ERROR_WORDS } from '@verbena/shared/manifest-words.js';
import { wordsIn } from '@verbena/shared/platform/manifest.js';
import type { Refusals } from './vocabulary.js';

export const refusals: Refusals = { errors: wordsIn('en', ERROR_WORDS), fields };
