import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './missions.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'streak.noPause': {
    es: 'Esta racha no admite pausas.',
    en: 'This streak takes no pauses.',
  },
  'streak.pausePast': {
    es: 'La pausa tiene que empezar hoy o más tarde, y no puede acabar antes de empezar.',
    en: 'The pause has to begin today or later, and cannot end before it begins.',
  },
  'streak.pauseTooLong': {
    es: 'No te quedan tantos días de pausa en ese año.',
    en: 'You do not have so many days of pause left in that year.',
  },
  'streak.pauseRuns': {
    es: 'Esta pausa ya ha empezado: puedes cambiar su último día, pero no moverla ni quitarla.',
    en: 'This pause has begun: you can change its last day, but not move it or give it up.',
  },
  'streak.pauseOverlaps': {
    es: 'Ya tienes otra pausa en esos días. Cámbiala o elige otros.',
    en: 'You have another pause on those days. Change it or choose others.',
  },
  'streak.pausesFull': {
    es: 'Ya tienes doce pausas por delante. Quita una o espera a que pase.',
    en: 'You have twelve pauses ahead already. Give one up or wait until it is over.',
  },
  'streak.pauseNotFound': {
    es: 'Esa pausa ya no está: se cambió, se quitó o ya pasó.',
    en: 'That pause is not there any more: it was changed, given up, or is over.',
  },
  'streak.noFreezes': {
    es: 'Esta racha no tiene comodines.',
    en: 'This streak has no freezes.',
  },
  'streak.freezesFull': {
    es: 'Ya tiene todos los comodines que se pueden guardar.',
    en: 'The member already holds as many freezes as can be held.',
  },
  'streak.notBroken': {
    es: 'En ese plazo no se rompió la racha.',
    en: 'That is not where the streak broke.',
  },
  'mission.notFound': {
    es: 'Esta misión no existe.',
    en: 'There is no such mission.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'streak.restored': { es: 'Racha recuperada', en: 'Streak restored' },
  'streak.granted': { es: 'Comodines dados', en: 'Freezes given' },
};
