/** What a receipt’s page says, in Spanish. */
export const es = {
  back: 'Volver a la cartera',
  title: 'Justificante',
  post: 'Mensaje',
  seePost: 'Ver el mensaje en el foro',
  decided: 'Anotado',
  channel: 'Canal',
  sender: 'Lo envió',
  number: 'Apunte',
  balance: 'Saldo después',
  why: '¿Por qué?',
  pending: (p: { count: number }): string => (p.count === 1 ? 'pendiente' : 'pendientes'),
  whyNone: 'Esta vez no se aplicó ninguna regla.',
  whyNot: '¿Por qué no?',
  whyNotThen: 'Así estaba todo en aquel momento.',
  whyNotNone: 'Se aplicó todo lo que podía aplicarse.',
  cut: 'Hay más reglas que no se aplicaron; aquí van las primeras.',
  again: {
    same: 'Están todas: la decisión se ha repetido con los datos de entonces y sale lo mismo.',
    gone: 'Van las primeras. Las demás ya no se pueden saber: esto lo decidió una versión anterior del motor.',
    erased: 'Van las primeras. Las demás ya no se pueden saber, porque se borraron los datos de la persona.',
    differs: 'Van las primeras. Al repetir la decisión no sale lo mismo, y el equipo ya tiene el aviso.',
  },
  progress: (p: { done: string; needed: string }) => `${p.done} de ${p.needed}`,
  progressed: 'Lo que ha avanzado',
  details: 'Datos de la actividad',
  expires: (p: { day: string }) => `Caducan al acabar el ${p.day}`,
  seal: 'Sello',
  sealText: 'Este apunte no se puede cambiar sin que se note: cada uno lleva el sello del anterior.',
  channels: {
    shop: 'Tienda',
    online: 'Internet',
    app: 'Aplicación',
    event: 'Evento',
    partner: 'Socio colaborador',
    import: 'Importación',
    staff: 'Equipo del programa',
    system: 'Sistema',
  } as Record<string, string>,
  reason: (p: { reason: string }) => `Motivo: ${p.reason}`,
  /** `by`: who of the team, where staff read it. */
  byHand: (p: { reason: string; by?: string | undefined }) =>
    `${p.by === undefined ? 'Anotado por el equipo' : `Anotado por ${p.by}, del equipo`}: ${p.reason}`,
  reversedTitle: 'Este movimiento se anuló después',
  reversedSee: 'Ver la anulación',
  reversesTitle: 'Anula un movimiento anterior',
  reversesSee: 'Ver lo que anula',
  correctedTitle: 'Después se volvió a contar con las reglas corregidas',
  correctedSee: 'Ver la corrección',
  returnedTitle: 'Después se devolvió una parte',
  returnedSee: 'Ver la devolución',
  returnsTitle: 'Devuelve una parte de un movimiento anterior',
  refusedTitle: 'No se ha aceptado',
};

export type EntryWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    entry: EntryWords;
  }
}
