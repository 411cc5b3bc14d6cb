import { actionsOn } from '@verbena/shared/forums/post-actions.js';
import type { Right } from '@verbena/shared/forums/category.js';
import { SHOWS_AT_FIRST } from '@verbena/shared/members/members.routes.js';
import { AuthorLines } from './author-lines.js';
import type { DeletionRecord, PostDocument } from './forums.schema.js';
import { Signatures } from './signatures.js';
import { isLocked, pinOf, postOf } from './thread-views.js';

const at = new Date('2026-11-30T10:00:00.000Z');
const gone = (given: Partial<DeletionRecord> = {}): DeletionRecord => ({
  by: 'author',
  at,
  reason: null,
  isPurged: false,
  wasAnswer: false,
  ...given,
});
const nobody = { isOwn: false, moderates: false, mayWrite: true };
const author = { isOwn: true, moderates: false, mayWrite: true };
const moderator = { isOwn: false, moderates: true, mayWrite: false };

test.each([
  [null, nobody, []],
  [null, author, ['edit', 'delete', 'history']],
  [null, { ...author, mayWrite: false }, ['history']],
  [null, moderator, ['edit', 'delete', 'history']],
  [gone(), nobody, []],
  [gone(), author, ['restore', 'history']],
  [gone({ by: 'moderator' }), author, ['history']],
  [gone({ by: 'moderator' }), moderator, ['restore', 'purge', 'history']],
  [gone({ isPurged: true }), author, []],
  [gone({ isPurged: true }), moderator, []],
])('#15 #18 what may be done with a post that is %j by %j', (deletion, context, actions) => {
  expect(actionsOn(deletion, context)).toEqual(actions);
});

const post: PostDocument = {
  _id: 'p'.repeat(22),
  program: 'plaza',
  thread: 't'.repeat(22),
  number: 2,
  author: 'ana-before',
  createdAt: at,
  digest: '',
  body: 'secreto',
  html: '<p>secreto</p>',
  markdown: 1,
  version: 1,
  writtenAt: at,
  writtenBy: 'ana-before',
  editedAt: null,
  replyTo: null,
  deletion: gone({ by: 'moderator', reason: 'Publicidad' }),
  change: 2,
};
const ana = { member: 'ana', alias: 'ana', shows: SHOWS_AT_FIRST, chosenBadges: [] };
const seen = (reader: string, rights: Right[] = ['see', 'read', 'reply']) =>
  postOf(post, {
    rights: new Set(rights),
    lines: new AuthorLines(new Signatures(new Map([['ana-before', ana]]), reader), new Map()),
    isLocked: false,
    reactions: new Map(),
  });

test('#18 what was taken away its author and who moderates still read, with the reason; the others neither', () => {
  expect(seen('beto')).toMatchObject({ html: '', deletion: { by: 'moderator', reason: null }, can: [] });
  expect(seen('ana')).toMatchObject({ html: post.html, deletion: { reason: 'Publicidad' }, author: { isMe: true } });
  expect(seen('eva', ['see', 'read', 'moderate'])).toMatchObject({
    html: post.html,
    can: ['restore', 'purge', 'history'],
  });
});

test('#16 a thread is locked by hand or when its time is over, and pinned until its pin is', () => {
  const [earlier, now, later] = [new Date(1), 2, new Date(3)];
  expect(isLocked({ lockedAt: null, closesAt: null }, now)).toBe(false);
  expect(isLocked({ lockedAt: null, closesAt: later }, now)).toBe(false);
  expect(isLocked({ lockedAt: null, closesAt: earlier }, now)).toBe(true);
  expect(isLocked({ lockedAt: earlier, closesAt: null }, now)).toBe(true);
  expect(pinOf({ pin: 'forum', pinUntil: null }, now)).toEqual({ in: 'forum', until: null });
  expect(pinOf({ pin: 'category', pinUntil: later }, now)).toMatchObject({ in: 'category' });
  expect(pinOf({ pin: 'category', pinUntil: earlier }, now)).toBeNull();
});
