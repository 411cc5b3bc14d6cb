import type { Format } from '@verbena/shared/words/format.js';

/** What the badges' page says, in Spanish. */
export const es = {
  title: 'Insignias',
  lead: 'Lo que haces aquí, a la vista. Las que caducan lo dicen.',
  count: (p: { held: number; total: number }, f: Format) => `Tienes ${f.number(p.held)} de ${f.number(p.total)}`,
  held: 'Las que tienes',
  heldNone: 'Todavía ninguna. La primera está más cerca de lo que parece.',
  missing: 'Las que puedes conseguir',
  missingNone: 'Las tienes todas.',
  on: (p: { day: string }) => `Desde el ${p.day}`,
  until: (p: { day: string }) => `hasta el ${p.day}`,
  lasts: (p: { days: number }, f: Format) => f.count(p.days, { one: 'Dura # día', other: 'Dura # días' }),
  level: (p: { level: number; levels: number }, f: Format) => `Nivel ${f.number(p.level)} de ${f.number(p.levels)}`,
  heldBy: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'La tiene # persona', other: 'La tienen # personas' }),
  toGo: (p: { count: number }, f: Format) => f.count(p.count, { one: 'te falta #', other: 'te faltan #' }),
  counted: (p: { what: string; target: number }, f: Format) =>
    f.count(p.target, { one: `Con # actividad «${p.what}»`, other: `Con # actividades «${p.what}»` }),
  each: (p: { label: string }) => ` por cada ${p.label}`,
  byMission: (p: { mission: string }) => `Se consigue con la misión ${p.mission}`,
  noneTitle: 'Este programa todavía no tiene insignias',
  noneText: 'Cuando las haya, aquí verás cómo conseguirlas.',
};

export type BadgeWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    badges: BadgeWords;
  }
}
