import type { Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './backtests.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'backtest.notFound': {
    es: 'Esta prueba no existe.',
    en: 'This backtest does not exist.',
  },
  'backtest.running': {
    es: 'Ya hay una prueba de este borrador en marcha. Espera a que acabe o párala.',
    en: 'A backtest of this draft is running already. Wait until it ends, or stop it.',
  },
  'backtest.ended': {
    es: 'Esta prueba ya ha terminado.',
    en: 'This backtest has ended.',
  },
};
