import type { Cause } from '@verbena/shared/ledger/entry-recorded.js';

/** The post in our forum that an activity is about, by its id; others may send of theirs. */
export function postOf({ type, attributes, channel }: Pick<Cause, 'type' | 'attributes' | 'channel'>): string | null {
  const { post } = attributes;
  return channel === 'system' && type.startsWith('forum.') && typeof post === 'string' ? post : null;
}
