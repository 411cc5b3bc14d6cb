import type { Format } from '@verbena/shared/words/format.js';

/** What the forum says to whoever reads and writes there, in Spanish. */
export const es = {
  title: 'Foro',
  lead: 'Pregunta, cuenta y responde. Es la plaza de todos los socios.',
  sections: 'Secciones',
  emptyTitle: 'El foro todavía no tiene secciones para ti',
  emptyText: 'Cuando se abra una sección que puedas ver, la encontrarás aquí.',
  emptyAction: 'Volver al inicio',
  threads: (p: { count: number }, f: Format) => f.count(p.count, { one: '# hilo', other: '# hilos' }),
  threadsMore: (p: { count: number }, f: Format) => `Más de ${f.number(p.count)} hilos`,
  noThreads: 'Todavía sin hilos',
  last: 'Último:',
  by: (p: { author: string }) => `de ${p.author}`,
  hasUnread: 'Con mensajes nuevos',
  ownOnly: 'Aquí cada cual ve solo los hilos que abre.',
  closedFor: {
    title: 'Cerrada para ti',
    tier: (p: { tier: string }) => `Con la categoría ${p.tier}.`,
    missing: (p: { points: string; count: number }, f: Format) =>
      `${f.count(p.count, { one: 'Te falta', other: 'Te faltan' })} ${p.points}.`,
    badge: (p: { badges: string; count: number }, f: Format) =>
      f.count(p.count, { one: `Con la insignia ${p.badges}.`, other: `Con las insignias ${p.badges}.` }),
    others: 'Esta sección es solo para algunas personas.',
    howTiers: 'Ver las categorías',
    howBadges: 'Ver las insignias',
  },

  list: {
    place: 'Dónde estás',
    new: 'Abrir un hilo',
    pinned: 'Hilos fijados',
    threads: 'Hilos',
    more: 'Ver más hilos',
    news: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: '# hilo con novedades', other: '# hilos con novedades' }),
    emptyTitle: 'Aquí todavía no hay hilos',
    emptyText: 'Abre tú el primero: una pregunta, una idea o un saludo.',
    emptyReadText: 'Cuando alguien abra uno, lo verás en esta lista.',
    openedBy: (p: { author: string }) => `Lo abrió ${p.author}`,
    replies: (p: { count: number }, f: Format) => f.count(p.count, { one: '# respuesta', other: '# respuestas' }),
    noReplies: 'Sin respuestas',
    lastBy: (p: { author: string }) => `Última de ${p.author},`,
    unread: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: '# mensaje nuevo', other: '# mensajes nuevos' }),
    unreadMore: (p: { count: number }, f: Format) => `${f.number(p.count)} mensajes nuevos o más`,
    markAllRead: 'Marcar todo como leído',
    allRead: 'Todo queda como leído',
    isPinned: 'Fijado',
    isLocked: 'Cerrado',
    isSolved: 'Resuelto',
    isDeleted: 'Retirado',
    back: 'Volver al foro',
    goneTitle: 'Esta sección no está',
  },

  open: {
    title: 'Abrir un hilo',
    category: 'Sección',
    name: 'Título',
    nameHint: 'Di en una línea de qué va.',
    nameMissing: 'Ponle un título de 3 letras o más.',
    body: 'Tu mensaje',
    publish: 'Publicar el hilo',
    noneTitle: 'Ahora no puedes abrir hilos',
    noneText: 'Puedes leer y responder en los que ya hay.',
  },

  thread: {
    goneTitle: 'Este hilo no está',
    postGoneTitle: 'Este mensaje no está',
    goTo: 'Abriendo el mensaje',
    toAnswer: 'Ir a la respuesta aceptada',
    deleted: 'Este hilo está retirado. Solo lo ven quien lo abrió y quien modera.',
    closes: (p: { when: string }) => `Se cierra el ${p.when}`,
    slow: (p: { wait: string }) => `Aquí se va despacio: espera ${p.wait} entre una respuesta tuya y la siguiente.`,
    wait: (p: { seconds: number }, f: Format) =>
      p.seconds % 3_600 === 0
        ? f.count(p.seconds / 3_600, { one: '# hora', other: '# horas' })
        : p.seconds % 60 === 0
          ? f.count(p.seconds / 60, { one: '# minuto', other: '# minutos' })
          : f.count(p.seconds, { one: '# segundo', other: '# segundos' }),
    posts: 'Mensajes',
    newFromHere: 'Nuevo desde tu última visita',
    earlier: 'Ver anteriores',
    later: 'Ver siguientes',
    range: (p: { first: number; last: number; total: number }, f: Format) =>
      `Mensajes ${f.number(p.first)} a ${f.number(p.last)} de ${f.number(p.total)}`,
    news: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: '# respuesta nueva', other: '# respuestas nuevas' }),
    readers: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: '# persona lee esto ahora', other: '# personas leen esto ahora' }),
    typing: (p: { names: string; count: number }, f: Format) =>
      f.count(p.count, { one: `${p.names} está escribiendo…`, other: `${p.names} están escribiendo…` }),
    closed: 'Este hilo está cerrado: ya no admite respuestas.',
    readOnly: 'En esta sección puedes leer, pero no responder.',
    rename: 'Cambiar el título',
    tools: 'Moderar el hilo',
  },

  post: {
    someone: 'Alguien sin alias',
    you: 'tú',
    tier: 'Categoría',
    badges: 'Insignias que ha elegido',
    badge: (p: { badge: string }) => `Insignia: ${p.badge}`,
    heading: (p: { author: string; number: number }, f: Format) => `${p.author}, mensaje ${f.number(p.number)}`,
    number: (p: { number: number }, f: Format) => `n.º ${f.number(p.number)}`,
    edited: 'editado',
    editedAt: (p: { when: string }) => `Editado el ${p.when}`,
    inReply: (p: { author: string; number: number }, f: Format) =>
      `En respuesta a ${p.author} (n.º ${f.number(p.number)})`,
    back: (p: { number: number }, f: Format) => `Volver al mensaje ${f.number(p.number)}`,
    quoted: 'Ir al mensaje citado',
    isAnswer: 'Respuesta aceptada',
    reply: 'Responder',
    replyTo: (p: { number: number }, f: Format) => `Responder al mensaje ${f.number(p.number)}`,
    quote: 'Citar',
    quoteOf: (p: { number: number }, f: Format) => `Citar el mensaje ${f.number(p.number)}`,
    more: 'Más',
    moreOf: (p: { number: number }, f: Format) => `Más sobre el mensaje ${f.number(p.number)}`,
    copy: 'Copiar enlace',
    copied: 'Enlace copiado',
    copyFailed: 'Tu navegador no deja copiar. Este es el enlace:',
    edit: 'Editar',
    delete: 'Retirar',
    restore: 'Devolver',
    restored: 'El mensaje vuelve a estar',
    purge: 'Borrar del todo',
    history: 'Ver versiones',
    reactions: 'Ver quién reaccionó',
    accept: 'Aceptar como respuesta',
    accepted: 'Respuesta aceptada',
    unaccept: 'Quitar como respuesta',
    unaccepted: 'El hilo ya no tiene respuesta aceptada',
    goneByAuthor: 'Quien lo escribió retiró este mensaje.',
    goneByMe: 'Retiraste este mensaje. Los demás ya no lo leen.',
    goneByModerator: 'Quien modera retiró este mensaje.',
    gonePurged: 'Este mensaje se borró del todo.',
    reason: (p: { reason: string }) => `Motivo: ${p.reason}`,
  },

  reactions: {
    react: 'Reaccionar',
    of: (p: { number: number }, f: Format) => `Reacciones al mensaje ${f.number(p.number)}`,
    add: (p: { number: number }, f: Format) => `Reaccionar al mensaje ${f.number(p.number)}`,
    count: (p: { name: string; count: number }, f: Format) =>
      p.count === 0 ? `${p.name}` : `${p.name}: ${f.count(p.count, { one: '# persona', other: '# personas' })}`,
    who: 'Quién reaccionó',
    did: (p: { name: string; when: string }) => `${p.name} · ${p.when}`,
    nobody: 'Ya nadie reacciona a este mensaje.',
  },

  editing: {
    label: 'Cambiar el mensaje',
    save: 'Guardar',
    saved: 'Mensaje guardado',
    now: 'Así está ahora:',
    reason: 'Motivo del cambio',
    reasonHint: 'Queda en el registro de quien modera.',
  },

  takeAway: {
    title: 'Retirar este mensaje',
    thread: 'Es el primero: con él se retira el hilo entero.',
    own: 'Los demás verán que aquí hubo un mensaje, pero no lo que decía. Puedes devolverlo cuando quieras.',
    other: 'Quien lo escribió leerá el motivo; los demás, no.',
    reason: 'Motivo',
    reasonMissing: 'Escribe el motivo, de 3 letras o más.',
    confirm: 'Retirar',
    done: 'Mensaje retirado',
  },

  versions: {
    title: 'Versiones de este mensaje',
    now: 'Como está ahora',
    version: (p: { version: number }, f: Format) => `Versión ${f.number(p.version)}`,
    by: (p: { author: string; when: string }) => `${p.author}, ${p.when}`,
    only: 'Solo hay una versión: los cambios de los primeros cinco minutos no dejan rastro.',
    marks: 'Subrayado, lo que se añadió; tachado, lo que se quitó.',
    added: 'añadido:',
    removed: 'quitado:',
    end: 'fin del cambio.',
  },

  composer: {
    reply: 'Tu respuesta',
    publish: 'Publicar',
    published: 'Mensaje publicado',
    write: 'Escribir',
    preview: 'Vista previa',
    tabs: 'Texto y vista previa',
    previewEmpty: 'Escribe algo y aquí verás cómo queda.',
    hint: 'Con Ctrl + Intro, o ⌘ + Intro, se publica.',
    missing: 'Escribe algo antes de publicar.',
    left: (p: { count: number }, f: Format) => f.count(p.count, { one: 'Queda # letra', other: 'Quedan # letras' }),
    over: (p: { count: number }, f: Format) => f.count(p.count, { one: 'Sobra # letra', other: 'Sobran # letras' }),
    notReply: 'No responder a ese mensaje',
    cancel: 'Cancelar',
    toolbar: 'Dar formato',
    tools: {
      bold: 'Negrita',
      italic: 'Cursiva',
      link: 'Enlace',
      quote: 'Cita',
      list: 'Lista',
      code: 'Código',
      spoiler: 'Ocultar',
    },
    /** What stands where nothing was selected, for whoever types over it. */
    sample: { words: 'texto', address: 'https://' },
  },

  keys: {
    next: 'Siguiente',
    previous: 'Anterior',
    open: 'Abrir lo señalado',
    nextPost: 'Mensaje siguiente',
    previousPost: 'Mensaje anterior',
    reply: 'Responder',
  },
};

export type ForumWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    forum: ForumWords;
  }
}
