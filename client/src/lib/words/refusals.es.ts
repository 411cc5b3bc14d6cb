import { es as errors } from '@verbena/shared/errors/errors.es.js';
import { es as fields } from '@verbena/shared/errors/fields.es.js';
import type { Refusals } from './vocabulary.js';

export const refusals: Refusals = { errors, fields };
