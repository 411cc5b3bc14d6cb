import type { Notice } from '@verbena/shared/notices/notice.js';
import type { Award } from './award.js';
import { countUnread, listInBell } from './bell-list.js';

/** What was shown to the member lately and what it was told of others, to be read again: the newest first, and how much of it is new. */
export class Bell {
  items = $state.raw<readonly Award[]>([]);
  /** As the server listed them last; what is new among them it counts. */
  notices = $state.raw<readonly Notice[]>([]);
  unreadNotices = $state(0);
  /** The journal was looked through for it: an empty list is empty. */
  isLoaded = $state(false);
  /** How far the member has read, on any device. Until the server has said so, nothing counts as new. */
  read = $state(Number.POSITIVE_INFINITY);
  readonly unread: number = $derived(countUnread(this.items, this.read) + this.unreadNotices);

  add(awards: readonly Award[]): void {
    this.items = listInBell(this.items, awards);
  }

  /** Only ever forward. */
  markRead(q: number): void {
    this.read = Number.isFinite(this.read) ? Math.max(this.read, q) : q;
  }
}
