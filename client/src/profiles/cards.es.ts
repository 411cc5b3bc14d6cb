import type { Format } from '@verbena/shared/words/format.js';

/** What the cards of members say, in Spanish. */
export const es = {
  title: (p: { alias: string }) => `Carné de ${p.alias}`,
  back: 'Volver a la clasificación',
  mine: 'Así te ven los demás.',
  change: 'Cambiar lo que enseñas',
  tier: 'Categoría',
  earned: 'Puntos ganados en total',
  joined: 'En el programa desde',
  badges: 'Insignias',
  badgesNone: 'Todavía no tiene ninguna.',
  badgeOn: (p: { day: string }) => `Desde el ${p.day}`,
  badgeCount: (p: { count: number }, f: Format) =>
    p.count === 0 ? 'Sin insignias todavía' : f.count(p.count, { one: '# insignia', other: '# insignias' }),
  open: 'Ver su carné',
  quiet: 'De momento solo enseña su alias.',
  noneTitle: 'Aquí no hay nadie con ese alias',
  noneText: 'Puede que lo haya cambiado, o que ya no esté en el programa.',
  noneAction: 'Ver la clasificación',
};

export type CardWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    cards: CardWords;
  }
}
