import type { Format } from '@verbena/shared/words/format.js';

/** What the trials of a draft say, in Spanish: one activity, and the whole past. */
export const es = {
  tryLead: 'Decide una actividad con las reglas de ahora y con las del borrador. No se apunta nada.',
  member: 'Socio',
  memberHint: 'Su nombre, su alias, su correo, su tarjeta, o su código de socio en grupos de tres (482 913 075).',
  memberMany: 'Hay más de uno. Elige de quién hablas.',
  memberMore: (p: { shown: number; total: number }, f: Format) =>
    `Son los ${f.number(p.shown)} más recientes de ${f.number(p.total)}. Si no está aquí, escribe algo más.`,
  memberMissing: 'Escribe de quién es la actividad.',
  what: 'Qué probar',
  typed: 'Una actividad nueva',
  recorded: 'Un apunte que ya tiene',
  seq: 'Número del apunte',
  seqMissing: 'Escribe el número del apunte en su diario.',
  type: 'Actividad',
  when: 'Como si ahora fuera',
  whenHint: 'Puede ser antes o después. Vacío: este momento.',
  run: 'Probar',
  live: 'Con las reglas en vigor',
  liveVersion: (p: { version: number }) => `Versión ${p.version}`,
  draft: 'Con el borrador',
  resultTitle: 'Resultado',
  at: (p: { moment: string }) => `Como si fuera el ${p.moment}`,
  same: 'El resultado es el mismo.',
  difference: (p: { points: string }) => `Con el borrador: ${p.points} de diferencia.`,
  nothing: 'No da nada.',
  refused: (p: { reason: string }) => `No se admite: ${p.reason}`,
  balance: (p: { balance: string }) => `Saldo después: ${p.balance}`,
  clock: 'Lo que pone al día el paso del tiempo',
  why: 'Por qué',
  whyNot: 'Por qué no',
  pastLead:
    'Vuelve a decidir todo lo ocurrido en el programa como si este borrador hubiera estado siempre en vigor, y reparte lo que es para todos en el orden en que ocurrió. No cambia nada de nadie.',
  start: 'Probar con el pasado',
  again: 'Probar otra vez',
  stop: 'Parar',
  stopped: 'Parada.',
  statuses: { waiting: 'en cola', running: 'en marcha', done: 'terminada', cancelled: 'parada', failed: 'ha fallado' },
  progress: (p: { members: number; total: number }, f: Format) =>
    `${f.number(p.members)} de ${f.count(p.total, { one: '# socio', other: '# socios' })}`,
  progressAgain: (p: { round: number; members: number; total: number }, f: Format) =>
    `Vuelta ${f.number(p.round + 1)}, a quienes no les alcanza lo de todos: ${f.number(p.members)} de ${f.count(p.total, { one: '# socio', other: '# socios' })}`,
  progressLabel: 'Cuánto lleva la prueba',
  failedText: 'La prueba no ha terminado. No se ha cambiado nada; vuelve a intentarlo.',
  outdated: 'El borrador ha cambiado desde esta prueba.',
  earlier: 'Pruebas anteriores',
  runOf: (p: { moment: string; status: string }) => `${p.moment}, ${p.status}`,
  none: 'Este borrador aún no se ha probado con el pasado.',
  summary: 'En resumen',
  figures: {
    winners: 'ganarían',
    losers: 'perderían',
    same: 'quedarían igual',
    issued: 'puntos dados',
    balances: 'puntos en las carteras',
  },
  was: (p: { count: string }) => `antes ${p.count}`,
  scope: (p: { members: number; entries: number }, f: Format) =>
    `${f.count(p.members, { one: '# socio', other: '# socios' })}, ${f.count(p.entries, { one: '# apunte', other: '# apuntes' })}.`,
  costTitle: 'Puntos por día',
  costText: (p: { live: string; draft: string }) =>
    `En todo el tiempo: ${p.live} de verdad, ${p.draft} con el borrador.`,
  chartLive: 'De verdad',
  chartDraft: 'Con el borrador',
  chartLabel: 'Puntos por día, de verdad y con el borrador; las cifras están en la tabla de debajo',
  costTable: 'Ver las cifras por mes',
  costCaption: 'Puntos dados por mes',
  columnMonth: 'Mes',
  columnLive: 'De verdad',
  columnDraft: 'Con el borrador',
  columnDifference: 'Diferencia',
  budgetsTitle: 'Lo que es para todos',
  budgetsLead:
    'Los presupuestos y las plazas del borrador, repartidos en el orden en que ocurrió cada cosa. Lo que se devuelve vuelve a estar disponible.',
  budgetTitles: {
    rule: (p: { name: string }) => `Puntos de la regla «${p.name}»`,
    mission: (p: { name: string }) => `Plazas de la misión «${p.name}»`,
    currency: (p: { name: string }) => `Emisión de la moneda «${p.name}»`,
  },
  budgetTitleNumber: (p: { title: string; number: number }) => `${p.title} (${p.number})`,
  budgetLimit: (p: { limit: string }) => `Límite: ${p.limit}.`,
  budgetPoints: (p: { asked: string; given: string }) => `Sin límite daría ${p.asked}; con él, ${p.given}.`,
  budgetPlaces: (p: { asked: string; given: string }) => `Sin límite ocuparía ${p.asked}; con él, ${p.given}.`,
  budgetBack: (p: { amount: string }) => `Las devoluciones reponen ${p.amount}.`,
  budgetLasts: 'Alcanzaría para todos.',
  budgetRanOut: (p: { day: string }) => `Se agotaría el ${p.day}.`,
  budgetRanOutOften: (p: { count: number; of: string; day: string }, f: Format) =>
    `Se agotaría en ${f.number(p.count)} de ${p.of}; la primera vez, el ${p.day}.`,
  placesRanOut: (p: { day: string }) => `La última se ocuparía el ${p.day}.`,
  placesRanOutOften: (p: { count: number; of: string; day: string }, f: Format) =>
    `Se ocuparían todas en ${f.number(p.count)} de ${p.of}; la primera vez, el ${p.day}.`,
  periodCounts: {
    day: (p: { count: number }, f: Format) => f.count(p.count, { one: '# día', other: '# días' }),
    week: (p: { count: number }, f: Format) => f.count(p.count, { one: '# semana', other: '# semanas' }),
    month: (p: { count: number }, f: Format) => f.count(p.count, { one: '# mes', other: '# meses' }),
    year: (p: { count: number }, f: Format) => f.count(p.count, { one: '# año', other: '# años' }),
    ever: (p: { count: number }, f: Format) => f.count(p.count, { one: '# periodo', other: '# periodos' }),
  },
  placesWithout: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: '# socio se quedaría sin plaza.', other: '# socios se quedarían sin plaza.' }),
  budgetWithout: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: '# socio se quedaría alguna vez sin nada.',
      other: '# socios se quedarían alguna vez sin nada.',
    }),
  budgetPartly: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: '# socio recibiría alguna vez solo una parte.',
      other: '# socios recibirían alguna vez solo una parte.',
    }),
  budgetBoth: (p: { without: number; partly: number }, f: Format) =>
    `${f.count(p.without, { one: '# socio se quedaría alguna vez sin nada', other: '# socios se quedarían alguna vez sin nada' })} y ${f.count(p.partly, { one: '# recibiría solo una parte', other: '# recibirían solo una parte' })}.`,
  budgetPeriods: {
    day: 'Ver día a día',
    week: 'Ver semana a semana',
    month: 'Ver mes a mes',
    year: 'Ver año a año',
    ever: 'Ver todo',
  },
  budgetOlder: (p: { count: number }, f: Format) => `Se muestran los ${f.number(p.count)} periodos más recientes.`,
  places: (p: { count: number }, f: Format) => f.count(p.count, { one: '# plaza', other: '# plazas' }),
  everPeriod: 'todo el tiempo',
  weekOf: (p: { day: string }) => `semana del ${p.day}`,
  never: 'no',
  columnPeriod: 'Periodo',
  columnAsked: 'Sin límite',
  columnGiven: 'Se dan',
  columnRanOut: 'Se agota',
  columnWithout: 'Sin nada',
  columnPartly: 'Una parte',
  distributionTitle: 'Cuánto cambia para cada socio',
  distributionCaption: 'Socios según cuántos puntos más o menos tendrían',
  columnChange: 'Puntos',
  columnMembers: 'Socios',
  steps: {
    atMost: (p: { to: string }) => `${p.to} o menos`,
    between: (p: { from: string; to: string }) => `de ${p.from} a ${p.to}`,
    atLeast: (p: { from: string }) => `${p.from} o más`,
    same: 'igual',
  },
  topWinners: 'Quienes más ganarían',
  topLosers: 'Quienes más perderían',
  columnMember: 'Socio',
  nobody: 'Nadie.',
  openMember: (p: { id: string }) => `Socio …${p.id}`,
  tiersTitle: 'Categorías',
  tiersCaption: 'Socios por la categoría que tienen y la que tendrían',
  columnFrom: 'Tiene',
  columnTo: 'Tendría',
  noTier: 'ninguna',
  tiersSame: 'Nadie cambiaría de categoría.',
  missionsTitle: 'Misiones e insignias',
  missionsCaption: 'Veces que se completan las misiones y se ganan las insignias',
  columnWhat: 'Qué',
  impossible: 'imposible con el borrador',
  refusedTitle: 'Actividades que no se admiten',
  refusedText: (p: { live: string; draft: string }) => `De verdad ${p.live}, con el borrador ${p.draft}.`,
  skippedText: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: '# actividad no encuentra nada que hacer, como una devolución de lo que no se dio.',
      other: '# actividades no encuentran nada que hacer, como una devolución de lo que no se dio.',
    }),
  undecidedText: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: '# socio no se ha podido decidir.', other: '# socios no se han podido decidir.' }),
  unsettledText: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: 'A # socio le cambiaba aún lo que quedaba de un presupuesto después de tres vueltas: no está en las cifras.',
      other:
        'A # socios les cambiaba aún lo que quedaba de un presupuesto después de tres vueltas: no están en las cifras.',
    }),
  limits: 'Lo que unas personas provocan a otras, como una invitación que cuenta, se toma del pasado tal como fue.',
};

export type BacktestsWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    backtests: BacktestsWords;
  }
}
