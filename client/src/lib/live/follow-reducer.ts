/**
 * What one client knows of a stream that nobody keeps: numbers only tell whether something was lost, and what was lost is
 * read anew. Pure, so that every order of pushes and answers can be tried without a socket.
 */
export interface FollowState {
  /** The number of the last push that is known of; undefined until the server has said where the stream stands. */
  readonly cur: number | undefined;
  /** The highest number that came before the server's answer did. */
  readonly early: number;
}

export interface FollowStep {
  readonly state: FollowState;
  /** The push is the next one: apply it. */
  readonly apply: boolean;
  /** Something was lost, or may have been: read the whole anew. */
  readonly readAnew: boolean;
}

export const NOT_FOLLOWING: FollowState = { cur: undefined, early: 0 };

/** The server opened the stream: what was pushed up to now is in what is read from now on. */
export function beginFollowing(state: FollowState, head: number): FollowStep {
  return { state: { cur: Math.max(head, state.early), early: 0 }, apply: false, readAnew: true };
}

/** A live push. One that overtook the answer needs no applying: what is read after the answer holds it. */
export function receiveFollowed(state: FollowState, q: number): FollowStep {
  if (state.cur === undefined)
    return { state: { ...state, early: Math.max(state.early, q) }, apply: false, readAnew: false };
  if (q <= state.cur) return { state, apply: false, readAnew: false };
  const isNext = q === state.cur + 1;
  return { state: { ...state, cur: q }, apply: isNext, readAnew: !isNext };
}
