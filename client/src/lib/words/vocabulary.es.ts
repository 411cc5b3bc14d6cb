import { es as errors } from '@verbena/shared/errors/errors.es.js';
import { es as fields } from '@verbena/shared/errors/fields.es.js';
import { es as ledger } from '@verbena/shared/ledger/ledger.es.js';
import type { Vocabulary } from './vocabulary.js';
import { es as screens } from './es.js';

export const vocabulary: Vocabulary = { screens, errors, fields, ledger };
