import type { Period } from '@verbena/shared/programs/definition.js';
import type { Format } from '@verbena/shared/words/format.js';

/** What the boards say, in Spanish. */
export const es = {
  title: 'Clasificación',
  lead: 'Cada punto que ganas te hace subir. Mira quién va delante y cuánto te falta.',
  boards: 'Clasificaciones',
  see: 'Ver la clasificación',
  seeNamed: (p: { board: string }) => `Ver la clasificación ${p.board}`,
  noneTitle: 'Este programa todavía no tiene clasificaciones',
  noneText: 'Tus puntos ya cuentan. Cuando haya una clasificación, aparecerás en ella.',

  run: {
    week: (p: { first: string; last: string }) => `Semana del ${p.first} al ${p.last}`,
    ever: 'Desde el primer día',
    present: {
      day: 'hoy',
      week: 'esta semana',
      month: 'este mes',
      year: 'este año',
      ever: 'desde el primer día',
    } satisfies Record<Period, string> as Record<Period, string>,
    leaf: 'Otras ediciones',
    previous: 'Anterior',
    next: 'Siguiente',
    toPresent: 'Ir a la actual',
  },
  closed: (p: { day: string }) => `Cerrada el ${p.day}`,

  columns: { place: 'Puesto', member: 'Socio', score: 'Puntos', movement: 'Hoy' },
  caption: (p: { board: string; run: string }) => `${p.board}: ${p.run}`,
  captionAround: (p: { board: string }) => `Quién está cerca de ti en ${p.board}`,
  you: 'Tú',
  /** Who chose no alias: `label` is a mark that tells such rows apart. */
  unnamed: (p: { label: string }) => `Socio ${p.label}`,
  around: 'A tu alrededor',
  first: 'Los primeros puestos',
  podium: 'Podio',
  total: (p: { count: number }, f: Format) => f.count(p.count, { one: '# persona', other: '# personas' }),
  showAll: (p: { count: number }, f: Format) => `Ver toda la clasificación: ${f.number(p.count)} personas`,
  showMore: (p: { count: number }, f: Format) => `Ver los ${f.number(p.count)} primeros`,

  up: (p: { places: number }, f: Format) =>
    `sube ${f.count(p.places, { one: '# puesto hoy', other: '# puestos hoy' })}`,
  down: (p: { places: number }, f: Format) =>
    `baja ${f.count(p.places, { one: '# puesto hoy', other: '# puestos hoy' })}`,
  same: 'mismo puesto que ayer',
  isNew: 'acaba de entrar',
  newShort: 'nuevo',

  me: {
    title: 'Tu puesto',
    place: (p: { rank: number }, f: Format) => `Puesto ${f.number(p.rank)}`,
    ended: (p: { rank: number }, f: Format) => `Acabaste en el puesto ${f.number(p.rank)}`,
    of: (p: { total: number }, f: Format) => `de ${f.number(p.total)}`,
    toNext: (p: { points: string; plural: boolean; name: string }) =>
      `${p.plural ? 'Te faltan' : 'Te falta'} ${p.points} para pasar a ${p.name}`,
    top: 'Vas por delante de todo el mundo',
    won: 'Quedaste por delante de todo el mundo',
    noneYet: (p: { when: string }) => `Todavía no tienes puntos ${p.when}`,
    noneYetHow: 'Con los primeros que ganes apareces aquí.',
    noneThen: 'En esta edición no tuviste puntos',
    hidden: 'No apareces en las clasificaciones',
    hiddenText: (p: { points: string; when: string }) =>
      `Así lo has elegido. Tus puntos suman igual: llevas ${p.points} ${p.when}.`,
    hiddenThen: (p: { points: string }) => `Así lo has elegido. Tus puntos sumaron igual: ${p.points}.`,
    appear: 'Aparecer en las clasificaciones',
    spoken: (p: { rank: number }, f: Format) => `Ahora estás en el puesto ${f.number(p.rank)}`,
  },

  live: {
    label: 'En directo',
    justNow: 'Actualizado ahora',
    seconds: (p: { seconds: number }, f: Format) => `Actualizado hace ${f.number(p.seconds)} s`,
    ago: (p: { ago: string }) => `Actualizado ${p.ago}`,
    pause: 'Pausar',
    pauseLong: 'Pausar los cambios en directo',
    resume: 'Reanudar',
    resumeLong: 'Reanudar los cambios en directo',
    paused: (p: { time: string }) => `En pausa desde las ${p.time}`,
    pausedSpoken: 'Clasificación en pausa',
    resumedSpoken: 'Clasificación en directo otra vez',
    away: 'Sin conexión.',
  },

  emptyTitle: (p: { when: string }) => `Nadie tiene puntos ${p.when}`,
  emptyText:
    'La primera persona que gane puntos enciende el primer farolillo. Puedes ser tú: identifícate en tu próxima compra.',
  emptyThenTitle: 'Nadie tuvo puntos en esta edición',
  emptyThenText: 'Mira otra edición, o vuelve a la actual.',
  emptyAction: 'Ver mis misiones',

  archive: 'Ediciones cerradas',
  archiveNone: 'Cuando acabe la primera, su podio se guardará aquí.',
  archiveRow: (p: { rank: number; name: string; points: string }, f: Format) =>
    `${f.number(p.rank)}. ${p.name}, ${p.points}`,

  how: {
    open: 'Cómo se cuentan los puntos',
    title: 'Cómo se cuentan los puntos',
    counts: (p: { unit: string; when: string }) =>
      `Cuentan los ${p.unit} que ganas ${p.when}, según el día en que pasó lo que los dio.`,
    net: 'Si algo se anula o se devuelve, sus puntos se restan también aquí. Los que caducan o gastas no te hacen bajar.',
    starts: {
      day: 'Cada día empieza de cero, a medianoche.',
      week: 'Cada lunes empieza de cero, y la semana que acaba se guarda como quedó.',
      month: 'El día 1 de cada mes empieza de cero, y el mes que acaba se guarda como quedó.',
      year: 'El 1 de enero empieza de cero, y el año que acaba se guarda como quedó.',
      ever: 'Esta no empieza nunca de cero.',
    } as Record<Period, string>,
    ties: {
      earliest: 'Si dos personas tienen los mismos puntos, va delante quien llegó antes a ellos.',
      shared: 'Quienes tienen los mismos puntos comparten puesto.',
    },
    movement: 'Las flechas dicen cuántos puestos ha cambiado cada cual desde la medianoche.',
    rules: 'Así se ganan',
    missions: 'Las recompensas de las misiones cuentan también.',
    close: 'Entendido',
  },
  optOut: 'Elegir si apareces en las clasificaciones',
};

export type BoardWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    boards: BoardWords;
  }
}
