/** What those read who change a thread as a whole, in Spanish. */
export const es = {
  title: 'Moderar el hilo',
  renameTitle: 'Cambiar el título',
  name: 'Título',
  category: 'Sección',
  locked: 'Cerrado',
  lockedHint: 'Se lee, pero nadie responde ni cambia nada.',
  closes: 'Se cierra solo',
  closesHint: 'Día y hora; vacío, nunca.',
  pin: 'Fijado arriba',
  pins: { none: 'No', category: 'En su sección', forum: 'En todo el foro' },
  pinUntil: 'Hasta cuándo se queda fijado',
  pinUntilHint: 'Día y hora; vacío, hasta que alguien lo suelte.',
  notTime: 'Pon el día y la hora.',
  slow: 'Espera entre dos respuestas de la misma persona',
  slowNone: 'Ninguna',
  save: 'Guardar',
  saved: 'Hilo guardado',
  purgeTitle: 'Borrar del todo',
  purgeText: 'Lo que decía este mensaje se olvida para siempre. Nadie podrá devolverlo.',
  purgeConfirm: 'Sí, borrar del todo',
  purged: 'Mensaje borrado del todo',
};

export type ThreadToolsWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    threadTools: ThreadToolsWords;
  }
}
