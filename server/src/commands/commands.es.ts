import type { Format } from '@verbena/shared/words/format.js';

type Params = Readonly<Record<string, string | number>>;
const countRows = (count: number, f: Format) => f.count(count, { one: '# línea', other: '# líneas' });

/** What `import`, `export` and `seed` say in a terminal. */
export const es = {
  unreachable:
    'El servidor no responde. Comprueba que sigue en marcha y vuelve a ejecutar la misma orden: nada cuenta dos veces.',
  optionUnknown: (p: Params, _f: Format) => `No se conoce ${p['option']}. ${p['usage']}`,
  optionMissing: (p: Params, _f: Format) => `Falta ${p['option']}. ${p['usage']}`,
  optionValue: (p: Params, _f: Format) => `${p['option']} necesita un valor. ${p['usage']}`,
  optionTwice: (p: Params, _f: Format) => `${p['option']} está dos veces. ${p['usage']}`,
  programWrong: (p: Params, _f: Format) =>
    `--program es el nombre corto del programa (minúsculas, cifras y guiones, como plaza), y «${p['value']}» no lo es.`,
  shiftWrong: (p: Params, _f: Format) =>
    `--shift-weeks es un número entero de semanas entre -2000 y 2000, y «${p['value']}» no lo es.`,
  seedWrong: (p: Params, _f: Format) => `--seed es un número entero desde 0, y «${p['value']}» no lo es.`,
  usageImport:
    'Se usa así: npm run import -- --program NOMBRE --baskets FICHERO.csv.gz [--redemptions FICHERO.csv] [--shift-weeks N]',
  usageExport: 'Se usa así: npm run export -- --program NOMBRE --out FICHERO.ndjson',
  usageSeed: 'Se usa así: npm run seed -- [--seed N] [--doors]',
  fileUnreadable: (p: Params, _f: Format) => `No se puede leer ${p['file']}: ${p['reason']}`,
  fileColumn: (p: Params, _f: Format) => `En ${p['file']} falta la columna «${p['column']}».`,
  fileUnwritable: (p: Params, _f: Format) => `No se puede escribir ${p['file']}: ${p['reason']}`,
  rowColumn: (p: Params, _f: Format) => `la columna «${p['column']}» no se puede leer`,
  rowBroken: 'la línea no es CSV',
  created: (p: Params, _f: Format) => `Programa ${p['program']} creado.`,
  baskets: 'Compras',
  redemptions: 'Cupones',
  imported: (p: { count: number; seconds: number; rate: number }, f: Format) =>
    `${countRows(p.count, f)} en ${f.number(p.seconds)} s (${f.number(p.rate)}/s).`,
  accepted: (p: { count: number }, f: Format) => `Aceptadas:   ${f.number(p.count)}`,
  replayed: (p: { count: number }, f: Format) => `Ya estaban:  ${f.number(p.count)}`,
  refused: (p: { count: number }, f: Format) => `Rechazadas:  ${f.number(p.count)}`,
  refusedGroup: (p: { file: string; count: number; lines: string; reason: string }, f: Format) =>
    `  ${p.file}, ${countRows(p.count, f)} (${p.lines}): ${p.reason}`,
  interrupted:
    'Interrumpido. Vuelve a ejecutar la misma orden cuando quieras: sigue donde estaba y nada cuenta dos veces.',
  exported: (p: { count: number; file: string }, f: Format) =>
    `${f.count(p.count, { one: '# miembro', other: '# miembros' })} en ${p.file}.`,
  programEmpty: (p: Params, _f: Format) => `El programa ${p['program']} aún no tiene miembros con actividad.`,
  seeded: (p: { members: number; activities: number }, f: Format) =>
    `Plaza Verbena está lista: ${f.count(p.members, { one: '# miembro', other: '# miembros' })} y ${f.count(p.activities, { one: '# actividad', other: '# actividades' })}.`,
  plazaIsAnother:
    'Ya hay un programa «plaza» que no es el de la demostración; se deja como está y no se crea la demostración.',
  roleMember: 'Miembro, a una compra de su misión',
  roleNewMember: 'Miembro, recién llegado',
  roleOwner: 'Gerencia del programa',
  seededBefore: 'Plaza Verbena ya estaba lista; solo se ha comprobado.',
  usageVerify:
    'Se usa así: npm run verify -- [--program NOMBRE] [--repair] [--replay], npm run verify -- --program NOMBRE --drop ID, o npm run verify -- --proof FICHERO [--key CLAVE]',
  verifying: (p: { slug: string; members: number; entries: number }, f: Format) =>
    `${p.slug}: ${f.count(p.members, { one: '# miembro', other: '# miembros' })}, ${f.count(p.entries, { one: '# apunte', other: '# apuntes' })}.`,
  verifiedLanes: (p: { groups: number; roots: number }, f: Format) =>
    `Cadenas: ${f.count(p.groups, { one: '# grupo', other: '# grupos' })} y ${f.count(p.roots, { one: '# raíz firmada', other: '# raíces firmadas' })}.`,
  decidedAgain: (p: { slug: string; members: number; entries: number; older: number }, f: Format) =>
    `${p.slug}: ${f.count(p.entries, { one: '# apunte', other: '# apuntes' })} de ${f.count(p.members - p.older, { one: '# miembro', other: '# miembros' })} ${p.entries === 1 ? 'decidido' : 'decididos'} de nuevo${p.older === 0 ? '' : `; ${f.count(p.older, { one: '# miembro tiene', other: '# miembros tienen' })} apuntes de un motor anterior`}.`,
  replayDiffers: 'decidido de nuevo, el apunte sale distinto',
  verifiedClean: 'Todo cuadra.',
  proofHolds: (p: { entry: string; day: string; number: number; key: string }, f: Format) =>
    `La prueba es válida: el apunte ${p.entry} está en la raíz ${f.number(p.number)}, del ${f.day(p.day)}.\nLa firmó la clave ${p.key}: compárala con la que publica la instalación en /api/v1/roots.`,
  proofOtherKey: (p: Params, _f: Format) => `La prueba está firmada con otra clave: ${p['key']}.`,
  proofUnreadable: 'Esto no es una prueba de Verbena, o le falta algo.',
  proofEntry: 'La prueba no es válida: el apunte no es el que se escribió.',
  proofGroup: 'La prueba no es válida: el apunte no está en su grupo.',
  proofWay: 'La prueba no es válida: sus grupos no llevan hasta la raíz.',
  proofSignature: 'La prueba no es válida: la firma de la raíz no encaja.',
  verifyFinding: (p: Params, _f: Format) => `  ${p['where']}: ${p['text']}`,
  verifyFindings: (p: { count: number }, f: Format) =>
    `${f.count(p.count, { one: '# cosa no cuadra', other: '# cosas no cuadran' })}. No se ha cambiado nada; con --repair se corrigen los estados que difieren de su diario y se vuelve a intentar lo que quedó apartado.`,
  verifyRepaired: (p: { count: number }, f: Format) =>
    `${f.count(p.count, { one: '# estado corregido', other: '# estados corregidos' })}, cada uno con un apunte.`,
  setAside: (p: { id: string; type: string; reason: string }, _f: Format) =>
    `la actividad ${p.id} (${p.type}) quedó apartada: ${p.reason}`,
  asideTaken: (p: { count: number }, f: Format) =>
    `${f.count(p.count, { one: '# actividad apartada ya cuenta', other: '# actividades apartadas ya cuentan' })}.`,
  asideDropped: (p: { id: string; type: string }, _f: Format) =>
    `Se renuncia a la actividad ${p.id} (${p.type}); queda en el registro de cambios.`,
};

export type Words = typeof es;
