import type { Format } from '@verbena/shared/words/format.js';

/** What tiers say, in Spanish. */
export const es = {
  title: 'Categorías',
  lead: 'Cuanto más sumas en el año, más rinde cada compra. Se sube al momento.',
  here: 'Tu categoría',
  from: (p: { points: string }) => `Desde ${p.points} ganados en un año`,
  fromStart: 'Desde el primer día',
  fromMonths: (p: { points: string; months: number }, f: Format) =>
    f.count(p.months, { one: `Desde ${p.points} en el último mes`, other: `Desde ${p.points} en los últimos # meses` }),
  fromAnniversary: (p: { points: string }) => `Desde ${p.points} entre un aniversario y el siguiente`,
  fromMore: 'No depende de los puntos',
  also: {
    earned: (p: { points: string }) => `haber ganado ${p.points} en ese tiempo`,
    count: (p: { what: string; count: number }, f: Format) =>
      f.count(p.count, { one: `llegar a # vez «${p.what}»`, other: `llegar a # veces «${p.what}»` }),
    sum: (p: { field: string; amount: string }) => `llegar a ${p.amount} en «${p.field}»`,
    memberDays: (p: { days: number }, f: Format) =>
      f.count(p.days, { one: 'llevar # día en el programa', other: 'llevar # días en el programa' }),
    has: (p: { label: string }) => `que tu «${p.label}» cumpla lo que pide`,
    besides: (p: { what: string }) => `Además, ${p.what}`,
    or: ' o ',
    any: (p: { list: string }) => `Basta con una de estas cosas: ${p.list}`,
    lacks: (p: { list: string }) => `Los puntos ya los tienes; falta: ${p.list}`,
    lacksAny: (p: { list: string }) => `Los puntos ya los tienes; falta una de estas cosas: ${p.list}`,
  },
  drop: (p: { day: string; tier: string; points: string }) =>
    `El ${p.day} pasas a ${p.tier}, salvo que antes ganes ${p.points}.`,
  dropAnyway: (p: { day: string; tier: string }) => `Tal como está ahora, el ${p.day} pasas a ${p.tier}.`,
  earnedSince: (p: { day: string; points: string }) => `Desde el ${p.day} has ganado ${p.points}`,
  benefits: 'Lo que te da',
  benefitsNone: 'Todo lo de la anterior.',
  earned: (p: { points: string; year: string }) => `En ${p.year} has ganado ${p.points}`,
  missing: (p: { points: string; plural: boolean }) => (p.plural ? `Te faltan ${p.points}` : `Te falta ${p.points}`),
  reached: 'Ya tienes los puntos que pide',
  until: (p: { day: string }) => `Es tuya hasta el ${p.day}.`,
  keep: (p: { points: string; year: string; tier: string; below: string }) =>
    `Si en ${p.year} ganas ${p.points}, sigues en ${p.tier} un año más. Si no, pasas a ${p.below}: solo un escalón. Tus puntos no cambian.`,
  forever: 'No se pierde.',
  noneTitle: 'Este programa no tiene categorías',
  noneText: 'Tus puntos cuentan igual para todo lo demás.',
  dialog: {
    title: (p: { tier: string }) => `Ya tienes la categoría ${p.tier}`,
    until: (p: { day: string }) => `Es tuya hasta el ${p.day}.`,
    benefits: 'Lo que se abre ahora',
    missions: 'Ver mis misiones',
    close: 'Seguir',
  },
};

export type TierWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    tiers: TierWords;
  }
}
