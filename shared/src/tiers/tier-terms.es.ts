import type { Format } from '#words/format.js';

/** How a tier is reached, kept and lost besides its minimum, in Spanish. */
export const es = {
  or: 'o',
  earned: (p: { points: string }) => `ganar ${p.points}`,
  count: (p: { count: number; name: string; where: string }, f: Format) =>
    `${f.count(p.count, { one: '# vez', other: '# veces' })} «${p.name}»${p.where}`,
  sum: (p: { amount: string; label: string; name: string; where: string }) =>
    `${p.amount} de «${p.label}» con «${p.name}»${p.where}`,
  memberDays: (p: { days: string }) => `llevar ${p.days} en el programa`,
  periods: {
    year: 'el año natural',
    rolling: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: 'el último mes', other: 'los últimos # meses' }),
    anniversary: 'cada año desde el alta',
    anniversaryOf: (p: { name: string }) => `cada año desde «${p.name}»`,
  },
  downgrades: {
    oneStep: 'un escalón',
    reassess: 'hasta donde llegue lo ganado en el periodo',
    never: 'nunca',
  },
  kept: 'para siempre',
  expiry: {
    never: 'no caducan',
    months: (p: { count: number }, f: Format) => f.count(p.count, { one: '# mes', other: '# meses' }),
    own: 'la de la moneda',
  },
  terms: {
    also: (p: { also: string }) => `Además hace falta ${p.also}.`,
    period: (p: { period: string }) => `Cuenta ${p.period}.`,
    keep: 'Quien llega la conserva para siempre.',
    onReversal: {
      takeBack: 'Si se anula lo que te hizo llegar, vuelves a la que tendrías sin ello.',
      keep: 'Aunque se anule lo que te hizo llegar, la conservas hasta que acabe.',
    },
    downgrade: {
      reassess: 'Si al acabar no llegas al mínimo, pasas a la categoría de lo que hayas ganado.',
      never: 'Nadie baja de categoría.',
    },
    graceDays: (p: { days: string }) => `Al acabar la conservas ${p.days} más.`,
    noticeDays: (p: { days: string }) => `Te avisamos ${p.days} antes de perderla.`,
    expiryNever: 'Los puntos que ganas en ella no caducan.',
    expiryMonths: (p: { months: string }) => `Los puntos que ganas en ella duran ${p.months}.`,
    benefits: (p: { benefits: string }) => `Beneficios: ${p.benefits}.`,
  },
};

export type TierTermsWords = typeof es;
