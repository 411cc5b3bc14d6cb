import type { Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './realtime.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'stream.unknown': {
    es: 'Ese canal en directo no existe.',
    en: 'There is no such live stream.',
  },
  'stream.tooMany': {
    es: 'Esta página sigue demasiados canales en directo a la vez. Vuelve a cargarla.',
    en: 'This page follows too many live views at once. Load it again.',
  },
  'stream.cursorAhead': {
    es: 'Tu vista en directo va por delante del servidor. Vuelve a cargar la página.',
    en: 'Your live view is ahead of the server. Load the page again.',
  },
};
