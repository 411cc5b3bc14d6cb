/** What the boards say, in Spanish. */
export const es = {
  title: 'Clasificación',
};

export type BoardWords = typeof es;
