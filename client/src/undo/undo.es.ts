import type { Format } from '@verbena/shared/words/format.js';
import type { UndoStatus } from '@verbena/shared/undo/undo-plans.routes.js';

export const es = {
  title: 'Correcciones',
  lead: 'Cuando una versión de las reglas dio lo que no debía, o una regla llegó tarde, aquí se vuelve a contar todo lo que vino de ella. Primero ves a quién cambia qué; nada se toca hasta que alguien lo aprueba.',
  listTitle: 'Planes de corrección',
  listCaption: 'Planes de corrección, el más reciente primero',
  none: 'Todavía no se ha corregido nada, y ojalá siga así.',
  columnPlan: 'Plan',
  columnStatus: 'Situación',
  columnReason: 'Motivo',
  columnStarted: 'Preparado',
  planOf: (p: { version: number }) => `Corrección de la versión ${p.version}`,
  planOfRule: (p: { version: number; rule: string }) => `Corrección de «${p.rule}», de la versión ${p.version}`,
  statuses: {
    planning: 'Se está calculando',
    planned: 'A la espera de aprobación',
    applying: 'Se está aplicando',
    applied: 'Aplicado',
    cancelled: 'Descartado',
    failed: 'No se ha podido calcular',
  } satisfies Record<UndoStatus, string>,
  back: 'Todas las correcciones',
  newTitle: 'Preparar una corrección',
  newLead:
    'La versión tiene que haber terminado: publica antes la corrección de las reglas, o vuelve a la versión anterior.',
  stopFirst: (p: { version: number }) => `Parar la versión ${p.version}, que está en vigor`,
  noPast: 'Ninguna versión ha terminado todavía: no hay nada que deshacer.',
  version: 'Versión que se corrige',
  versionOption: (p: { version: number; from: string }) => `Versión ${p.version}, desde el ${p.from}`,
  what: 'Qué se hace con ella',
  whole: 'Deshacerla: cuenta la versión anterior',
  another: (p: { version: number }) => `Contar otra vez con la versión ${p.version}`,
  onlyRule: (p: { rule: string }) => `Deshacer solo la regla «${p.rule}»`,
  interval: 'Solo una parte del tiempo',
  from: 'Desde',
  until: 'Hasta',
  intervalHint: 'Déjalo vacío para todo el tiempo en que estuvo en vigor.',
  shortage: 'Si alguien ya no tiene los puntos',
  forgive: 'Se le perdonan',
  forgiveText: 'Se queda lo que regaló o canjeó y nadie debe nada.',
  owe: 'Los debe',
  oweText: 'Se descuentan de lo próximo que gane.',
  reason: 'Motivo, para el equipo',
  reasonMissing: 'Di en pocas palabras qué pasó.',
  message: 'Mensaje para los socios afectados',
  messageHint:
    'Cada uno lo lee junto a la corrección, en su cartera y en sus avisos. Si lo dejas vacío, se corrige sin avisar a nadie.',
  messageEnglish: 'El mensaje en inglés (si quieres)',
  messageSuggested:
    'Nuestras reglas tenían un error y dieron puntos de más. Lo hemos corregido. Sentimos las molestias.',
  prepare: 'Calcular el plan',
  started: 'Se está calculando el plan.',
  openFirst: 'Ya hay un plan abierto. Aplícalo o descártalo antes de preparar otro.',
  intervalOf: (p: { from: string; until: string }) => `Del ${p.from} al ${p.until}`,
  instead: (p: { version: number }) => `En su lugar cuenta la versión ${p.version}.`,
  withoutRule: (p: { rule: string }) => `El resto de la versión se queda; solo falta «${p.rule}».`,
  shortages: { forgive: 'Lo que ya no está se perdona.', owe: 'Lo que ya no está se debe.' },
  progressLabel: 'Avance',
  progress: (p: { done: number; total: number }, f: Format) => `${f.number(p.done)} de ${f.number(p.total)}`,
  reportTitle: 'Qué cambia',
  figures: {
    members: 'Socios a los que cambia algo',
    concerned: 'Socios con actividad en ese tiempo',
    corrected: 'Apuntes que salen de otra manera',
    gone: 'Apuntes que no existirían',
  },
  nothing: 'A nadie le cambia nada: no hace falta aplicar el plan.',
  pointsTitle: 'Puntos',
  columnCurrency: 'Moneda',
  columnBefore: 'Ahora',
  columnAfter: 'Después',
  columnTaken: 'Se quitan',
  columnGiven: 'Se dan',
  columnForgiven: 'Se perdonan',
  columnOwed: 'Se deben',
  thingsTitle: 'Insignias, misiones y categorías',
  thingsCaption: 'Insignias, misiones y categorías que se pierden y se ganan',
  columnThing: 'Qué',
  columnLost: 'Se pierden',
  columnWon: 'Se ganan',
  thingsNone: 'Ninguna cambia.',
  tierMove: (p: { from: string; to: string }) => `De ${p.from} a ${p.to}`,
  noTier: 'sin categoría',
  topTitle: 'A quién más le cambia',
  columnMember: 'Socio',
  memberNumber: (p: { id: string }) => `Socio …${p.id}`,
  undecided: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: 'De # socio no se puede calcular, y se queda como está. Está en el registro del servidor.',
      other: 'De # socios no se puede calcular, y se quedan como están. Están en el registro del servidor.',
    }),
  messageTitle: 'Lo que leerán',
  silent: 'Nada: se corrige sin avisar. La corrección queda en la cartera de cada uno.',
  approve: 'Aplicar la corrección',
  approveTitle: '¿Aplicar la corrección?',
  approveText: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: 'Se corrige la cuenta de # socio, que verá la corrección en su cartera. No se borra ningún apunte: la corrección se añade como uno nuevo.',
      other:
        'Se corrigen las cuentas de # socios, que verán la corrección en su cartera. No se borra ningún apunte: la corrección se añade como uno nuevo.',
    }),
  approved: 'Se está aplicando la corrección.',
  noApprover:
    'Ahora mismo nadie más del equipo puede aprobarla. Pide a quien lleva este servidor que dé de alta a otra persona.',
  ownPlan: 'Lo has preparado tú: este programa pide que lo apruebe otra persona.',
  cancel: 'Descartar el plan',
  cancelTitle: '¿Descartar el plan?',
  cancelText: 'Nada ha cambiado todavía. Podrás preparar otro cuando quieras.',
  cancelled: 'Plan descartado.',
  appliedTo: (p: { count: number; when: string }, f: Format) =>
    f.count(p.count, {
      one: `# socio corregido. Terminó el ${p.when}.`,
      other: `# socios corregidos. Terminó el ${p.when}.`,
    }),
  forgivenInAll: (p: { points: string }) => `Se han perdonado ${p.points}.`,
  failedText: 'Algo ha fallado al calcular. No se ha cambiado nada: prepara el plan otra vez.',
};

export type UndoWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    undo: UndoWords;
  }
}
