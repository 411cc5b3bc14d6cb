import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './undo.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'undo.moved': {
    es: 'Este socio ha seguido haciendo cosas mientras tanto: se vuelve a calcular.',
    en: 'This member went on meanwhile: it is worked out again.',
  },
  'undo.notFound': {
    es: 'Este plan de corrección no existe.',
    en: 'This undo plan does not exist.',
  },
  'undo.firstVersion': {
    es: 'Es la primera versión: no hay otra anterior que poner en su lugar. Elige una de sus reglas.',
    en: 'It is the first version: there is none before to put in its place. Choose one of its rules.',
  },
  'undo.inForce': {
    es: 'Esta versión sigue en vigor. Publica antes una corrección o vuelve a la versión anterior.',
    en: 'This version is still in force. Publish a correction first, or go back to the version before.',
  },
  'undo.noInterval': {
    es: 'El intervalo elegido queda fuera del tiempo en que esta versión estuvo en vigor.',
    en: 'The interval lies outside the time in which this version was in force.',
  },
  'undo.open': {
    es: 'Ya hay un plan de corrección abierto. Aplícalo o descártalo antes de preparar otro.',
    en: 'There is an open undo plan already. Carry it out or discard it before you prepare another.',
  },
  'undo.notPlanned': {
    es: 'Este plan ya no está a la espera.',
    en: 'This plan does not wait any more.',
  },
  'undo.own': {
    es: 'Otra persona tiene que aprobar el plan que has preparado.',
    en: 'Somebody else has to approve the plan that you prepared.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'undo.planned': { es: 'Corrección preparada', en: 'Correction prepared' },
  'undo.approved': { es: 'Corrección aprobada', en: 'Correction approved' },
  'undo.cancelled': { es: 'Corrección cancelada', en: 'Correction cancelled' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  undoPlan: { es: 'Corrección', en: 'Correction' },
};
