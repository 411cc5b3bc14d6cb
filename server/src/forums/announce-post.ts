import type { Session } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { Notices } from '#notices/notices.service.js';
import type { DeletionRecord, PostDocument } from './forums.schema.js';

/** The kind of notices that posts bring. */
export const POST_NOTICE = 'forum.post';
/** The kind of those that a moderator brings who takes a post away. */
export const REMOVAL_NOTICE = 'forum.removal';

/**
 * Has those told whom a post concerns, in the transaction that publishes it; one that is `changed`, those whom its words name since.
 * Everything that is told of a post hangs on this (FB7).
 */
export async function announcePost(
  notices: Pick<Notices, 'announce'>,
  session: Session,
  { _id, program }: Pick<PostDocument, '_id' | 'program'>,
  is: 'published' | 'changed',
): Promise<void> {
  await notices.announce(session, scopeOf(program), { kind: POST_NOTICE, subject: _id, isChange: is === 'changed' });
}

/** Has the author of a post told that a moderator took it away, in the transaction that does. */
export async function announceRemoval(
  notices: Pick<Notices, 'announce'>,
  session: Session,
  post: Pick<PostDocument, '_id' | 'program'>,
  deletion: DeletionRecord,
): Promise<void> {
  const subject = removalOf(post, deletion);
  await notices.announce(session, scopeOf(post.program), { kind: REMOVAL_NOTICE, subject, isChange: false });
}

/** One deletion of a post: taken away again after it came back, it is told of again. */
export function removalOf({ _id }: Pick<PostDocument, '_id'>, { at }: Pick<DeletionRecord, 'at'>): string {
  return `${_id}|${at.getTime()}`;
}
