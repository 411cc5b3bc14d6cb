import type { Format } from '@verbena/shared/words/format.js';

/** What missions say, in Spanish. */
export const es = {
  title: 'Misiones',
  nextStep: 'Tu siguiente paso',
  lead: 'Cada paso enciende un farolillo. Con el último llega la recompensa.',
  filter: 'Filtro de misiones',
  active: 'Activas',
  available: 'Disponibles',
  completed: 'Completadas',
  noneActiveTitle: 'No tienes ninguna misión a medias',
  noneActiveText: 'Elige una disponible: empieza sola con la primera actividad que cuente.',
  noneAvailableTitle: 'No queda ninguna por empezar',
  noneAvailableText: 'Todas están en marcha o completadas. Al empezar el próximo periodo vuelven a abrirse.',
  noneCompletedTitle: 'Aún no has completado ninguna',
  noneCompletedText: 'Empieza por la que tengas más avanzada: verás aquí lo que consigas.',
  noneTitle: 'Este programa todavía no tiene misiones',
  noneText: 'Tus compras ya suman puntos. Cuando haya misiones, aparecerán aquí.',
  seeActive: 'Ver las misiones activas',
  seeAvailable: 'Ver las disponibles',
  see: 'Ver misión',
  seeCompleted: 'Ver las completadas',
  endsToday: 'termina hoy',
  endsIn: (p: { days: number }, f: Format) => f.count(p.days, { one: 'queda # día', other: 'quedan # días' }),
  streakToday: 'la racha sigue si compras hoy',
  streakUntil: (p: { day: string }) => `la racha sigue hasta el ${p.day}`,
  missing: (p: { count: number }, f: Format) => f.count(p.count, { one: 'te falta #', other: 'te faltan #' }),
  done: 'Completada',
  doneTimes: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'Completada # vez', other: 'Completada # veces' }),
  again: (p: { day: string }) => `Vuelve a abrirse después del ${p.day}`,
  badgeReward: (p: { badge: string }) => `Insignia ${p.badge}`,
  repeatMonth: 'Una vez al mes',
  repeatDay: 'Una vez al día',
  repeatWeek: 'Una vez a la semana',
  repeatYear: 'Una vez al año',
  repeatEver: 'Una sola vez',
  repeatStreak: 'Se repite al completarla',
  repeatDays: (p: { days: number }, f: Format) =>
    f.count(p.days, { one: 'Una vez cada día', other: 'Una vez cada # días' }),
  repeatMax: (p: { count: number }, f: Format) => f.count(p.count, { one: 'Una sola vez', other: 'Hasta # veces' }),
  missingAll: (p: { amount: string }) => `faltan ${p.amount} entre todos`,
  missingAmount: (p: { amount: string }) => `te faltan ${p.amount}`,
  amounts: (p: { done: string; needed: string }) => `${p.done} de ${p.needed}`,
  lockedMission: (p: { mission: string }) => `Se abre al completar «${p.mission}»`,
  lockedBadge: (p: { badge: string }) => `Se abre con la insignia ${p.badge}`,
  lockedTier: (p: { tier: string }) => `Se abre al llegar a la categoría ${p.tier}`,
  places: (p: { left: number }, f: Format) => f.count(p.left, { one: 'Queda # plaza', other: 'Quedan # plazas' }),
  placesFull: 'Ya no quedan plazas',
  opensOn: (p: { day: string }) => `Cuenta desde el ${p.day}`,
};

export type MissionWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    missions: MissionWords;
  }
}
