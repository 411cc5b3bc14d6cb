import type { Format } from '@verbena/shared/words/format.js';

/** What a member's page of rules says, in Spanish. */
export const es = {
  title: 'Reglas',
  lead: 'Todo lo que da puntos, con las condiciones exactas, y lo que ha cambiado.',
  upcoming: 'Lo que va a cambiar',
  upcomingFrom: (p: { day: string }) => `Desde el ${p.day}`,
  inForce: 'Las reglas de hoy',
  since: (p: { version: number; day: string }) => `Versión ${p.version}, en vigor desde el ${p.day}.`,
  notice: (p: { days: number }, f: Format) =>
    f.count(p.days, {
      one: 'Lo que no es solo a tu favor se avisa aquí con # día o más.',
      other: 'Lo que no es solo a tu favor se avisa aquí con # días o más.',
    }),
  started: 'Lo que ya has empezado lo terminas con las reglas con que empezaste.',
  kinds: {
    activityTypes: 'Actividades',
    currencies: 'Tus puntos',
    rules: 'Cómo se gana',
    missions: 'Misiones',
    badges: 'Insignias',
    tiers: 'Categorías',
    boards: 'Clasificaciones',
    referrals: 'Invitaciones',
  },
  log: 'Cambios',
  logEmpty: 'Las reglas no han cambiado desde que empezó el programa.',
  logEntry: (p: { day: string }) => `Desde el ${p.day}`,
  correction: (p: { reason: string }) => `Corregimos un error: ${p.reason}`,
};

export type TermsPageWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    terms: TermsPageWords;
  }
}
