import type { BadgePicture } from '#badges/badge.js';
import { es as condition } from '#rules/condition.es.js';
import { es as currency } from '#currencies/currency-terms.es.js';
import { es as mission } from '#missions/mission-terms.es.js';
import type { MissionPeriod } from '#missions/mission.js';
import { es as tier } from '#tiers/tier-terms.es.js';
import type { Format } from '#words/format.js';
import type { Period } from './definition.js';

/** Definitions in plain language, and what changes between two versions, in Spanish. */
export const es = {
  /** A thing in the middle of a sentence and at its beginning. */
  things: {
    activityTypes: (p: { name: string }) => `la actividad «${p.name}»`,
    currencies: (p: { name: string }) => `la moneda «${p.name}»`,
    rules: (p: { name: string }) => `la regla «${p.name}»`,
    missions: (p: { name: string }) => `la misión «${p.name}»`,
    badges: (p: { name: string }) => `la insignia «${p.name}»`,
    tiers: (p: { name: string }) => `la categoría «${p.name}»`,
    boards: (p: { name: string }) => `la clasificación «${p.name}»`,
    referrals: (p: { name: string }) => `la invitación «${p.name}»`,
    memberAttributes: (p: { name: string }) => `el dato de socio «${p.name}»`,
  },
  added: (p: { thing: string; terms: string }) => `Llega ${p.thing}. ${p.terms}`.trim(),
  removed: (p: { thing: string }) => `Se retira ${p.thing}.`,
  moves: (p: { thing: string; from: string; to: string }) => `${upper(p.thing)} pasa ${of(p.from)} ${to(p.to)}.`,
  aspectMoves: (p: { thing: string; aspect: string; from: string; to: string }) =>
    `En ${p.thing}, ${p.aspect} ${isPlural(p.aspect) ? 'pasan' : 'pasa'} ${of(p.from)} ${to(p.to)}.`,
  aspectGiven: (p: { thing: string; aspect: string; to: string }) =>
    `${upper(p.thing)} tiene ahora ${p.aspect}: ${p.to}.`,
  aspectTaken: (p: { thing: string; aspect: string; from: string }) =>
    `${upper(p.thing)} ya no tiene ${p.aspect}: ${p.from}.`,
  reworded: (p: { thing: string; aspect: string }) =>
    `${isPlural(p.aspect) ? 'Cambian' : 'Cambia'} ${p.aspect} de ${p.thing}.`,
  renamed: (p: { from: string; to: string }) => `${upper(p.from)} se llama ahora «${p.to}».`,
  reordered: {
    activityTypes: 'Cambia el orden de las actividades.',
    currencies: 'Cambia el orden de las monedas.',
    rules: 'Cambia el orden de las reglas.',
    missions: 'Cambia el orden de las misiones.',
    badges: 'Cambia el orden de las insignias.',
    tiers: 'Cambia el orden de las categorías.',
    boards: 'Cambia el orden de las clasificaciones.',
    referrals: 'Cambia el orden de las invitaciones.',
    memberAttributes: 'Cambia el orden de los datos de socio.',
  },
  nothing: 'nada',
  aspects: {
    description: 'la descripción',
    name: 'el nombre',
    attributes: 'lo que se anota',
    trigger: 'lo que la pone en marcha',
    when: 'la condición',
    earning: 'lo que da',
    earningWhen: 'la condición de lo que da',
    cap: 'el tope',
    budget: 'el presupuesto para todos',
    perMember: 'el tope de cada miembro',
    places: 'el número de plazas',
    boost: (p: { name: string }) => `el impulso «${p.name}»`,
    boostDays: (p: { name: string }) => `los días del impulso «${p.name}»`,
    boostWhen: (p: { name: string }) => `la condición del impulso «${p.name}»`,
    zone: 'la hora que vale',
    goal: 'el objetivo',
    points: 'la recompensa en puntos',
    badges: 'las insignias de recompensa',
    picture: 'la imagen',
    grant: 'la forma de ganarla',
    threshold: 'el mínimo',
    percent: 'el multiplicador',
    benefits: 'los beneficios',
    currency: 'la moneda que cuenta',
    unit: 'cómo se llaman sus unidades',
    expiry: 'la caducidad',
    period: 'el periodo',
    ties: 'el desempate',
    withinDays: 'el plazo',
    gives: 'lo que da',
    steps: 'las etapas',
    reset: 'la repetición',
    requires: 'el requisito previo',
    window: 'el calendario propio',
    timesMax: 'las veces que se puede completar',
    failure: 'la condición de fallo',
    also: 'el requisito adicional',
    qualifies: 'el periodo que cuenta',
    downgrade: 'la bajada',
    keep: 'la permanencia',
    graceDays: 'el plazo de gracia',
    noticeDays: 'el aviso antes de perderla',
    tierExpiry: 'la caducidad de lo que se gana en ella',
    kind: 'el uso de la moneda',
    transfer: 'el regalo entre socios',
    notice: 'el aviso de caducidad',
    approveAbove: 'lo que una sola persona puede dar a mano en un día',
    onReversal: 'el trato de los puntos ya usados que se anulan',
    returned: 'lo que pasa cuando se anula lo que la dio',
    series: 'la serie',
    badgeExpiry: 'la duración',
    pending: 'la espera',
    group: 'el grupo de reglas alternativas',
    schema: 'lo que se puede decir',
    other: (p: { path: string }) => `«${p.path}»`,
  },
  amount: {
    per: (p: { points: string; unit: string; label: string }) => `${p.points} por cada ${p.unit} de «${p.label}»`,
    tier: 'multiplicado según tu categoría',
    boost: (p: { name: string }) => `multiplicado por «${p.name}» cuando toca`,
    min: (p: { points: string }) => `al menos ${p.points}`,
    max: (p: { points: string }) => `como mucho ${p.points}`,
    up: 'redondeando hacia arriba',
    nearest: 'redondeando al más cercano',
    and: 'y',
  },
  points: (p: { count: number; one: string; other: string }, f: Format) =>
    f.count(p.count, { one: `# ${p.one}`, other: `# ${p.other}` }),
  fraction: (p: { top: string; bottom: string }) => `${p.top}/${p.bottom}`,
  times: (p: { factor: string }) => `×${p.factor}`,
  pictures: {
    award: 'una medalla',
    basket: 'una cesta',
    compass: 'una brújula',
    crown: 'una corona',
    flame: 'una llama',
    gift: 'un regalo',
    heart: 'un corazón',
    star: 'una estrella',
  } satisfies Record<BadgePicture, string>,
  cap: {
    times: (p: { count: number; per: Period }, f: Format) =>
      `${f.count(p.count, { one: 'una vez', other: '# veces' })} ${PER[p.per]}`,
    points: (p: { points: string; per: Period }) => `${p.points} ${PER[p.per]}`,
    each: (p: { cap: string; label: string }) => `${p.cap} por cada ${p.label}`,
    none: 'sin tope',
  },
  budget: {
    points: (p: { points: string; per: Period }) => `${p.points} ${PER[p.per]} para todos`,
    whenShort: {
      nothing: (p: { budget: string }) => `${p.budget}; si no queda bastante, no se da nada`,
      partial: (p: { budget: string }) => `${p.budget}; al final se da lo que quede`,
    },
    places: (p: { count: number; per: Period }, f: Format) =>
      `${f.count(p.count, { one: '# plaza', other: '# plazas' })} ${PER[p.per]}`,
    none: 'sin límite para todos',
  },
  triggers: {
    activity: (p: { name: string }) => `con «${p.name}»`,
    mission: (p: { name: string }) => `al completar la misión «${p.name}»`,
    badge: (p: { name: string }) => `al conseguir la insignia «${p.name}»`,
    tier: (p: { name: string }) => `al llegar a la categoría «${p.name}»`,
  },
  goals: {
    count: (p: { count: number; per: MissionPeriod }, f: Format) =>
      `${f.count(p.count, { one: 'una vez', other: '# veces' })} ${within(p.per, f)}`,
    sum: (p: { amount: string; label: string; per: MissionPeriod }, f: Format) =>
      `«${p.label}» suma ${p.amount} ${within(p.per, f)}`,
    distinct: (p: { count: number; label: string; per: MissionPeriod }, f: Format) =>
      `${f.count(p.count, { one: `# de «${p.label}»`, other: `# de «${p.label}», sin repetir,` })} ${within(p.per, f)}`,
    shared: (p: { amount: string; per: MissionPeriod }, f: Format) => `${p.amount} entre todos ${within(p.per, f)}`,
    set: (p: { values: string; label: string; per: MissionPeriod }, f: Format) =>
      `de «${p.label}», todo esto: ${p.values}, ${within(p.per, f)}`,
    sequence: (p: { steps: string; per: MissionPeriod }, f: Format) =>
      `estos pasos, por orden: ${p.steps}, ${within(p.per, f)}`,
    streak: {
      day: (p: { count: number }, f: Format) => `${f.number(p.count)} días seguidos`,
      week: (p: { count: number }, f: Format) => `${f.number(p.count)} semanas seguidas`,
      month: (p: { count: number }, f: Format) => `${f.number(p.count)} meses seguidos`,
    },
  },
  grants: {
    count: (p: { count: number; name: string; where: string }, f: Format) =>
      `con «${p.name}» ${f.count(p.count, { one: 'por primera vez', other: '# veces' })}${p.where}`,
    each: (p: { label: string }) => ` por cada ${p.label}`,
    reward: 'como recompensa de una misión',
  },
  expiry: {
    never: 'nunca',
    months: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: 'al cabo de # mes', other: 'al cabo de # meses' }),
    days: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: 'al cabo de # día', other: 'al cabo de # días' }),
    rounded: {
      month: (p: { expiry: string }) => `${p.expiry}, al acabar ese mes`,
      quarter: (p: { expiry: string }) => `${p.expiry}, al acabar ese trimestre`,
      year: (p: { expiry: string }) => `${p.expiry}, al acabar ese año`,
    },
    dates: (p: { days: string }) => `al acabar el ${p.days}, el primero que llegue`,
    datesAfter: (p: { days: string; least: string }) =>
      `al acabar el ${p.days}, el primero que llegue pasados ${p.least}`,
    inactivity: (p: { count: number }, f: Format) =>
      f.count(p.count, {
        one: 'tras # día sin ganar ninguno (los regalos y los ajustes no cuentan)',
        other: 'tras # días sin ganar ninguno (los regalos y los ajustes no cuentan)',
      }),
  },
  days: (p: { count: number }, f: Format) => f.count(p.count, { one: '# día', other: '# días' }),
  periods: { day: 'cada día', week: 'cada semana', month: 'cada mes', year: 'cada año', ever: 'siempre' },
  ties: { earliest: 'va delante quien llegó antes', shared: 'comparten el puesto' },
  zones: { member: 'la de cada socio', program: 'la del programa' },
  weekdays: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
  boostDays: {
    always: 'todos los días',
    weekdays: (p: { days: string }) => `cada ${p.days}`,
    from: (p: { day: string }) => `desde el ${p.day}`,
    until: (p: { day: string }) => `hasta el ${p.day}`,
  },
  threshold: (p: { points: string }) => `${p.points} en un año`,
  level: (p: { id: string; level: number }, f: Format) => `el nivel ${f.number(p.level)} de «${p.id}»`,
  untilDay: (p: { day: string }) => `hasta el ${p.day}`,
  pick: {
    first: (p: { id: string }) => `«${p.id}», gana la primera que da algo`,
    best: (p: { id: string }) => `«${p.id}», gana la que más da`,
  },
  pending: {
    confirmed: 'hasta que se confirmen',
    activity: (p: { name: string }) => `hasta «${p.name}»`,
  },
  onReturn: { takeBack: 'se pierde también', keep: 'se conserva' },
  noCondition: 'ninguna',
  terms: {
    earns: (p: { trigger: string; amounts: string }) => `${upper(p.trigger)} recibes ${p.amounts}.`,
    provided: (p: { condition: string }) => `Solo si ${p.condition}.`,
    earningOnly: (p: { amount: string; condition: string }) => `${p.amount} si ${p.condition}`,
    pendingDays: (p: { amount: string; days: string }) => `${p.amount} (disponibles a los ${p.days})`,
    pendingAction: (p: { amount: string }) => `${p.amount} (disponibles cuando se confirmen)`,
    pendingActivity: (p: { amount: string; name: string }) => `${p.amount} (disponibles con «${p.name}»)`,
    perMember: (p: { cap: string }) => `Con lo que haces ganas como mucho ${p.cap}, sin contar las misiones.`,
    atMost: (p: { cap: string }) => `Como mucho ${p.cap}.`,
    budget: (p: { budget: string }) => `Hay como mucho ${p.budget}.`,
    places: (p: { places: string }) => `Hay ${p.places}: es para quien la completa primero.`,
    boost: (p: { name: string; factor: string; days: string }) => `${p.name}: ${p.factor}, ${p.days}.`,
    goal: (p: { trigger: string; goal: string }) => `Se completa ${p.trigger}: ${p.goal}.`,
    reward: (p: { reward: string }) => `Te da ${p.reward}.`,
    rewardBadge: (p: { name: string }) => `la insignia «${p.name}»`,
    rewardNone: 'No da puntos.',
    grant: (p: { grant: string }) => `Se gana ${p.grant}.`,
    badgeExpiry: (p: { time: string }) => `Se conserva ${p.time}.`,
    kept: 'La conservas aunque se anule lo que la dio.',
    tier: (p: { threshold: string; factor: string }) => `Se llega con ${p.threshold}. Multiplicador ${p.factor}.`,
    lowestTier: (p: { factor: string }) => `Es donde se empieza. Multiplicador ${p.factor}.`,
    expiry: (p: { units: string; expiry: string }) => `Tus ${p.units} caducan ${p.expiry}.`,
    board: (p: { period: string }) => `Vuelve a empezar ${p.period}.`,
    folded: (p: { field: string }) =>
      `Al comparar «${p.field}» dan igual las mayúsculas, el ancho de las letras y los espacios de más; los acentos cuentan.`,
    boardEver: 'No vuelve a empezar nunca.',
    referral: (p: { activity: string; days: string }) =>
      `Cuenta la primera vez que se anota «${p.activity}» a quien invitas, hasta ${p.days} después de que entre.`,
    referralFirst: (p: { condition: string }) => `Vale la primera en la que se cumple esto: ${p.condition}.`,
  },
  condition,
  currency,
  mission,
  tier,
};

export type TermsWords = typeof es;

const PER: Readonly<Record<Period, string>> = {
  day: 'al día',
  week: 'a la semana',
  month: 'al mes',
  year: 'al año',
  ever: 'en total',
};

const WITHIN: Readonly<Record<Period, string>> = {
  day: 'dentro del mismo día',
  week: 'dentro de la misma semana',
  month: 'dentro del mismo mes',
  year: 'dentro del mismo año',
  ever: 'en total, sin fecha límite',
};

function within(per: MissionPeriod, f: Format): string {
  if (typeof per === 'string') return WITHIN[per];
  return `dentro de los mismos ${f.number(per.days)} días, contados desde el ${f.day(per.from)}`;
}

function isPlural(aspect: string): boolean {
  return /^l[ao]s /.test(aspect);
}

/** `de Plata`, `del año natural`. */
function of(value: string): string {
  return value.startsWith('el ') ? `del ${value.slice(3)}` : `de ${value}`;
}

/** `a Plata`, `al año natural`. */
function to(value: string): string {
  return value.startsWith('el ') ? `al ${value.slice(3)}` : `a ${value}`;
}

function upper(sentence: string): string {
  return sentence.slice(0, 1).toLocaleUpperCase('es') + sentence.slice(1);
}
