import type { Award } from './award.js';
import { BELL_MAX, countUnread, listInBell } from './bell-list.js';

/** What was shown to the member lately, to be read again: the newest first, and how much of it is new. */
export class Bell {
  items = $state.raw<readonly Award[]>([]);
  /** The journal was looked through for it: an empty list is empty. */
  isLoaded = $state(false);
  /** How far the member has read, on any device. Until the server has said so, nothing counts as new. */
  read = $state(Number.POSITIVE_INFINITY);
  readonly unread: number = $derived(countUnread(this.items, this.read));
  readonly shown: readonly Award[] = $derived(this.items.slice(0, BELL_MAX));

  add(awards: readonly Award[]): void {
    this.items = listInBell(this.items, awards);
  }

  /** Only ever forward. */
  markRead(q: number): void {
    this.read = Number.isFinite(this.read) ? Math.max(this.read, q) : q;
  }
}
