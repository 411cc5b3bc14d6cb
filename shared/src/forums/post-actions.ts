import type { Post, PostAction } from './threads.routes.js';

/** Whose post it is, and what else the rules of actions ask. */
export interface ActionContext {
  readonly isOwn: boolean;
  readonly moderates: boolean;
  /** The reader could answer in the thread now. */
  readonly mayWrite: boolean;
}

/** What somebody may do with a post: the buttons on a screen, and what the server lets through. */
export function actionsOn(
  deletion: Pick<NonNullable<Post['deletion']>, 'by' | 'isPurged'> | null,
  { isOwn, moderates, mayWrite }: ActionContext,
): PostAction[] {
  const writes = moderates || (isOwn && mayWrite);
  const history: PostAction[] = (isOwn || moderates) && deletion?.isPurged !== true ? ['history'] : [];
  if (deletion === null) return writes ? ['edit', 'delete', ...history] : history;
  if (deletion.isPurged) return [];
  // What a moderator took away its author does not put back.
  if (moderates) return ['restore', 'purge', ...history];
  return isOwn && mayWrite && deletion.by === 'author' ? ['restore', ...history] : history;
}
