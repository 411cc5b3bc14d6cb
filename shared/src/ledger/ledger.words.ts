import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './ledger.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'entry.notFound': {
    es: 'Este apunte no existe.',
    en: 'There is no such entry.',
  },
  'proof.notYet': {
    es: 'Este apunte entra en la próxima raíz firmada, que se hace una vez al día. Pide la prueba de nuevo cuando esté.',
    en: 'This entry comes into the next signed root, which is made once a day. Ask for the proof again when it is there.',
  },
  'aside.notFound': {
    es: 'No hay ninguna actividad apartada con ese identificador.',
    en: 'No activity with that id was set aside.',
  },
  'proof.namesOthers': {
    es: 'Este apunte nombra a otra persona, así que su prueba solo la puede pedir el equipo del programa.',
    en: 'This entry names another person, so only the program’s team can ask for its proof.',
  },
  'proof.tooOld': {
    es: 'Este apunte es de antes de que se sellaran los grupos y no tiene prueba propia.',
    en: 'This entry is from before groups were sealed and has no proof of its own.',
  },
  'asOf.beforeProgram': {
    es: (p, f) =>
      `Ese momento es anterior al programa, que empezó el ${f.moment(String(p.since))}. Elige uno posterior.`,
    en: (p, f) => `That moment is before the program, which began on ${f.moment(String(p.since))}. Choose a later one.`,
  },
  'asOf.beforeMember': {
    es: (p, f) => `En ese momento aún no se conocía a este miembro; existe desde el ${f.moment(String(p.since))}.`,
    en: (p, f) => `This member was not known yet at that moment; it exists since ${f.moment(String(p.since))}.`,
  },
  'asOf.inFuture': {
    es: 'Ese momento aún no ha llegado. Elige uno pasado.',
    en: 'That moment has not come yet. Choose one in the past.',
  },
  'ledger.unrepairable': {
    es: 'El diario de este miembro no encaja y no se puede reparar solo. Recupera una copia de seguridad y avisa a quien mantiene la instalación.',
    en: 'This member’s journal does not fit together and cannot be repaired by itself. Restore a backup and tell whoever keeps this installation.',
  },
  'day.notFound': {
    es: 'Ese día no existe. Revisa la fecha.',
    en: 'There is no such day. Check the date.',
  },
  'lane.busy': {
    es: (p, f) =>
      `Hay mucho en cola. Vuelve a enviarlo dentro de ${f.count(Number(p.seconds ?? 1), { one: '# segundo', other: '# segundos' })}.`,
    en: (p, f) =>
      `There is a lot in the queue. Send it again in ${f.count(Number(p.seconds ?? 1), { one: '# second', other: '# seconds' })}.`,
  },
  'lane.moved': {
    es: 'Otro nodo se ocupa ahora de este miembro. Vuelve a enviarlo en un momento.',
    en: 'Another node takes care of this member now. Send it again in a moment.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'activity.dropped': { es: 'Se renunció a una actividad apartada', en: 'An activity set aside was given up' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  entry: { es: 'Apunte', en: 'Entry' },
};
