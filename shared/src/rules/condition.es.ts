import type { Format } from '#words/format.js';

/** How conditions are said, on every page that tells a rule. */
export const es = {
  and: 'y',
  or: 'o',
  not: (p: { what: string }) => `no se da que ${p.what}`,
  member: (p: { label: string; demand: string }) => `tu «${p.label}» ${p.demand}`,
  field: (p: { label: string; demand: string }) => `«${p.label}» ${p.demand}`,
  count: (p: { what: string; window: string; demand: string }) => `las veces de «${p.what}»${p.window} son ${p.demand}`,
  sum: (p: { field: string; what: string; window: string; demand: string }) =>
    `lo que suma «${p.field}» en «${p.what}»${p.window} es ${p.demand}`,
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
    exists: () => 'viene indicado',
    missing: () => 'no viene indicado',
  },
  amount: {
    eq: (p: { value: string }) => `exactamente ${p.value}`,
    ne: (p: { value: string }) => `distinto de ${p.value}`,
    gt: (p: { value: string }) => `más de ${p.value}`,
    gte: (p: { value: string }) => `${p.value} o más`,
    lt: (p: { value: string }) => `menos de ${p.value}`,
    lte: (p: { value: string }) => `${p.value} o menos`,
  },
  days: (p: { days: number }, f: Format) =>
    f.count(p.days, { one: ' en el último día', other: ' en los últimos # días' }),
  period: { day: ' del día', week: ' de la semana', month: ' del mes', year: ' del año', ever: ' en total' },
  roles: { advocate: 'quien invita', friend: 'quien llega invitado' },
  yes: 'sí',
  no: 'no',
};

export type ConditionWords = typeof es;
