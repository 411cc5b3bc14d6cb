import { es as condition } from '@verbena/shared/rules/condition.es.js';
import type { Format } from '@verbena/shared/words/format.js';

/** What a mission's own page says, in Spanish. */
export const es = {
  back: 'Volver a las misiones',
  title: 'Misión',
  rule: 'Cómo se cumple',
  counts: 'Qué cuenta',
  countsNot: 'Qué no cuenta',
  reward: 'Recompensa',
  when: 'Cuándo llega',
  repeat: 'Cuántas veces',
  collected: 'Ya tienes',
  collectedNone: 'Todavía no tienes ninguno.',
  weeks: { day: 'Tus días', week: 'Tus semanas', month: 'Tus meses' },
  weekFrom: (p: { day: string }) => `Semana del ${p.day}`,
  weekStates: {
    free: 'con actividad',
    used: 'ya sirvió para completarla',
    missed: 'sin actividad',
    now: 'ahora, por hacer',
    kept: 'sin actividad, pero la racha sigue',
  },
  evidence: 'Lo que ha contado',
  evidenceNone: 'Aún no ha contado nada. La primera actividad que cuente aparecerá aquí, con su justificante.',
  evidenceMore: 'Aquí están las cien últimas; el resto está en tu cartera.',
  reversed: 'Anulada',
  completedBy: 'Con esta la completaste',
  earlier: 'Veces que la has completado',
  triggers: {
    activity: (p: { what: string }) => `la actividad «${p.what}»`,
    mission: (p: { what: string }) => `completar la misión «${p.what}»`,
    badge: (p: { what: string }) => `conseguir la insignia «${p.what}»`,
    tier: (p: { what: string }) => `llegar a la categoría ${p.what}`,
  },
  count: (p: { what: string; target: number; per: string }, f: Format) =>
    `Cada vez cuenta ${p.what}. ${f.count(p.target, { one: 'Hace falta # vez', other: 'Hacen falta # veces' })}${p.per}.`,
  distinct: (p: { what: string; field: string; target: number; per: string }, f: Format) =>
    `Cuenta cada «${p.field}» diferente que trae ${p.what}. ${f.count(p.target, { one: 'Hace falta #', other: 'Hacen falta #' })}${p.per}.`,
  streaks: {
    day: {
      rule: (p: { what: string; length: number }, f: Format) =>
        `Cuenta ${p.what}, al menos una vez en cada uno de ${f.number(p.length)} días seguidos.`,
      notTwice: 'Varias veces en el mismo día cuentan como una.',
      notUsed: 'Los días que ya sirvieron para completarla no vuelven a contar.',
      notGap: 'Un día sin nada corta la racha; los días anteriores ya no cuentan para la siguiente.',
    },
    week: {
      rule: (p: { what: string; length: number }, f: Format) =>
        `Cuenta ${p.what}, al menos una vez en cada una de ${f.number(p.length)} semanas seguidas, de lunes a domingo.`,
      notTwice: 'Varias veces en la misma semana cuentan como una.',
      notUsed: 'Las semanas que ya sirvieron para completarla no vuelven a contar.',
      notGap: 'Una semana sin nada corta la racha; las semanas anteriores ya no cuentan para la siguiente.',
    },
    month: {
      rule: (p: { what: string; length: number }, f: Format) =>
        `Cuenta ${p.what}, al menos una vez en cada uno de ${f.number(p.length)} meses seguidos.`,
      notTwice: 'Varias veces en el mismo mes cuentan como una.',
      notUsed: 'Los meses que ya sirvieron para completarla no vuelven a contar.',
      notGap: 'Un mes sin nada corta la racha; los meses anteriores ya no cuentan para la siguiente.',
    },
  },
  freezes: (p: { max: number }, f: Format) =>
    `Un comodín salva la racha cuando falta uno; si luego llega algo para ese plazo, lo recuperas. ${f.count(p.max, { one: 'Se guarda # como mucho', other: 'Se guardan # como mucho' })}.`,
  grace: (p: { days: number }, f: Format) =>
    `Si falta el anterior, lo que hagas ${f.count(p.days, { one: 'el primer día', other: 'los primeros # días' })} del siguiente cuenta para él.`,
  pauseRule: (p: { days: number }, f: Format) =>
    `Puedes planear pausas: ${f.count(p.days, { one: '# día de cada año en el que', other: '# días de cada año en los que' })} la racha espera.`,
  keeps: 'Si un día no puedes',
  freezesHeld: (p: { held: number; max: number }, f: Format) =>
    `${f.count(p.held, { one: 'Tienes # comodín', other: 'Tienes # comodines' })} de ${f.number(p.max)}. Se usa solo.`,
  pauseTitle: 'Planear una pausa',
  pausePlanned: (p: { from: string; until: string }) => `Tu racha espera del ${p.from} al ${p.until}, ambos incluidos.`,
  pauseRuns: (p: { from: string; until: string }) =>
    `En pausa: tu racha espera desde el ${p.from} hasta el ${p.until}, ambos incluidos.`,
  pauseLeft: (p: { days: number; year: string }, f: Format) =>
    f.count(p.days, {
      one: `En ${p.year} te queda # día de pausa.`,
      other: `En ${p.year} te quedan # días de pausa.`,
    }),
  pauseFrom: 'Primer día',
  pauseUntil: 'Último día',
  pauseNeeded: 'Elige un día.',
  pauseSet: 'Guardar la pausa',
  pauseChange: 'Cambiar',
  pauseChangeOf: (p: { from: string; until: string }) => `Cambiar la pausa del ${p.from} al ${p.until}`,
  pauseChangeTitle: 'Cambiar la pausa',
  pauseKeep: 'Dejarla como está',
  pauseEnd: 'Quitar',
  pauseEndOf: (p: { from: string; until: string }) => `Quitar la pausa del ${p.from} al ${p.until}`,
  pauseCut: 'Acabar hoy',
  pauseCutOf: (p: { from: string; until: string }) => `Acabar hoy la pausa del ${p.from} al ${p.until}`,
  pauseSaved: 'Pausa guardada.',
  pauseEnded: 'Pausa quitada.',
  sum: (p: { what: string; field: string; target: string; per: string }) =>
    `Se suma «${p.field}» de ${p.what}, hasta llegar a ${p.target}${p.per}.`,
  sharedCount: (p: { what: string; target: string; per: string }) =>
    `Cuenta cada vez ${p.what}, de todas las personas. Hacen falta ${p.target} entre todas${p.per}.`,
  sharedSum: (p: { what: string; field: string; target: string; per: string }) =>
    `Se suma «${p.field}» de ${p.what}, de todas las personas, hasta llegar a ${p.target}${p.per}.`,
  sharedReward: 'Al conseguirlo, cada persona que ha aportado recibe la recompensa, aunque aporte después.',
  sharedOwn: (p: { amount: string }) => `Tú has aportado ${p.amount}.`,
  sharedMembers: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'Ha aportado # persona.', other: 'Han aportado # personas.' }),
  sharedTitle: 'Entre todos',
  set: (p: { what: string; field: string; values: string; per: string }) =>
    `Cuenta «${p.field}» de ${p.what}. Hacen falta todos: ${p.values}${p.per}.`,
  sequence: (p: { per: string }) => `Los pasos se dan por orden, cada uno con su propia actividad${p.per}:`,
  sequenceStep: (p: { place: number; name: string; what: string; condition: string }, f: Format) =>
    `Paso ${f.number(p.place)}, ${p.name}: ${p.what}${p.condition}.`,
  ifOnly: (p: { condition: string }) => `, si ${p.condition}`,
  window: {
    from: (p: { day: string }) => `Cuenta desde el ${p.day}.`,
    until: (p: { day: string }) => `Cuenta hasta el ${p.day}, ese día incluido.`,
    weekdays: (p: { days: string }) => `Solo cuenta en ${p.days}.`,
    hours: (p: { from: string; until: string }) => `Solo cuenta de ${p.from} a ${p.until}.`,
    times: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: 'Se puede completar una vez.', other: 'Se puede completar hasta # veces.' }),
    places: (p: { count: number; per: string }, f: Format) =>
      f.count(p.count, {
        one: `Hay # plaza${p.per}: es para quien la completa primero.`,
        other: `Hay # plazas${p.per}: son para quien la completa primero.`,
      }),
    placesPer: { day: ' al día', week: ' a la semana', month: ' al mes', year: ' al año', ever: '' },
    placesGone: 'Sin plazas, lo tuyo sigue contando: si queda alguna libre, la completas con lo siguiente que cuente.',
  },
  perDays: (p: { days: number; from: string }, f: Format) =>
    f.count(p.days, {
      one: ' dentro del mismo día',
      other: ` dentro de los mismos # días, contados desde el ${p.from}`,
    }),
  notCarried: 'Lo que pasa del objetivo no se guarda para la vez siguiente.',
  notOutOfTurn: 'Un paso que no toca todavía.',
  notAfterFailure: (p: { what: string; days: number }, f: Format) =>
    `Si llega ${p.what}, nada cuenta durante ${f.count(p.days, { one: '# día', other: '# días' })}.`,
  notOtherDays: 'Lo de otros días cuenta para su propio plazo.',
  notAgainDays: (p: { days: number }, f: Format) =>
    `Cuando la completas, nada más cuenta hasta que pasan los ${f.number(p.days)} días.`,
  stages: 'Etapas',
  stageStep: (p: { place: number }, f: Format) => `Paso ${f.number(p.place)}`,
  stepReached: 'hecho',
  stageReached: 'conseguida',
  stageAhead: 'por delante',
  stillMissing: 'Te faltan',
  locked: 'Todavía cerrada',
  per: {
    day: ' dentro del mismo día',
    week: ' dentro de la misma semana, de lunes a domingo',
    month: ' dentro del mismo mes',
    year: ' dentro del mismo año',
    ever: ', sin fecha límite',
  },
  calendar: (p: { zone: string }) => `Vale la fecha en que ocurrió, en la hora de ${p.zone}.`,
  only: (p: { condition: string }) => `Solo si ${p.condition}.`,
  notReversed: 'Lo que se devuelve o se anula deja de contar.',
  notAgain: {
    day: 'Cuando la completas, nada más cuenta hasta el día siguiente.',
    week: 'Cuando la completas, nada más cuenta hasta el lunes.',
    month: 'Cuando la completas, nada más cuenta hasta el mes siguiente.',
    year: 'Cuando la completas, nada más cuenta hasta el año siguiente.',
    ever: 'Cuando la completas, nada más cuenta.',
  },
  notOtherPeriod: {
    day: 'Lo de otro día cuenta para ese día.',
    week: 'Lo de otra semana cuenta para esa semana.',
    month: 'Lo de otro mes cuenta para ese mes.',
    year: 'Lo de otro año cuenta para ese año.',
  },
  notSame: (p: { field: string }) => `Repetir un valor de «${p.field}» que ya tienes no suma.`,
  notOutside: 'Lo que no cumple esa condición.',
  arrives: 'En cuanto la completas, sola: no hay que reclamar nada. Tu categoría no multiplica esta recompensa.',
  badgeOnce: (p: { badge: string }) => `Insignia ${p.badge}, la primera vez`,
  condition,
};

export type MissionPageWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    missionPage: MissionPageWords;
  }
}
