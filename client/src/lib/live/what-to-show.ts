/** Something that happened to a member and deserves to be said. */
export interface Showable {
  readonly q: number;
  /** When it was decided, ISO 8601. */
  readonly at: string;
}

/** What is older is told together with the rest, without celebration. */
export const FRESH_MS = 10 * 60_000;
/** More than this at once is a summary. */
export const TOASTS_MAX = 3;

export type Show<A extends Showable> =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'toasts'; readonly awards: readonly A[] }
  | { readonly kind: 'summary'; readonly awards: readonly A[] };

/**
 * How what is waiting is shown, once: one by one while it is fresh and little, else as one summary. `seen` is how far any
 * device of the member has shown before (the answer to `stream.seen`); nothing up to there is ever shown again.
 */
export function decideShow<A extends Showable>(waiting: readonly A[], seen: number, now: number): Show<A> {
  const known = new Set<number>();
  const awards = [...waiting]
    .filter((award) => award.q > seen && !known.has(award.q) && known.add(award.q))
    .sort((a, b) => a.q - b.q);
  if (awards.length === 0) return { kind: 'nothing' };
  const isStale = awards.some((award) => now - Date.parse(award.at) > FRESH_MS);
  return { kind: isStale || awards.length > TOASTS_MAX ? 'summary' : 'toasts', awards };
}

/** One toast on the screen; several awards when it was merged. */
export interface Shown<A extends Showable> {
  readonly id: number;
  readonly awards: readonly A[];
}

/** Adds an award: at most three toasts stand, then the newest takes the others in ("+45 puntos (3 logros)"). */
export function stackToast<A extends Showable>(
  shown: readonly Shown<A>[],
  award: A,
  max: number = TOASTS_MAX,
): readonly Shown<A>[] {
  const last = shown.at(-1);
  if (last === undefined || shown.length < max) return [...shown, { id: award.q, awards: [award] }];
  return [...shown.slice(0, -1), { id: award.q, awards: [...last.awards, award] }];
}
