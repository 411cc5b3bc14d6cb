import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { PresetId } from '@verbena/shared/programs/programs.routes.js';
import { shoppingCentre } from './shopping-centre.js';

/** What a sector starts with. */
export interface Preset {
  readonly language: Language;
  readonly zone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly definitions: Definitions;
}

export const PRESETS: Readonly<Record<PresetId, Preset>> = {
  'shopping-centre': { language: 'es', zone: 'Europe/Madrid', currency: 'EUR', definitions: shoppingCentre },
};
