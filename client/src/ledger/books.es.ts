import type { Format } from '@verbena/shared/words/format.js';

/** What the page about the state of the installation says of the books, in Spanish. */
export const es = {
  aside: {
    title: 'Apartado para revisar',
    text: 'No se pudo anotar y no se ha perdido. Quien lleva este servidor lo vuelve a tomar con «npm run verify -- --repair», o renuncia a ello.',
    what: 'Qué',
    member: 'De quién',
    open: 'Ver al socio',
    reason: 'Por qué',
    at: 'Desde cuándo',
  },
  title: 'Los libros',
  text: 'Cada noche se rehace cada saldo desde su diario y se comparan cadenas, firmas y clasificaciones. Solo se mira: no se cambia nada.',
  never: 'Aún no se han revisado.',
  running: 'Se están revisando ahora.',
  clean: (p: { when: string }) => `El ${p.when} todo cuadraba.`,
  found: (p: { when: string; count: number }, f: Format) =>
    `El ${p.when} ${f.count(p.count, { one: '# cosa no cuadraba', other: '# cosas no cuadraban' })}. No se ha cambiado nada.`,
  looked: (p: { members: number; entries: number; groups: number; roots: number }, f: Format) =>
    `${f.list([
      f.count(p.members, { one: '# socio', other: '# socios' }),
      f.count(p.entries, { one: '# apunte', other: '# apuntes' }),
      f.count(p.groups, { one: '# grupo', other: '# grupos' }),
      f.count(p.roots, { one: '# raíz firmada', other: '# raíces firmadas' }),
    ])}.`,
  start: 'Revisar ahora',
  started: 'La revisión ha empezado.',
  more: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'Y # más, que no se guarda aquí.', other: 'Y # más, que no se guardan aquí.' }),
  caption: 'Lo que no cuadra',
  columnWhere: 'Dónde',
  columnWhat: 'Qué',
  columnProposal: 'Propuesta',
  where: {
    entry: (p: { seq: number; place: string }) => `Apunte ${p.seq}`,
    state: (_: { seq: number; place: string }) => 'Estado del socio',
    standing: (_: { seq: number; place: string }) => 'Clasificación',
    budget: (_: { seq: number; place: string }) => 'Presupuesto',
    snapshot: (p: { seq: number; place: string }) => `Copia del apunte ${p.seq}`,
    lane: (p: { seq: number; place: string }) => `Cadena ${p.place}`,
    root: (p: { seq: number; place: string }) => `Raíz del ${p.place}`,
  },
  what: {
    entry: 'No es lo que se escribió, o falta uno.',
    state: 'No es lo que da su diario.',
    standing: 'No es lo que dan sus apuntes.',
    budget: 'Lo usado y lo que queda no suman su límite.',
    snapshot: 'No es lo que da su diario. No se usa.',
    lane: 'Sus grupos no siguen unos a otros.',
    root: 'No es lo que se firmó.',
  },
  fields: (p: { fields: string }) => `Campos: ${p.fields}`,
  proposals: {
    repairState: 'Corregir el estado con un apunte: npm run verify -- --repair',
    rebuildBoards: 'Volver a contar las clasificaciones.',
    dropSnapshot: 'Nada: se rehace sola.',
    restoreBackup: 'Recuperar una copia de seguridad y ver quién tuvo acceso a la base de datos.',
  },
};

export type BooksWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    books: BooksWords;
  }
}
