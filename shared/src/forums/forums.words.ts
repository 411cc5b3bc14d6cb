import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import { tellWait } from '#words/tell-wait.js';
import type * as manifest from './forums.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'forumCategory.notFound': {
    es: 'Esta sección del foro no existe, o no es para ti.',
    en: 'There is no such category of the forum, or it is not for you.',
  },
  'forumCategory.slugTaken': {
    es: 'Otra sección del foro ya usa esa dirección. Elige otra.',
    en: 'Another category of the forum has that address. Choose another one.',
  },
  'thread.notFound': {
    es: 'Este hilo no existe, o no es para ti.',
    en: 'There is no such thread, or it is not for you.',
  },
  'thread.locked': {
    es: 'Este hilo está cerrado: ya no admite respuestas ni cambios.',
    en: 'This thread is closed: it takes no more answers or changes.',
  },
  'thread.slow': {
    es: (p, f) =>
      `En este hilo se va despacio: podrás responder otra vez en ${f.count(Number(p['seconds']), { one: '# segundo', other: '# segundos' })}.`,
    en: (p, f) =>
      `This thread is slowed down: you can answer again in ${f.count(Number(p['seconds']), { one: '# second', other: '# seconds' })}.`,
  },
  'thread.hasReplies': {
    es: 'Alguien ya ha respondido, así que el hilo se queda. Puedes cambiar tu mensaje, o pedir a quien modera que lo retire.',
    en: 'Somebody has answered already, so the thread stays. You can change your post, or ask a moderator to take it away.',
  },
  'post.notFound': {
    es: 'Este mensaje no existe, o no es para ti.',
    en: 'There is no such post, or it is not for you.',
  },
  'post.changed': {
    es: 'Alguien ha cambiado este mensaje mientras lo editabas. Tu texto sigue aquí: mira cómo está ahora y guárdalo otra vez.',
    en: 'Somebody changed this post while you were editing it. Your text is still here: look at how it is now, and save it again.',
  },
  'post.keyTaken': {
    es: 'Este mensaje ya se publicó con otras palabras. Lo que has escrito no se ha perdido: publícalo como mensaje nuevo.',
    en: 'This post was published already with other words. What you wrote is not lost: publish it as a new post.',
  },
  'post.deleted': { es: 'Este mensaje ya se retiró.', en: 'This post was taken away already.' },
  'post.notDeleted': { es: 'Este mensaje no está retirado.', en: 'This post has not been taken away.' },
  'post.purged': {
    es: 'Este mensaje se borró del todo y no puede volver.',
    en: 'This post is gone for ever and cannot come back.',
  },
  'reaction.own': {
    es: 'A tus propios mensajes no puedes reaccionar.',
    en: 'You cannot react to your own posts.',
  },
  'reaction.tooMany': {
    es: (p, f) =>
      `Ya has reaccionado ${f.count(Number(p['max']), { one: '# vez', other: '# veces' })} en un día. Podrás volver a hacerlo en ${tellWait(p['seconds'], f)}.`,
    en: (p, f) =>
      `You have reacted ${f.count(Number(p['max']), { one: '# time', other: '# times' })} in a day. You can do so again in ${tellWait(p['seconds'], f)}.`,
  },
  'forum.firstDay': {
    es: (p, f) =>
      p['what'] === 'threads'
        ? `El primer día se abren como mucho ${f.count(Number(p['max']), { one: '# hilo', other: '# hilos' })}. Podrás abrir otro en ${tellWait(p['seconds'], f)}; tu texto sigue aquí.`
        : `El primer día se responde como mucho ${f.count(Number(p['max']), { one: '# vez', other: '# veces' })}. Podrás responder otra vez en ${tellWait(p['seconds'], f)}; tu texto sigue aquí.`,
    en: (p, f) =>
      p['what'] === 'threads'
        ? `On the first day one opens at most ${f.count(Number(p['max']), { one: '# thread', other: '# threads' })}. You can open another in ${tellWait(p['seconds'], f)}; your text is still here.`
        : `On the first day one answers at most ${f.count(Number(p['max']), { one: '# time', other: '# times' })}. You can answer again in ${tellWait(p['seconds'], f)}; your text is still here.`,
  },
  'forum.notAllowed': {
    es: 'No puedes hacer eso en esta parte del foro.',
    en: 'You may not do that in this part of the forum.',
  },
  'forum.notMember': {
    es: 'Para escribir en el foro tienes que ser socio del programa.',
    en: 'To write in the forum you have to be a member of the program.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'forumCategory.created': { es: 'Sección del foro creada', en: 'Forum category made' },
  'forumCategory.changed': { es: 'Sección del foro cambiada', en: 'Forum category changed' },
  'forumThread.changed': { es: 'Hilo del foro cambiado por quien modera', en: 'Forum thread changed by a moderator' },
  'forumPost.changed': { es: 'Mensaje del foro cambiado por quien modera', en: 'Forum post changed by a moderator' },
  'forumPost.deleted': { es: 'Mensaje del foro retirado', en: 'Forum post taken away' },
  'forumPost.restored': { es: 'Mensaje del foro devuelto', en: 'Forum post put back' },
  'forumPost.purged': { es: 'Mensaje del foro borrado del todo', en: 'Forum post erased for ever' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  forumCategory: { es: 'Sección del foro', en: 'Forum category' },
  forumThread: { es: 'Hilo del foro', en: 'Forum thread' },
  forumPost: { es: 'Mensaje del foro', en: 'Forum post' },
};
