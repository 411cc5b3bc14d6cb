import type { Format } from '#words/format.js';

/** How conditions are said, on every page that tells a rule. */
export const es = {
  and: 'y',
  or: 'o',
  not: (p: { what: string }) => `no se cumple esto: ${p.what}`,
  member: (p: { label: string; demand: string }) => `tu «${p.label}» ${p.demand}`,
  field: (p: { label: string; demand: string }) => `«${p.label}» ${p.demand}`,
  count: (p: { what: string; window: string; demand: string }) => `«${p.what}» se anota ${p.demand}${p.window}`,
  sum: (p: { field: string; what: string; window: string; demand: string }) =>
    `«${p.field}» suma ${p.demand} en «${p.what}»${p.window}`,
  tierAtLeast: (p: { tier: string }) => `tu categoría es ${p.tier} o más`,
  tierIs: (p: { tier: string }) => `tu categoría es ${p.tier}`,
  badge: (p: { badge: string }) => `tienes la insignia «${p.badge}»`,
  is: {
    eq: (p: { value: string }) => `es ${p.value}`,
    ne: (p: { value: string }) => `no es ${p.value}`,
    gt: (p: { value: string }) => `pasa de ${p.value}`,
    gte: (p: { value: string }) => `es ${p.value} o más`,
    lt: (p: { value: string }) => `no llega a ${p.value}`,
    lte: (p: { value: string }) => `es ${p.value} o menos`,
    in: (p: { value: string }) => `es uno de estos: ${p.value}`,
    notIn: (p: { value: string }) => `no es ninguno de estos: ${p.value}`,
    exists: () => 'se indica',
    missing: () => 'no se indica',
  },
  amount: {
    eq: (p: { value: string }) => `exactamente ${p.value}`,
    ne: (p: { value: string }) => `un número distinto de ${p.value}`,
    gt: (p: { value: string }) => `más de ${p.value}`,
    gte: (p: { value: string }) => `${p.value} o más`,
    lt: (p: { value: string }) => `menos de ${p.value}`,
    lte: (p: { value: string }) => `${p.value} o menos`,
  },
  times: (p: { count: number }, f: Format) => f.count(p.count, { one: '# vez', other: '# veces' }),
  aboveZero: 'es mayor que cero',
  days: (p: { days: number }, f: Format) =>
    f.count(p.days, { one: ' en el último día', other: ' en los últimos # días' }),
  period: { day: ' en el día', week: ' en la semana', month: ' en el mes', year: ' en el año', ever: ' en total' },
  yourRole: { advocate: 'eres tú quien invita', friend: 'eres tú a quien han invitado' },
  roles: { advocate: 'quien invita', friend: 'a quien han invitado' },
  yes: 'sí',
  no: 'no',
};

export type ConditionWords = typeof es;
