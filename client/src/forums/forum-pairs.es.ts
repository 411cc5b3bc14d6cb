import type { Format } from '@verbena/shared/words/format.js';

/** Who gives one another in the forum, as staff find it, in Spanish. */
export const es = {
  back: 'Volver al foro',
  title: 'Parejas recíprocas',
  lead: 'Socios que se dan reacciones y se aceptan respuestas sobre todo el uno al otro.',
  listed: 'Parejas, primero las que más se han dado',
  unnamed: (p: { id: string }) => `Socio …${p.id}`,
  gave: (p: { name: string; to: string; times: number }, f: Format) =>
    `${p.name} ha dado ${f.count(p.times, { one: 'una', other: '#' })} a ${p.to}`,
  share: (p: { percent: number }, f: Format) => `Es el ${f.number(p.percent)} % de lo que han recibido entre los dos.`,
  onDay: (p: { day: string }) => `Todo, el ${p.day}.`,
  between: (p: { first: string; last: string }) => `Del ${p.first} al ${p.last}.`,
  isCut: (p: { when: string }) => `Hay tanto movimiento que aquí solo se ha mirado lo que se dio desde el ${p.when}.`,
  emptyTitle: 'Ninguna pareja llama la atención',
  emptyText: (p: { days: number }) =>
    `En los últimos ${p.days} días las reacciones y las respuestas aceptadas se han repartido entre muchos.`,
  notCounted:
    'Este programa todavía no cuenta las reacciones ni las respuestas aceptadas: se miran cuando sus definiciones las nombran.',
  meaningTitle: 'Qué quiere decir estar aquí',
  who: (p: { times: number; days: number }) =>
    `En los últimos ${p.days} días, cada uno ha dado al otro ${p.times} reacciones o respuestas aceptadas, o más, y lo que se han dado es al menos un tercio de todo lo que han recibido los dos. Dos personas a las que aplaude medio foro no salen aquí, aunque también se aplaudan entre ellas.`,
  proves:
    'No prueba nada. Puede ser un acuerdo para ganar puntos, y puede que sean dos amigas, o alguien que pregunta mucho y alguien que siempre le responde. Lee lo que escriben antes de decidir.',
  follows:
    'A nadie se le quita nada por aparecer aquí, ni se le avisa. Si crees que hay trampa, abre la ficha de cada uno: ahí puedes quitarle puntos a mano, con un motivo que esa persona lee.',
};

export type ForumPairsWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    forumPairs: ForumPairsWords;
  }
}
