/**
 * What one client knows of one stream. Delivery is at least once and may lose: numbers tell both. Pure, so that every order
 * of duplicates, gaps and resets can be tried without a socket.
 */
export interface Numbered {
  readonly q: number;
}

export interface StreamState<P extends Numbered> {
  /** Everything up to this number was applied. It never moves across a gap. */
  readonly cur: number;
  /** Live pushes that came while something before them is missing, by number, soonest first. */
  readonly held: readonly P[];
  /** A catch-up since `cur` was asked for and has not come yet. */
  readonly catchingUp: boolean;
}

export interface StreamStep<P extends Numbered> {
  readonly state: StreamState<P>;
  /** To be applied now, in this order, each once. */
  readonly apply: readonly P[];
  /** Ask the server for what came after this number. */
  readonly fetchSince?: number;
  /** What the screens hold can no longer be patched: read it anew. */
  readonly reset?: true;
}

/** The answer to `stream.open`. */
export interface CatchUp<P extends Numbered> {
  readonly head: number;
  readonly pushes: readonly P[];
  readonly reset?: boolean | undefined;
}

/** A stream whose state was read over HTTP at `cur`. */
export function startStream<P extends Numbered>(cur: number): StreamState<P> {
  return { cur, held: [], catchingUp: false };
}

/** The socket is (again) there: ask for everything since `cur`. Live pushes are held until the answer is in. */
export function beginCatchUp<P extends Numbered>(state: StreamState<P>): StreamStep<P> {
  return { state: { ...state, catchingUp: true }, apply: [], fetchSince: state.cur };
}

/** A catch-up that never came (the socket broke, or the server refused): the next reason to ask may ask. */
export function abandonCatchUp<P extends Numbered>(state: StreamState<P>): StreamState<P> {
  return { ...state, catchingUp: false };
}

/** A live push: dropped when known, applied when it is the next, held when something before it is missing. */
export function receivePush<P extends Numbered>(state: StreamState<P>, push: P): StreamStep<P> {
  if (push.q <= state.cur) return { state, apply: [] };
  const held = hold(state.held, push);
  if (state.catchingUp) return { state: { ...state, held }, apply: [] };
  const drained = drain(state.cur, held);
  const next = { cur: drained.cur, held: drained.held, catchingUp: drained.held.length > 0 };
  return next.catchingUp
    ? { state: next, apply: drained.apply, fetchSince: next.cur }
    : { state: next, apply: drained.apply };
}

/**
 * The catch-up came. Its numbers may leave out superseded ones, so after its last page `cur` is `head`; but while it still
 * brings something and ends below `head`, the rest is asked for.
 */
export function receiveCatchUp<P extends Numbered>(state: StreamState<P>, caught: CatchUp<P>): StreamStep<P> {
  // A head behind us means that the server lost what it had acknowledged to us, or that the numbering began anew.
  if (caught.reset === true || caught.head < state.cur) {
    const drained = drain(
      caught.head,
      state.held.filter((push) => push.q > caught.head),
    );
    return {
      state: { cur: drained.cur, held: drained.held, catchingUp: drained.held.length > 0 },
      apply: drained.apply,
      reset: true,
      ...(drained.held.length > 0 ? { fetchSince: drained.cur } : {}),
    };
  }
  const apply: P[] = [];
  let cur = state.cur;
  for (const push of [...caught.pushes].sort((a, b) => a.q - b.q)) {
    if (push.q <= cur) continue;
    apply.push(push);
    cur = push.q;
  }
  if (apply.length === 0) cur = Math.max(cur, caught.head);
  const drained = drain(
    cur,
    state.held.filter((push) => push.q > cur),
  );
  apply.push(...drained.apply);
  const isBehind = drained.held.length > 0 || drained.cur < caught.head;
  const next = { cur: drained.cur, held: drained.held, catchingUp: isBehind };
  return isBehind ? { state: next, apply, fetchSince: next.cur } : { state: next, apply };
}

function hold<P extends Numbered>(held: readonly P[], push: P): readonly P[] {
  if (held.some((other) => other.q === push.q)) return held;
  return [...held, push].sort((a, b) => a.q - b.q);
}

function drain<P extends Numbered>(from: number, held: readonly P[]): { cur: number; apply: P[]; held: P[] } {
  const apply: P[] = [];
  let cur = from;
  let rest = 0;
  for (const push of held) {
    if (push.q !== cur + 1) break;
    apply.push(push);
    cur = push.q;
    rest += 1;
  }
  return { cur, apply, held: held.slice(rest) };
}
