import type { Format } from '@verbena/shared/words/format.js';

/** What the page says that shows a member as it was, in Spanish. */
export const es = {
  title: (p: { name: string }) => `Así estaba ${p.name}`,
  untitled: 'Así estaba',
  back: 'Volver al socio',
  intro: 'Lo que se sabía en ese momento. Lo que llegó después con fecha anterior no cuenta aquí.',
  slider: 'Día',
  endOf: (p: { day: string }) => `Al acabar el ${p.day}`,
  now: 'Ahora',
  at: (p: { moment: string }) => `El ${p.moment}`,
  keys: 'Con las flechas cambias de día; con Inicio y Fin vas al primero y al último.',
  previous: 'Apunte anterior',
  next: 'Apunte siguiente',
  noneBefore: 'No hay ningún apunte anterior.',
  noneAfter: 'No hay ningún apunte posterior.',
  balance: 'Saldo',
  tier: 'Categoría',
  tierUntil: (p: { tier: string; day: string }) => `${p.tier}, hasta el ${p.day}`,
  noTier: 'Ninguna',
  badges: 'Insignias',
  badgesNone: 'Todavía ninguna',
  earnedYear: 'Ganado ese año',
  earnedEver: 'Ganado hasta entonces',
  entries: 'Apuntes hasta entonces',
  boardsChoice: 'Clasificaciones',
  boardsAlias: 'Salía con su alias',
  boardsHidden: 'No salía',
  left: 'De baja',
  places: 'Puestos',
  placesCaption: 'Puesto del socio en cada clasificación en ese momento',
  columnBoard: 'Clasificación',
  columnPlace: 'Puesto',
  columnScore: 'Puntos',
  place: (p: { place: number; total: number }, f: Format) => `${f.number(p.place)}.º de ${f.number(p.total)}`,
  noPlace: 'Sin puesto',
  hidden: 'Sin puesto: no salía',
  closed: 'Cerrada',
  noBoards: 'Entonces no había clasificaciones.',
  lastEntries: 'Lo último anotado hasta entonces',
  noEntries: 'Hasta entonces no se había anotado nada.',
  rules: 'Reglas de entonces',
  version: (p: { version: number; since: string }, f: Format) =>
    `Versión ${f.number(p.version)}, en vigor desde el ${p.since}.`,
  rulesOpen: 'Ver las reglas',
  missionsThen: 'Misiones',
  tiersThen: 'Categorías',
  badgesThen: 'Insignias',
};

export type AsItWasWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    asItWas: AsItWasWords;
  }
}
