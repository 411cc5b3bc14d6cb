import type { Notice } from '@verbena/shared/notices/notice.js';
import type { NoticeView } from './notice-source.port.js';
import type { NoticeDocument } from './notices.schema.js';

/** Something that a member was told of, and what it may read of it. */
export interface ReadableNotice {
  readonly notice: Pick<NoticeDocument, 'q' | 'at' | 'reason' | 'group'>;
  readonly view: NoticeView;
}

/**
 * Those of one group as one, “Ana and 3 more”: what is not read yet apart from what is. In the order of the latest of each.
 *
 * @param readable the latest first
 * @param read how far the member read
 */
export function groupNotices(readable: readonly ReadableNotice[], read: number): Notice[] {
  const groups = new Map<string, [ReadableNotice, ...ReadableNotice[]]>();
  for (const one of readable) {
    const key = `${one.notice.q > read ? 'new' : 'read'}|${one.notice.group}`;
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [one]);
    else others.push(one);
  }
  return [...groups.values()].map((all) => {
    const [{ notice, view }] = all;
    const people = new Set(all.map((one) => one.view.author));
    return {
      q: notice.q,
      at: notice.at.toISOString(),
      reason: notice.reason,
      count: all.length,
      by: view.alias,
      others: people.size - 1,
      title: view.title,
      ...(view.detail === undefined ? {} : { detail: view.detail }),
      path: view.path,
    };
  });
}
