import { en as errors } from '@verbena/shared/errors/errors.en.js';
import { en as fields } from '@verbena/shared/errors/fields.en.js';
import type { Refusals } from './vocabulary.js';

export const refusals: Refusals = { errors, fields };
