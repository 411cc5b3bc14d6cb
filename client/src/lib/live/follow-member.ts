import { LiveConnection } from './live-connection.svelte.js';
import { MemberStream } from './member-stream.js';
import type { MemberStreamListener } from './member-stream.js';

export interface FollowedMember {
  readonly connection: LiveConnection;
  readonly stream: MemberStream;
}

/**
 * A member's socket and the stream `me` on it, not connected yet. A module of its own, so that what makes screens live is
 * fetched after they are shown.
 */
export function followMember(
  program: string,
  since: number,
  listener: MemberStreamListener,
  onSessionEnded: () => void,
): FollowedMember {
  const connection = new LiveConnection(program, onSessionEnded);
  return { connection, stream: new MemberStream(connection, since, listener) };
}
