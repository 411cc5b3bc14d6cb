import type { Format } from '@verbena/shared/words/format.js';

/** What the home screen says, in Spanish. */
export const es = {
  greeting: (p: { name: string }) => `Hola, ${p.name}`,
  greetingNoName: 'Hola',
  yourTier: 'Tu categoría',
  /** `since`: the first day that counts, where that is not the calendar year's. */
  tierProgress: (p: { earned: number; threshold: number; tier: string; unit: string; since?: string }, f: Format) =>
    `${p.since === undefined ? 'Este año' : `Desde el ${p.since}`} has ganado ${f.number(p.earned)} de los ${f.number(p.threshold)} ${p.unit} que pide ${p.tier}`,
  missing: (p: { plural: boolean }): string => (p.plural ? 'Te faltan' : 'Te falta'),
  lacking: (p: { tier: string }) => `Lo que te falta para ${p.tier} no son puntos.`,
  lackingSee: 'Ver qué falta',
  lackingNothing: (p: { tier: string }) => `Ya tienes todo lo que pide ${p.tier}: subirás con lo próximo que hagas.`,
  tierTop: (p: { tier: string }) => `Tienes la categoría más alta: ${p.tier}`,
  tierDrops: (p: { day: string; tier: string; points: string }) =>
    `El ${p.day} pasas a ${p.tier}, salvo que antes ganes ${p.points}`,
  tierDropsAnyway: (p: { day: string; tier: string }) => `Tal como está ahora, el ${p.day} pasas a ${p.tier}`,
  tierUntil: (p: { day: string }) => `Tu categoría está asegurada hasta el ${p.day}`,
  streak: {
    day: (p: { count: number }, f: Format) => `Racha: ${f.count(p.count, { one: '# día', other: '# días' })}`,
    week: (p: { count: number }, f: Format) => `Racha: ${f.count(p.count, { one: '# semana', other: '# semanas' })}`,
    month: (p: { count: number }, f: Format) => `Racha: ${f.count(p.count, { one: '# mes', other: '# meses' })}`,
  },
  streakUntil: (p: { day: string }) => `sigue hasta el ${p.day}`,
  streakNone: {
    day: 'Empieza hoy tu racha',
    week: 'Compra esta semana y empieza tu racha',
    month: 'Empieza este mes tu racha',
  },
  missedSum: (p: { points: string }) => `Has ganado ${p.points}`,
  missedDismiss: 'Entendido',
  moreMissions: 'También a tu alcance',
  allMissions: 'Ver todas las misiones',
  allDoneTitle: 'Has completado todas las misiones',
  noneNowTitle: 'Ahora mismo no tienes ninguna misión a tu alcance',
  noneNowText:
    'Las que quedan aún no se han abierto para ti, ya no tienen plazas o acaban muy pronto. Tus compras siguen sumando puntos.',
  allDoneText: 'Cuando empiece el próximo periodo habrá más. Tus compras siguen sumando puntos.',
  badges: 'Tus insignias',
  badgesNone: 'Tu primera insignia llega con tu primera compra.',
  badgeOn: (p: { day: string }) => `Desde el ${p.day}`,
  lastEntries: 'Últimos movimientos',
  seeWallet: 'Ver la cartera',
  allBadges: 'Ver todas las insignias',
  start: {
    title: 'Tus primeros pasos',
    lead: 'Tres cosas sencillas. Cada una enciende su farolillo.',
    done: 'Hecho',
    toDo: 'Por hacer',
    profile: 'Completa tu perfil',
    profileText: 'Nombre, idioma y zona: menos de un minuto.',
    profileConfirm: 'Nombre, idioma y zona, y confirma tu correo con el enlace que te enviamos.',
    profileGo: 'Ir a tu perfil',
    buy: 'Compra e identifícate',
    buyText: 'Al pagar en cualquier tienda del programa enseña tu código, o díctalo. Aquí verás llegar los puntos.',
    buyGo: 'Ver tu código',
    invite: 'Invita a alguien',
    inviteText: 'Comparte tu enlace. Cuando entre con él, este paso queda hecho.',
    inviteGo: 'Ver tu enlace',
  },
  code: {
    label: 'Tu código de socio',
    show: 'Ver en grande',
    text: 'Enséñalo al pagar o díctalo, y la compra se apunta a tu nombre. Funciona también sin conexión.',
    safe: 'Solo dice quién eres: con él nadie entra en tu cuenta.',
    qr: (p: { code: string }) => `Código QR de tu código de socio, ${p.code}`,
    cards: 'Tus tarjetas',
    cardsNone: 'No tienes ninguna, ni la necesitas: basta con tu código.',
    cardsText:
      'Lo que se compra con ellas también se apunta a tu nombre. Si pierdes una, díselo al equipo del programa.',
  },
};

export type HomeWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    home: HomeWords;
  }
}
