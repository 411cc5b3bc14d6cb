import type { ReferralStatus } from '@verbena/shared/referrals/referrals.routes.js';
import type { Format } from '@verbena/shared/words/format.js';

/** What the page for inviting says, in Spanish. */
export const es = {
  title: 'Invita a quien quieras',
  lead: 'Comparte tu enlace. Cuando cuente, ganáis los dos.',
  noneTitle: 'Este programa no tiene invitaciones',
  noneText: 'Puedes seguir sumando con tus compras y tus misiones.',
  noneAction: 'Ver mis misiones',

  yours: 'Tu enlace',
  link: 'Enlace de invitación',
  code: 'Tu código',
  codeHint: 'Quien prefiera escribirlo puede ponerlo al darse de alta.',
  copy: 'Copiar el enlace',
  copied: 'Enlace copiado',
  copyFailed: 'Tu navegador no deja copiar. El enlace está seleccionado: cópialo con el teclado o el menú.',
  share: 'Compartir',
  shareText: (p: { program: string }) => `Te invito a ${p.program}. Entra con este enlace y ganamos los dos:`,
  qr: 'Tu código QR',
  qrAlt: (p: { link: string }) => `Código QR que abre ${p.link}`,
  qrHint: 'Enséñalo en tu móvil: con la cámara se abre tu enlace.',
  download: 'Descargar QR',
  downloadName: (p: { code: string }) => `invitacion-${p.code}.png`,

  gains: 'Lo que ganáis',
  youGet: 'Tú',
  friendGets: 'La persona que invitas',
  depends: 'Según su compra',
  rules: 'Cómo funciona',
  ruleJoin: 'Se da de alta con tu enlace o con tu código.',
  ruleCounts: (p: { activity: string; days: number }, f: Format) =>
    `Cuenta con lo primero que haga de «${p.activity}» en ${f.count(p.days, { one: 'el día siguiente', other: 'los # días siguientes' })}.`,
  ruleDays: (p: { days: number }, f: Format) =>
    `Tiene ${f.count(p.days, { one: '# día', other: '# días' })} desde que se da de alta.`,
  ruleBoth: 'Los puntos os llegan a los dos en cuanto cuenta.',
  ruleWaits: (p: { days: number }, f: Format) =>
    `Los puntos de los dos se pueden usar ${f.count(p.days, { one: '# día', other: '# días' })} después, por si hay una devolución.`,
  ruleWaitsOpen: 'Los puntos de los dos quedan pendientes hasta que se confirme.',
  ruleCap: (p: { times: number; per: string; used: number }, f: Format) =>
    `Ganas por ${f.count(p.times, { one: '# persona', other: '# personas' })} como mucho ${p.per}. Llevas ${f.number(p.used)}.`,
  per: { day: 'al día', week: 'a la semana', month: 'al mes', year: 'al año', ever: 'en total' } as Record<
    string,
    string
  >,
  ruleReversed: 'Si esa compra se devuelve, se retiran los puntos de los dos.',
  ruleSelf: 'No vale invitarte a ti.',

  friends: 'Personas que has invitado',
  someone: 'Sin alias',
  status: {
    pending: 'Pendiente',
    qualified: 'Cumplida',
    expired: 'Caducada',
    reversed: 'Anulada',
    blocked: 'No válida',
  } satisfies Record<ReferralStatus, string> as Record<ReferralStatus, string>,
  counted: {
    pending: (p: { count: number }, f: Format) => f.count(p.count, { one: '# pendiente', other: '# pendientes' }),
    qualified: (p: { count: number }, f: Format) => f.count(p.count, { one: '# cumplida', other: '# cumplidas' }),
    expired: (p: { count: number }, f: Format) => f.count(p.count, { one: '# caducada', other: '# caducadas' }),
    reversed: (p: { count: number }, f: Format) => f.count(p.count, { one: '# anulada', other: '# anuladas' }),
    blocked: (p: { count: number }, f: Format) => f.count(p.count, { one: '# no válida', other: '# no válidas' }),
  },
  joined: (p: { day: string }) => `Alta el ${p.day}`,
  until: (p: { day: string }) => `Puede contar hasta el ${p.day}`,
  qualifiedOn: (p: { day: string }) => `Cumplida el ${p.day}`,
  usableOn: (p: { day: string }) => `Cumplida: los puntos se pueden usar desde el ${p.day}`,
  waitsOpen: 'Cumplida: los puntos están pendientes',
  expiredOn: (p: { day: string }) => `Se acabó el ${p.day}`,
  reversedWhy: 'Se devolvió lo que contaba',
  blockedWhy: 'Era una invitación a la misma persona',
  emptyTitle: 'Todavía no has invitado a nadie',
  emptyText: 'Copia tu enlace y mándaselo a alguien que compre por aquí. Verás cada paso en esta lista.',
};

export type InviteWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    invite: InviteWords;
  }
}
