import type { Category } from '@verbena/shared/forums/category.js';

type Ordered = Pick<Category, 'id' | 'place'>;
const PLACE_MAX = 9_999;

/** A section in use, with those between which it can be moved, itself among them. */
export interface PlacedSection {
  readonly section: Category;
  readonly neighbours: readonly Category[];
}

/** The sections as they stand, those inside of one right behind it. An archived one takes those inside of it along. */
export function arrangeSections(all: readonly Category[]): {
  readonly used: readonly PlacedSection[];
  readonly archived: readonly Category[];
} {
  const isArchived = ({ archivedAt, parent }: Category): boolean =>
    archivedAt !== null || all.some((one) => one.id === parent && one.archivedAt !== null);
  const inside = (parent: string | null): PlacedSection[] => {
    const neighbours = all.filter((one) => one.parent === parent && !isArchived(one));
    return neighbours.flatMap((section) => [{ section, neighbours }, ...inside(section.id)]);
  };
  return { used: inside(null), archived: all.filter(isArchived) };
}

/**
 * The fewest places to write so that sections stand in the given order. They stand by their place and, where that is the same, in the
 * order in which their ids were made. With each step back of the ids taken off the places, what may stay is a longest run that does
 * not fall; all others take the place of the one before them.
 */
export function placesFor(order: readonly Ordered[]): Ordered[] {
  let steps = 0;
  const back = order.map(({ id }, at) => (steps += id < (order[at - 1]?.id ?? '') ? 1 : 0));
  const level = order.map(({ place }, at) => place - (back[at] ?? 0));
  const stays = longestRising(level, PLACE_MAX - steps);
  let last = 0;
  const places = order.map(({ id }, at) => {
    if (stays.has(at)) last = level[at] ?? 0;
    return { id, place: last + (back[at] ?? 0) };
  });
  return places.filter(({ place }, at) => place !== order[at]?.place);
}

/** Where the longest part of the numbers stands that never falls, of those between 0 and `max`. */
function longestRising(numbers: readonly number[], max: number): ReadonlySet<number> {
  const runs: (readonly number[])[] = [];
  for (const [at, number] of numbers.entries()) {
    const before = runs.filter((run, end) => run.length > 0 && (numbers[end] ?? 0) <= number);
    runs.push(number < 0 || number > max ? [] : [...longestOf(before), at]);
  }
  return new Set(longestOf(runs));
}

function longestOf(runs: readonly (readonly number[])[]): readonly number[] {
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), []);
}
