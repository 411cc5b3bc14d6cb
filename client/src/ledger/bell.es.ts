/** What the bell says when it is open, in Spanish. */
export const es = {
  fresh: 'Nuevo',
  emptyTitle: 'Todavía no hay avisos',
  emptyText: 'Aquí queda lo que vas consiguiendo: puntos, misiones, insignias y categorías, con su justificante.',
  receipt: 'Ver el justificante',
  receiptOf: (p: { what: string }) => `Ver el justificante: ${p.what}`,
  wallet: 'Ver toda la cartera',
};

export type BellWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    bell: BellWords;
  }
}
