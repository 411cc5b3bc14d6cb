/** What tiers say, in Spanish. */
export const es = {
  title: 'Categorías',
  lead: 'Cuanto más sumas en el año, más rinde cada compra. Se sube al momento.',
  here: 'Tu categoría',
  from: (p: { points: string }) => `Desde ${p.points} ganados en un año`,
  fromStart: 'Desde el primer día',
  benefits: 'Lo que te da',
  benefitsNone: 'Todo lo de la anterior.',
  earned: (p: { points: string; year: string }) => `En ${p.year} has ganado ${p.points}`,
  missing: (p: { points: string; plural: boolean }) => (p.plural ? `Te faltan ${p.points}` : `Te falta ${p.points}`),
  reached: 'Ya llegas con lo de este año',
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
