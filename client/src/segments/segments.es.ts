import type { Format } from '@verbena/shared/words/format.js';

/** What the pages of segments say, in Spanish. */
export const es = {
  title: 'Segmentos',
  lead: 'Grupos de socios con nombre: quien cumple una condición, o quien tú pongas en una lista. Sirven para decir a quién va dirigida una cosa.',
  listTitle: 'Los que hay',
  caption: 'Segmentos del programa',
  columnName: 'Nombre',
  columnWho: 'Quién',
  columnState: 'Situación',
  empty: 'Todavía no hay ninguno. Crea uno cuando algo sea solo para una parte de tus socios.',
  inUse: 'En uso',
  archivedOn: (p: { day: string }) => `Archivado el ${p.day}`,
  size: (p: { count: number }, f: Format) => f.count(p.count, { one: 'Lista de # socio', other: 'Lista de # socios' }),
  create: 'Crear un segmento',
  createDo: 'Crear',
  made: (p: { name: string }) => `«${p.name}» ya está en la lista.`,
  nameIn: { es: 'Nombre en español', en: 'Nombre en inglés' },
  nameHint: 'Si falta, se lee el otro.',
  nameMissing: 'Escribe un nombre.',
  slug: 'Nombre corto',
  slugHint: 'Letras minúsculas, números y guiones: «socias-de-honor». No se puede cambiar después.',
  slugMissing: 'Usa de 2 a 48 letras minúsculas, números o guiones sueltos.',
  kind: 'Quién pertenece',
  kinds: { condition: 'Quien cumpla una condición', list: 'Una lista hecha a mano' },
  kindsText: {
    condition: 'Se mira en cada momento: quien deja de cumplirla deja de pertenecer.',
    list: 'Pertenece quien añadas, hasta que lo quites.',
  },
  condition: 'Qué tiene que cumplir',
  conditionMissing: 'Elige o escribe lo que falta.',
  back: 'Volver a los segmentos',
  settings: 'Nombre y condición',
  settingsList: 'Nombre',
  archive: 'Archivar',
  archiveText:
    'Si se archiva, deja de ser de nadie: lo que estaba abierto solo para este segmento se cierra. Se puede recuperar.',
  restore: 'Recuperar',
  restoreText: 'Está archivado: ahora mismo no es de nadie.',
  members: 'Quién está en la lista',
  membersCaption: 'Socios de la lista',
  membersEmpty: 'Todavía no hay nadie. Añade a alguien por su tarjeta o por su código de socio.',
  columnMember: 'Socio',
  columnAdded: 'Desde',
  columnRemove: 'Quitar',
  unnamed: 'Sin nombre',
  remove: 'Quitar',
  removeOf: (p: { name: string }) => `Quitar a ${p.name}`,
  removed: (p: { name: string }) => `${p.name} ya no está en la lista.`,
  add: 'Añadir socios',
  by: 'Con qué número',
  bys: { ext: 'Tarjeta', code: 'Código de socio' },
  numbers: 'Números',
  numbersHint: (p: { max: number }, f: Format) =>
    `Uno por línea, hasta ${f.number(p.max)} de una vez. Si alguno no es de nadie, no se añade ninguno.`,
  numbersMissing: 'Escribe al menos un número.',
  numbersTooMany: (p: { max: number }, f: Format) => `Son demasiados: de una vez caben ${f.number(p.max)}.`,
  addDo: 'Añadir',
  added: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'Se ha añadido # socio.', other: 'Se han añadido # socios.' }),
  addedNone: 'Ya estaban todos en la lista.',
};

export type SegmentWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    segments: SegmentWords;
  }
}
