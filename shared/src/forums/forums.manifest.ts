import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  /** To take part; what that is in each category its own rights say. */
  'forum.read': { role: 'member', secondFactor: 'never' },
  'forum.manage': { role: 'manager', secondFactor: 'toChange' },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'forumCategory.notFound': { status: 404, title: { es: 'No hay tal sección', en: 'There is no such category' } },
  'forumCategory.slugTaken': {
    status: 409,
    title: { es: 'Otra sección tiene ese nombre corto', en: 'Another category has this slug' },
  },
  'thread.notFound': { status: 404, title: { es: 'No hay tal hilo', en: 'There is no such thread' } },
  'thread.locked': { status: 409, title: { es: 'Este hilo está cerrado', en: 'This thread is closed' } },
  'thread.slow': {
    status: 429,
    title: { es: 'En este hilo hay que esperar entre respuestas', en: 'This thread is slowed down' },
  },
  'thread.hasReplies': {
    status: 409,
    title: { es: 'Este hilo ya tiene respuestas', en: 'This thread has answers already' },
  },
  'post.notFound': { status: 404, title: { es: 'No hay tal mensaje', en: 'There is no such post' } },
  'post.changed': {
    status: 409,
    title: { es: 'Alguien cambió este mensaje entretanto', en: 'Somebody changed this post meanwhile' },
  },
  'post.keyTaken': {
    status: 409,
    title: { es: 'Esa clave ya es de otro mensaje', en: 'This key belongs to another post' },
  },
  'post.deleted': { status: 409, title: { es: 'Este mensaje se retiró', en: 'This post was taken away' } },
  'post.notDeleted': { status: 409, title: { es: 'Este mensaje no está retirado', en: 'This post is there' } },
  'post.purged': { status: 409, title: { es: 'Este mensaje se borró del todo', en: 'This post is gone for ever' } },
  'forum.notAllowed': {
    status: 403,
    title: { es: 'No puedes hacer eso aquí', en: 'You may not do this here' },
  },
  'forum.notMember': {
    status: 409,
    title: { es: 'Para escribir hay que ser socio', en: 'Only members write here' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = [
  'forumCategory.created',
  'forumCategory.changed',
  'forumThread.changed',
  'forumPost.changed',
  'forumPost.deleted',
  'forumPost.restored',
  'forumPost.purged',
] as const;

export const auditSubjects = ['forumCategory', 'forumThread', 'forumPost'] as const;
