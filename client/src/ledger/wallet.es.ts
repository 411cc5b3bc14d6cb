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
  onlyPoints: 'Con puntos',
  everything: 'Todo',
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
  seeEverything: 'Ver todo',
  refused: 'No aceptado',
  balanceAfter: (p: { points: string }) => `Saldo: ${p.points}`,
};

export type WalletWords = typeof es;
