import { LiveConnection } from './live-connection.svelte.js';
import { CaughtUpStream } from './caught-up-stream.js';
import type { CaughtUpListener } from './caught-up-stream.js';

export interface FollowedMember {
  readonly connection: LiveConnection;
  readonly stream: CaughtUpStream;
}

/**
 * A member's socket and the stream `me` on it, not connected yet. A module of its own, so that what makes screens live is
 * fetched after they are shown.
 */
export function followMember(
  program: string,
  since: number,
  listener: CaughtUpListener,
  onSessionEnded: () => void,
): FollowedMember {
  const connection = new LiveConnection(program, onSessionEnded);
  return { connection, stream: new CaughtUpStream(connection, 'me', since, listener) };
}
