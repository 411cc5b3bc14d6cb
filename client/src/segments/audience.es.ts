import { es as told } from '@verbena/shared/segments/audience.es.js';
import type { Format } from '@verbena/shared/words/format.js';

/** What the form says that asks whom something is for, in Spanish. */
export const es = {
  told,
  everybody: 'Todo el mundo',
  some: 'Solo quien…',
  who: 'A quién',
  join: 'Cuántas condiciones hay que cumplir',
  joins: { all: 'Todas', any: 'Una cualquiera' },
  row: (p: { number: number }, f: Format) => `Condición ${f.number(p.number)}`,
  kind: 'Qué se mira',
  kinds: { tier: 'Categoría', badge: 'Insignia', segment: 'Segmento', role: 'Equipo', member: 'Dato del socio' },
  of: 'Cuál',
  test: 'Cómo',
  value: 'Valor',
  choose: 'Elige',
  tests: {
    tier: {
      atLeast: ['Esa o una más alta', 'Una más baja'],
      is: ['Justo esa', 'Cualquier otra'],
    },
    badge: ['La tiene', 'No la tiene'],
    segment: ['Pertenece', 'No pertenece'],
    role: ['Lo es', 'No lo es'],
    member: {
      eq: ['Es', 'No es, o no se conoce'],
      gte: ['Es como mínimo', 'No llega a, o no se conoce'],
      lte: ['Es como máximo', 'Pasa de, o no se conoce'],
      exists: ['Se conoce', 'No se conoce'],
    },
  },
  roles: {
    member: 'Del programa',
    moderator: 'Quien modera, o del equipo',
    manager: 'Del equipo',
    owner: 'Responsable',
  },
  yes: 'Sí',
  no: 'No',
  add: 'Añadir una condición',
  remove: 'Quitar',
  removeRow: (p: { number: number }, f: Format) => `Quitar la condición ${f.number(p.number)}`,
  missing: 'Elige o escribe lo que falta.',
  sentence: (p: { who: string }) => `Para quien cumple esto: ${p.who}.`,
  sentenceAll: 'Para todo el mundo.',
  tooDeep: 'Esto dice más de lo que se puede cambiar aquí, y se queda como está mientras no empieces de nuevo.',
  anew: 'Empezar de nuevo',
};

export type AudienceWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    audience: AudienceWords;
  }
}
