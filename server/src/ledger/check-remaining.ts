import type { Problem } from '@verbena/shared/platform/problem.js';
import { hashOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';

type Attributes = Readonly<Record<string, unknown>>;
type Path = Problem['path'];

/**
 * A return leaves less: at every depth no figure may be further from nothing than what stands, texts and truths stay, and lists may lose
 * members and gain none. Refuses with the fields of `remaining`, and with `activity.nothingReturned` where all of it remains.
 */
export function checkRemaining(standing: Attributes, remaining: Attributes): void {
  const fields = problemsOf(standing, remaining, ['remaining']);
  if (fields.length > 0) throw new Refusal('input.invalid', {}, fields);
  if (hashOf(standing) === hashOf(remaining)) throw new Refusal('activity.nothingReturned');
}

function problemsOf(standing: unknown, remaining: unknown, path: Path): Problem[] {
  if (typeof remaining === 'number') {
    const there = typeof standing === 'number' ? standing : 0;
    const [minimum, maximum] = [Math.min(0, there), Math.max(0, there)];
    if (remaining > maximum) return [{ path, code: 'maximum', params: { maximum } }];
    return remaining < minimum ? [{ path, code: 'minimum', params: { minimum } }] : [];
  }
  if (Array.isArray(remaining)) return problemsOfList(Array.isArray(standing) ? standing : [], remaining, path);
  if (isObject(remaining)) {
    const there = isObject(standing) ? standing : {};
    // What is left out of an object is nothing of it where it is a figure, and else was changed.
    const texts = Object.keys(there).filter((name) => typeof there[name] !== 'number' && !Array.isArray(there[name]));
    return [...new Set([...texts, ...Object.keys(remaining)])].flatMap((name) =>
      problemsOf(there[name], remaining[name], [...path, name]),
    );
  }
  return remaining === standing ? [] : [{ path, code: 'changed' }];
}

/** Lists in which more would have to be compared are refused as if they had gained something: nobody's list is turned around so. */
const COMPARISONS_MAX = 100_000;
const CLOSEST_AMONG = 100;

/**
 * Each member that remains has to be one of those that stand, as it was or less of it, in whatever order: a matching of the two, by
 * augmenting paths (Kuhn). Tells of the first that is none.
 */
function problemsOfList(standing: readonly unknown[], remaining: readonly unknown[], path: Path): Problem[] {
  const takenBy = new Map<number, number>();
  let left = COMPARISONS_MAX;
  const fits = (one: number, place: number): boolean =>
    (left -= 1) > 0 && problemsOf(standing[place], remaining[one], []).length === 0;
  const find = (one: number, seen: Set<number>): boolean => {
    // Its own place first, so that a list that only lost figures is done at once.
    for (let step = 0; step < standing.length; step += 1) {
      const place = (one + step) % standing.length;
      if (seen.has(place) || !fits(one, place)) continue;
      seen.add(place);
      const other = takenBy.get(place);
      if (other !== undefined && !find(other, seen)) continue;
      takenBy.set(place, one);
      return true;
    }
    return false;
  };
  const one = remaining.findIndex((_, place) => !find(place, new Set()));
  if (one === -1) return [];
  const at = [...path, one];
  // What it is most like says what is wrong with it; what is like something that another one is already came on top.
  const [closest = []] = standing
    .slice(0, CLOSEST_AMONG)
    .map((member) => problemsOf(member, remaining[one], at))
    .toSorted((first, other) => first.length - other.length);
  return closest.length > 0 ? closest : [{ path: at, code: 'added' }];
}

function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
