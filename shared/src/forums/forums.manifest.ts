import * as z from 'zod/mini';
import { Ulid } from '#platform/ids.js';
import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';
import { FORUM_ACTIVITIES } from './forum-activities.js';
import { ThreadChanged, ThreadsMoved } from './forum-pushes.js';
import { ForumId } from './threads.routes.js';

export const permissions = {
  /** To take part; what that is in each category its own rights say. */
  'forum.read': { role: 'member', secondFactor: 'never' },
  'forum.manage': { role: 'manager', secondFactor: 'toChange' },
} as const satisfies Record<string, PermissionSpec>;

export const activities = FORUM_ACTIVITIES;

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
  'reaction.own': {
    status: 409,
    title: { es: 'A lo propio no se reacciona', en: 'One does not react to one’s own posts' },
  },
  'reaction.tooMany': {
    status: 429,
    title: { es: 'Por hoy son bastantes reacciones', en: 'That is enough reactions for a day' },
  },
  'forum.firstDay': {
    status: 429,
    title: { es: 'El primer día se escribe con medida', en: 'On the first day one writes only so much' },
  },
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

/**
 * `thread:<id>`: the thread's changes, its `q` what the thread's `changes` was then, so that all of them can be read again.
 * `category:<id>`: its list; `q` counts a node's pushes, so a reader that comes back, or misses a number, reads the list anew.
 */
export const streams = {
  thread: z.templateLiteral(['thread:', ForumId]),
  category: z.templateLiteral(['category:', Ulid]),
};

export const pushes = { 'thread.changed': ThreadChanged, 'threads.moved': ThreadsMoved };
