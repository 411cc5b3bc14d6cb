import type { Format } from '@verbena/shared/words/format.js';

/** What the page about the state of the installation says, in Spanish. */
export const es = {
  title: 'Estado',
  whole: {
    ok: 'Todo funciona.',
    degraded: 'Algo va a medias, pero los puntos se siguen anotando.',
    down: 'Ahora mismo no se puede anotar nada. Lo que envíen las cajas no se pierde si lo reintentan.',
  },
  live: 'Se comprueba cada cinco segundos.',
  pause: 'Pausar',
  resume: 'Seguir comprobando',
  paused: (p: { time: string }) => `En pausa desde las ${p.time}.`,
  ms: (p: { ms: number }, f: Format) => `Responde en ${f.number(p.ms)} ms.`,
  lagMs: (p: { ms: number }, f: Format) =>
    `Lo más antiguo espera ${f.count(Math.round(p.ms / 1000), { one: '# segundo', other: '# segundos' })}.`,
  states: { ok: 'Bien', degraded: 'A medias', down: 'Parado' },
  parts: {
    database: {
      name: 'Base de datos',
      ok: 'Guarda y responde.',
      degraded: 'Responde despacio.',
      down: 'No responde. Sin ella no se puede anotar ni mostrar nada.',
      works: 'Las pantallas que ya están abiertas siguen mostrando lo último que leyeron.',
    },
    redis: {
      name: 'Redis',
      ok: 'Lleva los avisos, las colas y las clasificaciones.',
      degraded: 'Responde despacio.',
      down: 'No responde. Los avisos en directo y las clasificaciones esperan.',
      works: 'Los puntos se siguen anotando y nada se pierde: al volver, todo se pone al día solo.',
    },
    queues: {
      name: 'Colas de trabajo',
      ok: 'Las tareas programadas salen a su hora.',
      degraded: 'Hay tareas que llevan un rato paradas.',
      down: 'No salen tareas: correos, cambios de fecha y trabajos en segundo plano esperan.',
      works: 'Los puntos se siguen anotando. Las tareas salen en cuanto vuelvan las colas.',
    },
    outbox: {
      name: 'Reparto',
      ok: 'Lo anotado llega enseguida a las pantallas.',
      degraded: 'Lo anotado llega con retraso a las pantallas.',
      down: 'Lo anotado no llega a las pantallas.',
      works: 'Todo queda anotado. Al recargar, cada socio ve sus puntos al día.',
    },
    lanes: {
      name: 'Anotación',
      ok: 'Este servidor anota lo que llega.',
      degraded: 'Este servidor solo anota una parte; otro hace el resto.',
      down: 'Este servidor no anota ahora. Otro toma el relevo en unos segundos.',
      works: 'Se puede consultar todo. Las cajas reciben «inténtalo en un momento» y no pierden nada.',
    },
    mail: {
      name: 'Correo',
      ok: 'Los mensajes salen.',
      degraded: 'Hay mensajes que no salen; se reintentan.',
      down: 'El servidor de correo no responde. Los mensajes esperan.',
      works: 'Todo lo demás funciona. Los mensajes se pueden leer en la página de correo.',
    },
    books: {
      name: 'Libros',
      ok: 'En la última revisión todo cuadraba.',
      degraded: 'En la última revisión algo no cuadraba. Abajo está qué y qué se propone.',
      down: 'No se sabe cómo están los libros.',
      works: 'Los puntos se siguen anotando. Nada se corrige solo.',
    },
  } as Record<string, PartWords>,
  /** Where a part says more than well or not. */
  codes: {
    'mail.kept': 'Esta instalación no tiene correo saliente: los mensajes se quedan en la página de correo.',
    'outbox.quarantine':
      'Lo anotado llega a las pantallas. Hay algo de este programa que no se pudo anotar: lo tienes abajo.',
    'books.never': 'Aún no se han revisado; se hace cada noche.',
    'books.old': 'Hace más de un día que no se revisan. Comprueba que salen las tareas.',
  } as Record<string, string>,
  lookedAt: (p: { when: string }) => `Revisado el ${p.when}.`,
  otherPart: {
    ok: 'Funciona.',
    degraded: 'Va a medias.',
    down: 'No responde.',
    works: 'El resto sigue funcionando.',
  },
  warnings: 'Avisos de la instalación',
  warningsText: 'Los escribe el servidor para quien lo mantiene.',
  version: (p: { version: string }) => `Verbena ${p.version}`,
  code: (p: { code: string }) => `Para quien mantiene la instalación: ${p.code}`,
};

interface PartWords {
  name: string;
  ok: string;
  degraded: string;
  down: string;
  /** What goes on meanwhile. */
  works: string;
}

export type HealthWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    health: HealthWords;
  }
}
