import type { HouseActivity } from '#activities/activity-type.js';
import type { ObjectAttribute } from '#activities/attribute-schema.js';

export type ForumActivityType = 'forum.thread' | 'forum.reply' | 'forum.reaction' | 'forum.accepted';

const text = (es: string, en: string) => ({ es, en });
const id = (es: string, en: string) =>
  ({ type: 'string', minLength: 1, maxLength: 200, 'x-label': text(es, en) }) as const;

const thread = id('Hilo', 'Thread');
const post = id('Mensaje', 'Post');
const category = id('Sección', 'Category');
const other = id('La otra persona', 'The other person');
const length = { type: 'integer', minimum: 0, 'x-label': text('Letras', 'Letters') } as const;

const written: ObjectAttribute = {
  type: 'object',
  required: ['thread', 'post'],
  properties: { thread, post, category, length },
};

/**
 * What the forum tells of members, each as an activity of whoever earns by it: that it opened a thread, answered in one, that another
 * member reacted to a post of its, or that a post of its was accepted as the answer. A program counts those whose type it defines, and
 * of their attributes those that the type names. `category` is the short name of the section, `length` how many letters and digits the
 * author's own words have, without quotes, `other` the member who reacted or accepted.
 */
export const FORUM_ACTIVITIES = [
  { id: 'forum.thread', name: text('Hilo abierto', 'Thread opened'), attributes: written },
  { id: 'forum.reply', name: text('Respuesta en el foro', 'Reply in the forum'), attributes: written },
  {
    id: 'forum.reaction',
    name: text('Reacción recibida', 'Reaction received'),
    attributes: {
      type: 'object',
      required: ['thread', 'post', 'other'],
      properties: { thread, post, category, other, reaction: id('Reacción', 'Reaction') },
    },
  },
  {
    id: 'forum.accepted',
    name: text('Respuesta aceptada', 'Answer accepted'),
    attributes: { type: 'object', required: ['thread', 'post'], properties: { thread, post, category, other } },
  },
] satisfies (HouseActivity & { readonly id: ForumActivityType })[];
