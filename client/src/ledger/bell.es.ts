import type { Format } from '@verbena/shared/words/format.js';

/** Of a notice: who did it, as how many people, how often, and in which thread. */
interface Told {
  readonly who: string;
  readonly people: number;
  readonly count: number;
  readonly title: string;
}

/** What the bell says when it is open, in Spanish. */
export const es = {
  fresh: 'Nuevo',
  emptyTitle: 'Todavía no hay avisos',
  emptyText:
    'Aquí queda lo que vas consiguiendo, con su justificante, y verás quién te menciona o te responde en el foro.',
  receipt: 'Ver el justificante',
  receiptOf: (p: { what: string }) => `Ver el justificante: ${p.what}`,
  wallet: 'Ver toda la cartera',
  notice: {
    someone: 'Alguien',
    who: (p: { by: string; others: number }, f: Format) =>
      p.others === 0 ? `${p.by}` : f.count(p.others, { one: `${p.by} y otra persona`, other: `${p.by} y # más` }),
    mention: (p: Told, f: Format) =>
      f.count(p.people, {
        one: `${p.who} te mencionó en «${p.title}»`,
        other: `${p.who} te mencionaron en «${p.title}»`,
      }),
    answer: (p: Told, f: Format) =>
      f.count(p.people, {
        one: `${p.who} te respondió en «${p.title}»`,
        other: `${p.who} te respondieron en «${p.title}»`,
      }),
    quote: (p: Told, f: Format) =>
      f.count(p.people, { one: `${p.who} te citó en «${p.title}»`, other: `${p.who} te citaron en «${p.title}»` }),
    watched: (p: Told, f: Format) =>
      f.count(p.people, { one: `${p.who} respondió en «${p.title}»`, other: `${p.who} respondieron en «${p.title}»` }),
    removed: (p: Told) => `Se ha retirado tu mensaje en «${p.title}»`,
    why: (p: { reason: string }) => `Motivo: ${p.reason}`,
    opened: (p: Told, f: Format) => {
      const opened = f.count(p.people, { one: `${p.who} abrió`, other: `${p.who} abrieron` });
      return f.count(p.count, {
        one: `${opened} el hilo «${p.title}»`,
        other: `${opened} # hilos; el último, «${p.title}»`,
      });
    },
  },
};

export type BellWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    bell: BellWords;
  }
}
