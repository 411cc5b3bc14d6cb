/** What tiers say, in Spanish. */
export const es = {
  dialog: {
    title: (p: { tier: string }) => `Ya tienes la categoría ${p.tier}`,
    until: (p: { day: string }) => `Es tuya hasta el ${p.day}.`,
    benefits: 'Lo que se abre ahora',
    missions: 'Ver mis misiones',
    close: 'Seguir',
  },
};

export type TierWords = typeof es;
