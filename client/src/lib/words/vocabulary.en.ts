import { en as errors } from '@verbena/shared/errors/errors.en.js';
import { en as fields } from '@verbena/shared/errors/fields.en.js';
import { en as ledger } from '@verbena/shared/ledger/ledger.en.js';
import type { Vocabulary } from './vocabulary.js';
import { en as screens } from './en.js';

export const vocabulary: Vocabulary = { screens, errors, fields, ledger };
