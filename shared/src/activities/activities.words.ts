import type { ListWords, PermissionWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './activities.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'activity.coolDown': {
    es: 'Es demasiado pronto: hay que esperar un poco desde la última vez.',
    en: 'It is too soon: wait a little after the last time.',
  },
  'activity.limitReached': {
    es: 'Ya ha llegado al número de veces que cuenta en este plazo.',
    en: 'This was done as often as it counts for now.',
  },
  'activity.notFound': {
    es: 'No hay ninguna actividad tuya con esta clave.',
    en: 'No activity of yours has this key.',
  },
  'activity.unknownType': {
    es: (p) => `El programa no conoce el tipo de actividad «${String(p.type)}».`,
    en: (p) => `The program has no activity type “${String(p.type)}”.`,
  },
  'activity.tooLate': {
    es: (p, f) =>
      `La actividad es de hace más de ${f.count(Number(p.days ?? 400), { one: '# día', other: '# días' })} y ya no se puede anotar.`,
    en: (p, f) =>
      `The activity is more than ${f.count(Number(p.days ?? 400), { one: '# day', other: '# days' })} old and can no longer be recorded.`,
  },
  'activity.inFuture': {
    es: 'La fecha de la actividad está en el futuro. Corrígela y envíala de nuevo.',
    en: 'The date of the activity lies in the future. Correct it and send it again.',
  },
  'activity.keyReused': {
    es: (p, f) =>
      `Esta clave ya se usó${p.since === undefined ? '' : ` el ${f.moment(String(p.since))}`} con otros datos${p.differs === undefined ? '' : ` (no coincide: ${String(p.differs)})`}. Usa una clave nueva para una actividad nueva.`,
    en: (p, f) =>
      `This key was used${p.since === undefined ? '' : ` on ${f.moment(String(p.since))}`} with other data${p.differs === undefined ? '' : ` (what differs: ${String(p.differs)})`}. Use a new key for a new activity.`,
  },
  'activity.alreadyReversed': {
    es: 'Esta actividad ya se había anulado.',
    en: 'This activity was taken back already.',
  },
  'activity.notReversible': {
    es: 'Este apunte no se puede anular.',
    en: 'This entry cannot be taken back.',
  },
  'activity.nothingReturned': {
    es: 'No se devuelve nada: quedaría todo igual.',
    en: 'Nothing would be returned: all of it would remain.',
  },
  'activity.undoTooLate': {
    es: 'Lo que se anota a mano se puede anular durante 24 horas, y ya han pasado.',
    en: 'What is recorded by hand can be taken back for 24 hours, and they are over.',
  },
  'activity.quarantined': {
    es: 'No hemos podido decidir esta actividad. La hemos apartado y la estamos revisando.',
    en: 'We could not decide this activity. It is set aside and we are looking at it.',
  },
};

export const permissions: PermissionWords<typeof manifest.permissions> = {
  'activities.write': {
    es: { label: 'Enviar actividades', text: 'Lo que una caja necesita: compras y lo demás que marques abajo.' },
    en: { label: 'Send activities', text: 'What a till needs: purchases, and whatever else you tick below.' },
  },
  'activities.reverse': {
    es: {
      label: 'Anular lo que envió',
      text: 'Para devoluciones: quita los puntos de una compra que envió ella, u otra clave de la misma tienda, marca o programa. De nadie más.',
    },
    en: {
      label: 'Take back what it sent',
      text: 'For returns: takes back the points of a purchase that it sent, or another key of the same shop, brand or program. Nobody else’s.',
    },
  },
  'activities.read': {
    es: { label: 'Ver qué fue de lo que envió', text: 'Para comprobar un envío del que no se sabe si llegó.' },
    en: { label: 'See what became of what it sent', text: 'To look up a request that may not have arrived.' },
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'activity.recorded': { es: 'Actividad anotada a mano', en: 'Activity recorded by hand' },
  'activity.undone': { es: 'Actividad a mano deshecha', en: 'Activity by hand undone' },
  'activity.returned': { es: 'Devolución anotada', en: 'Return recorded' },
};
