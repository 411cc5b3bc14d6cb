import * as z from 'zod/mini';
import { route } from '#platform/route.js';
import { typedLine } from '#platform/typed-text.js';

export const PEOPLE_MAX = 8;

export const listPeople = route({
  method: 'GET',
  path: '/programs/:program/forum/categories/:category/people',
  summary:
    'Whom one may mention in a category, by its slug: others who may read there and whose alias begins with `q`, at most 8; nobody without a letter',
  access: 'forum.read',
  query: z.strictObject({ q: z.optional(typedLine(0, 24)) }),
  response: z.object({ items: z.array(z.object({ alias: z.string() })) }),
  errors: ['program.notFound', 'forumCategory.notFound', 'forum.notAllowed'],
});
