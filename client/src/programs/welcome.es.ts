import type { Format } from '@verbena/shared/words/format.js';

/** What the public page of a program says, in Spanish. */
export const es = {
  title: (p: { program: string }) => `En ${p.program}, cada compra cuenta`,
  lead: 'Suma puntos y mira por qué llegó cada uno. Completa misiones, consigue insignias y sube de categoría con tu gente.',
  join: 'Unirme',
  joinFree: 'Gratis. Un minuto, con tu correo.',
  login: 'Ya tengo cuenta',
  closed: 'Por ahora solo se entra con un código de su equipo.',
  invitation: 'Se entra con la invitación de alguien que ya está.',
  notMember: (p: { email: string }) => `Has entrado como ${p.email}, y esa cuenta todavía no está en este programa.`,
  joinAs: 'Unirme con esta cuenta',
  yourPrograms: 'Tus programas',
  liveTitle: 'Ahora mismo',
  live: (p: { board: string }) => `Clasificación: ${p.board}`,
  liveEmpty: 'Todavía no hay nadie en el podio. El primer puesto está libre.',
  liveRank: 'Puesto',
  liveWho: 'Alias',
  livePoints: 'Puntos',
  updated: (p: { seconds: number }, f: Format) =>
    p.seconds < 2 ? 'Actualizado ahora mismo' : `Actualizado hace ${f.number(p.seconds)} s`,
  updatedMinutes: (p: { minutes: number }, f: Format) =>
    `Actualizado hace ${f.count(p.minutes, { one: '# minuto', other: '# minutos' })}`,
  pause: 'Pausar',
  resume: 'Seguir en directo',
  paused: 'En pausa',
  unreachable: 'No llegan datos nuevos',
  earnTitle: 'Así se gana',
  earnLead: 'Esto es lo que da puntos, con las mismas palabras que leerás en cada justificante.',
  missionsTitle: 'Misiones',
  missionsLead: 'Cada paso enciende un farolillo. Con el último llega la recompensa.',
  tiersTitle: 'Categorías',
  tiersLead: 'Según los puntos que ganas en el año. Subes en el momento en que llegas.',
  tierFrom: (p: { points: string }) => `Desde ${p.points} en el año`,
  tierFirst: 'Desde el primer día',
  promise: 'Tú decides qué se ve',
  promiseText:
    'Los demás te ven por tu alias, o no te ven. Tu nombre y tu correo no salen en ninguna parte sin que tú lo digas.',
};

export type WelcomeWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    welcome: WelcomeWords;
  }
}
