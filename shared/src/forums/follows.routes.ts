import { route } from '#platform/route.js';
import { FollowChoice } from './follow.js';

export const followThread = route({
  method: 'PUT',
  path: '/programs/:program/forum/threads/:thread/follow',
  summary: 'Watch a thread, mute it, or neither; whoever opened it watches it at first',
  access: 'forum.read',
  body: FollowChoice,
  response: FollowChoice,
  errors: ['program.notFound', 'thread.notFound', 'forum.notMember'],
});

export const followCategory = route({
  method: 'PUT',
  path: '/programs/:program/forum/categories/:category/follow',
  summary: 'Watch a category, by its slug, mute it, or neither',
  access: 'forum.read',
  body: FollowChoice,
  response: FollowChoice,
  errors: ['program.notFound', 'forumCategory.notFound', 'forum.notAllowed', 'forum.notMember'],
});
