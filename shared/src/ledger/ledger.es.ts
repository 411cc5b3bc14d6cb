import type { Format } from '#words/format.js';

type Period = 'day' | 'week' | 'month' | 'year' | 'ever';
/** `each`: what it is counted for apart, with a space before it; else empty. */
type CapTold = { allowed: number; each: string };

/** What a receipt says: why an entry gave what it gave, and why something else did not happen. */
export const es = {
  /** A value that the decision saw: `Total: 32,80 €`. */
  factorField: (p: { label: string; value: string }) => `${p.label}: ${p.value}`,
  factorPerMoney: (p: { points: string; money: string }) => `${p.points} por cada ${p.money}`,
  factorRatio: (p: { value: number }, f: Format) => `×${f.number(p.value)}`,
  factorTier: (p: { tier: string; factor: number }, f: Format) => `Categoría ${p.tier}: ×${f.number(p.factor)}`,
  factorBoost: (p: { boost: string; factor: number }, f: Format) => `${p.boost}: ×${f.number(p.factor)}`,
  boundMin: (p: { value: number }, f: Format) => `Como mínimo, ${f.number(p.value)}`,
  boundMax: (p: { value: number }, f: Format) => `Como máximo, ${f.number(p.value)}`,
  boundCap: (p: { value: number }, f: Format) => `Hasta el límite: quedaban ${f.number(p.value)}`,
  boundBudget: (p: { value: number }, f: Format) => `Lo último que quedaba para todos: ${f.number(p.value)}`,
  rounded: (p: { exact: number; amount: number }, f: Format) =>
    `${f.number(p.exact)}, que se quedan en ${f.number(p.amount)}`,
  fixedReward: 'Recompensa fija',
  missionDone: 'Has completado la misión',
  stepDone: (p: { step: string }) => `Has llegado a la etapa «${p.step}»`,
  badgeEarned: 'Has conseguido la insignia',
  badgeGone: {
    time: 'Terminó el plazo de la insignia; puedes volver a ganarla',
    staff: 'El equipo ha retirado la insignia',
  },
  tierReached: 'Has llegado a la categoría',
  tierEased: 'Las condiciones de las categorías cambiaron, y con lo que ya tenías llegas a esta',
  tierEnds: (p: { day: string; tier: string; points: string }) =>
    `El ${p.day} pasas a ${p.tier}, salvo que antes ganes ${p.points}`,
  tierThen: (p: { day: string; tier: string }) => `Tal como está ahora, el ${p.day} estarás en ${p.tier}`,
  tierDown: 'Terminó el plazo de la categoría anterior',
  expired: (p: { day: string }) => `Se podían usar hasta el ${p.day}`,
  expiredInactive: 'Ha pasado demasiado tiempo sin ganar ninguno',
  referralCounts: 'La invitación con la que llegaste ya cuenta: ganáis las dos personas',
  /** What a reversal took back, and why. */
  takenBack: {
    rule: (p: { activity: string }) => `Se ha anulado: ${p.activity}`,
    part: (p: { activity: string }) => `Se ha devuelto una parte: ${p.activity}`,
    mission: 'Sin lo anulado no llega a completarse; puedes volver a conseguirla',
    badge: 'Sin lo anulado no llegas a lo que pide; puedes volver a conseguirla',
    expired: 'Ya habían caducado: vuelven un instante para poder descontarlos, y tu saldo no cambia',
    other: 'Va con lo que se ha anulado',
    tier: 'Es la que te corresponde sin lo anulado; puedes volver a subir',
    tierUntil: (p: { day: string }) => `Sin lo anulado, la tienes hasta el ${p.day}`,
    withBadge: 'Lo trajo la insignia retirada, y vuelve con ella si la consigues otra vez',
    withBadgeTier: 'Es la que te corresponde sin lo que trajo la insignia retirada',
    withBadgeMission: 'Sin lo que trajo la insignia retirada no llega a completarse; puedes volver a conseguirla',
  },
  /** What an undo of the rules took back, or gave. */
  undone: 'Es la diferencia al volver a contar con las reglas corregidas',
  /** What becomes of points that were spent before they were taken back. */
  spent: {
    covered: (p: { points: string }) => `Ya habías usado ${p.points} de esos: se descuentan de los demás que tienes`,
    forgiven: 'Ya los habías usado y no tienes más: no se te descuentan',
    unforgiven: 'No se te descontaron porque ya los habías usado; ahora que vuelven, sí',
    owed: (p: { points: string }) =>
      `Ya los habías usado: quedan pendientes ${p.points}, que saldrán de lo próximo que ganes`,
    repaid: 'Cubre lo que quedó pendiente de una devolución',
  },
  /** Points that are not in the balance, or went in or out of it without having been earned. */
  pockets: {
    pending: (p: { day: string }) => `Quedan pendientes: podrás usarlos desde el ${p.day}`,
    pendingOpen: 'Quedan pendientes hasta que se confirmen',
    activated: 'Estaban pendientes y ya puedes usarlos',
    cancelled: (p: { points: string }) => `${p.points} pendientes que ya no llegarán`,
    held: 'Apartados: salen de tu saldo hasta que se usen o se liberen',
    released: 'Vuelven a tu saldo: ya no están apartados',
    refunded: 'Eran de un pago con puntos y vuelven a tu saldo',
    captured: (p: { points: string }) => `Has usado ${p.points} de los que estaban apartados`,
    expiringSoon: (p: { points: string; day: string }) => `${p.points} se pueden usar solo hasta el ${p.day}`,
    endsSooner: (p: { day: string }) => `Sin lo anulado, los que tienes caducan el ${p.day}`,
    sent: 'Se los has regalado a otro socio',
    sentTo: (p: { name: string }) => `Se los has regalado a ${p.name}`,
    received: 'Te los ha regalado otro socio',
    receivedFrom: (p: { name: string }) => `Te los ha regalado ${p.name}`,
    keepDates: (p: { because: string }) => `${p.because}; los que tienen fecha de caducidad la conservan`,
    returned: 'No han podido llegar y vuelven a tu saldo',
    settled: (p: { points: string }) => `${p.points} que regalaste ya han llegado`,
    adjusted: 'Ajuste del equipo del programa',
    unadjusted: 'El equipo del programa ha deshecho un ajuste',
    merged: 'Vienen de la cuenta que se unió a esta',
    mergedPending: (p: { points: string }) => `${p.points} pendientes que vienen de la cuenta que se unió a esta`,
    mergedHeld: (p: { points: string }) => `${p.points} apartados que vienen de la cuenta que se unió a esta`,
    mergedAway: 'Pasaron a la cuenta a la que se unió esta',
    short: (p: { points: string }) => `${p.points} no estaban en tu saldo y no se te han descontado`,
  },

  operators: {
    eq: (p: { needed: string }) => `tiene que ser ${p.needed}`,
    ne: (p: { needed: string }) => `tiene que ser distinto de ${p.needed}`,
    gt: (p: { needed: string }) => `tiene que ser más de ${p.needed}`,
    gte: (p: { needed: string }) => `tiene que ser ${p.needed} o más`,
    lt: (p: { needed: string }) => `tiene que ser menos de ${p.needed}`,
    lte: (p: { needed: string }) => `tiene que ser ${p.needed} o menos`,
    in: (p: { needed: string }) => `tiene que ser uno de estos: ${p.needed}`,
    notIn: (p: { needed: string }) => `no puede ser ninguno de estos: ${p.needed}`,
    exists: () => 'tiene que estar indicado',
    missing: () => 'no tiene que estar indicado',
  },
  field: (p: { label: string; seen: string; demand: string }) => `${p.label}: ${p.seen}; ${p.demand}.`,
  fieldAbsent: (p: { label: string; demand: string }) => `${p.label}: no venía indicado; ${p.demand}.`,
  member: (p: { label: string; seen: string; demand: string }) => `${p.label}: consta ${p.seen}; ${p.demand}.`,
  memberAbsent: (p: { label: string; demand: string }) => `${p.label}: no consta; ${p.demand}.`,
  count: (p: { seen: string; demand: string }) => `Llevas ${p.seen}; ${p.demand}.`,
  sum: (p: { seen: string; demand: string }) => `Sumas ${p.seen}; ${p.demand}.`,
  tierAtLeast: (p: { seen: string; needed: string }) => `Es para ${p.needed} o más; tu categoría era ${p.seen}.`,
  tierIs: (p: { seen: string; needed: string }) => `Es solo para ${p.needed}; tu categoría era ${p.seen}.`,
  tierNot: (p: { seen: string }) => `No es para la categoría ${p.seen}.`,
  badgeNeeded: (p: { badge: string }) => `Hace falta la insignia ${p.badge}.`,
  badgeUnwanted: (p: { badge: string }) => `Es para quien aún no tiene la insignia ${p.badge}.`,
  cap: {
    day: (p: CapTold, f: Format) => `Ya habías llegado al límite de ese día${p.each} (${f.number(p.allowed)}).`,
    week: (p: CapTold, f: Format) => `Ya habías llegado al límite de esa semana${p.each} (${f.number(p.allowed)}).`,
    month: (p: CapTold, f: Format) => `Ya habías llegado al límite de ese mes${p.each} (${f.number(p.allowed)}).`,
    year: (p: CapTold, f: Format) => `Ya habías llegado al límite de ese año${p.each} (${f.number(p.allowed)}).`,
    ever: (p: CapTold, f: Format) => `Ya habías llegado al límite${p.each} (${f.number(p.allowed)}).`,
  } satisfies Record<Period, unknown>,
  /** For what a limit counts apart: `por cada hilo`. */
  forEach: (p: { label: string }) => ` por cada ${p.label}`,
  budget: {
    day: 'El presupuesto de ese día, que compartís todos, se agotó.',
    week: 'El presupuesto de esa semana, que compartís todos, se agotó.',
    month: 'El presupuesto de ese mes, que compartís todos, se agotó.',
    year: 'El presupuesto de ese año, que compartís todos, se agotó.',
    ever: 'El presupuesto, que compartís todos, se agotó.',
  } satisfies Record<Period, unknown>,
  issuance: {
    day: 'Ese día ya no se repartían más: se llegó al máximo para todos.',
    week: 'Esa semana ya no se repartían más: se llegó al máximo para todos.',
    month: 'Ese mes ya no se repartían más: se llegó al máximo para todos.',
    year: 'Ese año ya no se repartían más: se llegó al máximo para todos.',
    ever: 'Ya no se reparten más: se llegó al máximo para todos.',
  } satisfies Record<Period, unknown>,
  places: {
    day: 'Ese día ya no quedaban plazas.',
    week: 'Esa semana ya no quedaban plazas.',
    month: 'Ese mes ya no quedaban plazas.',
    year: 'Ese año ya no quedaban plazas.',
    ever: 'Ya no quedaban plazas.',
  } satisfies Record<Period, unknown>,
  goalWithout: 'Cuando se alcanzó, ya no contaba para ella nada tuyo, o ya tenías lo que da.',
  nothingGives: 'Nada de este programa daba algo por esta actividad en ese momento.',
  zero: 'El importe no llegaba a un punto.',
  progress: (p: { missing: string; day: string; plural: boolean }) =>
    p.plural ? `Te faltan ${p.missing} hasta el ${p.day}.` : `Te falta ${p.missing} hasta el ${p.day}.`,
  progressEver: (p: { missing: string; plural: boolean }) =>
    p.plural ? `Te faltan ${p.missing}.` : `Te falta ${p.missing}.`,
  progressOver: (p: { seen: string; target: string; day: string }) =>
    `Entonces llevabas ${p.seen} de ${p.target}; el plazo acabó el ${p.day}.`,
  group: {
    first: (p: { rule: string }) => `No se suma a «${p.rule}», que va antes.`,
    best: (p: { rule: string }) => `No se suma a «${p.rule}», que daba más.`,
  },
  requiresMission: (p: { mission: string }) => `Antes hay que completar la misión «${p.mission}».`,
  window: {
    from: (p: { day: string }) => `Cuenta desde el ${p.day}.`,
    until: (p: { day: string }) => `Contaba hasta el ${p.day}.`,
    hours: (p: { from: string; until: string }) => `Cuenta de ${p.from} a ${p.until}.`,
    weekdays: (p: { days: string }) => `Solo cuenta en ${p.days}.`,
  },
  timesMax: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: 'Se puede completar una vez, y ya está.',
      other: 'Se puede completar # veces, y ya están.',
    }),
  coolDown: (p: { day: string }) => `Tras un intento fallido hay una pausa: vuelve a contar el ${p.day}.`,
  failedNow: (p: { day: string }) => `Esta vez no ha podido ser. Puedes volver a intentarlo desde el ${p.day}.`,
  missingOther: (p: { count: number }, f: Format) => f.count(p.count, { one: '# paso', other: '# pasos' }),
  missingActivity: (p: { count: number; one: string; other: string }, f: Format) =>
    f.count(p.count, { one: `# ${p.one}`, other: `# ${p.other}` }),
  missingValues: (p: { count: number; one: string; other: string }, f: Format) =>
    f.count(p.count, { one: `# ${p.one} más`, other: `# ${p.other} más` }),
  streak: {
    day: (p: { missing: number; day: string }, f: Format) =>
      `${f.count(p.missing, { one: 'Te falta # día', other: 'Te faltan # días seguidos' })}; la racha sigue hasta el ${p.day}.`,
    week: (p: { missing: number; day: string }, f: Format) =>
      `${f.count(p.missing, { one: 'Te falta # semana', other: 'Te faltan # semanas seguidas' })}; la racha sigue hasta el ${p.day}.`,
    month: (p: { missing: number; day: string }, f: Format) =>
      `${f.count(p.missing, { one: 'Te falta # mes', other: 'Te faltan # meses seguidos' })}; la racha sigue hasta el ${p.day}.`,
  },
  streakEver: {
    day: (p: { missing: number }, f: Format) =>
      `${f.count(p.missing, { one: 'Te falta # día', other: 'Te faltan # días seguidos' })}.`,
    week: (p: { missing: number }, f: Format) =>
      `${f.count(p.missing, { one: 'Te falta # semana', other: 'Te faltan # semanas seguidas' })}.`,
    month: (p: { missing: number }, f: Format) =>
      `${f.count(p.missing, { one: 'Te falta # mes', other: 'Te faltan # meses seguidos' })}.`,
  },
  streakKept: {
    freeze: 'No hubo nada, y un comodín ha salvado la racha',
    pause: 'Tenías una pausa prevista: la racha sigue',
    staff: 'Te hemos devuelto la racha',
  },
  streakUsed: 'Ese plazo ya contó para una racha completada.',
  done: (p: { day: string }) => `Ya estaba completada en este periodo, que acaba el ${p.day}.`,
  doneEver: 'Ya estaba completada, y solo cuenta una vez.',
  other: 'No se cumplía su condición.',
};

export type LedgerWords = typeof es;
