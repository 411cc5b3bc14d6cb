import type { FollowLevel } from '@verbena/shared/forums/follow.js';

/** Whether somebody wants to know nothing of a thread, by how it follows the thread and its category: what is watched is louder than around it. */
export function isSilent(thread: FollowLevel, category: FollowLevel): boolean {
  return thread === 'mute' || (thread !== 'watch' && category === 'mute');
}
