import type { Format } from '@verbena/shared/words/format.js';

/** What the wallet says, in Spanish. */
export const es = {
  title: 'Cartera',
  available: 'Disponibles',
  nextExpiry: 'Próxima caducidad',
  nextExpiryText: (p: { points: string; day: string; plural: boolean }) =>
    p.plural ? `${p.points} caducan al acabar el ${p.day}` : `${p.points} caduca al acabar el ${p.day}`,
  noExpiry: 'No tienes puntos con fecha de caducidad.',
  moreLots: 'Ver todas las fechas',
  lotsCaption: 'Puntos por fecha de caducidad',
  lotDay: 'Se pueden usar hasta el',
  lotAmount: 'Puntos',
  earnedEver: 'Ganados en total',
  earnedYear: 'Ganados este año',
  entries: 'Movimientos',
  filter: 'Filtro de movimientos',
  filters: {
    points: 'Con puntos',
    earned: 'Ganados',
    expired: 'Caducados',
    reversed: 'Anulados',
    missions: 'Misiones',
    everything: 'Todo',
  },
  /** Above what was recorded on a day, where some of it happened on another one. */
  recordedOn: (p: { day: string }) => `Anotado el ${p.day}`,
  columnWhen: 'Fecha',
  columnWhat: 'Qué pasó',
  columnPoints: 'Puntos',
  columnBalance: 'Saldo',
  more: 'Ver más',
  loadingMore: 'Cargando más movimientos',
  loadedMore: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'Se ha añadido # movimiento', other: 'Se han añadido # movimientos' }),
  emptyTitle: 'Tu cartera está lista',
  emptyText: 'Identifícate en tu próxima compra y aquí verás tus primeros puntos, con su porqué.',
  noPointsTitle: 'Ningún movimiento con puntos todavía',
  noPointsText: 'Lo que has hecho ya cuenta para tus misiones. Míralo en «Todo».',
  noneTitle: {
    earned: 'Todavía no has ganado puntos',
    expired: 'No te ha caducado ningún punto',
    reversed: 'No se ha anulado nada',
    missions: 'Ninguna misión, insignia ni categoría todavía',
  },
  noneText: {
    earned: 'Identifícate en tu próxima compra y los verás aquí, con su porqué.',
    expired: 'Si algún día caduca alguno, aquí verás cuáles y cuándo.',
    reversed: 'Si se devuelve o se corrige algo, aquí verás qué y por qué.',
    missions: 'Cuando consigas una, la verás aquí. Lo que llevas de cada misión está en su página.',
  },
  reason: (p: { reason: string }) => `Motivo: ${p.reason}`,
  byHand: (p: { reason: string }) => `Anotado por el equipo: ${p.reason}`,
  reversedBy: 'Anulado después: ver la anulación',
  reverses: 'Ver lo que anula',
  seeEverything: 'Ver todo',
  missionPart: (p: { mission: string }) => `Parte conseguida de la misión ${p.mission}`,
  missionFailed: (p: { mission: string }) => `La misión ${p.mission} vuelve a empezar`,
  refused: 'No aceptado',
  balanceAfter: (p: { points: string }) => `Saldo: ${p.points}`,
};

export type WalletWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    wallet: WalletWords;
  }
}
