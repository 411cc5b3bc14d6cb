import type { Category } from '@verbena/shared/forums/category.js';

type Ordered = Pick<Category, 'id' | 'place'>;

/** A category in use, with those between which it can be moved, itself among them. */
export interface PlacedCategory {
  readonly category: Category;
  readonly neighbours: readonly Category[];
}

/** The categories as they stand, those inside of one right behind it. An archived one takes those inside of it along. */
export function arrangeCategories(all: readonly Category[]): {
  readonly used: readonly PlacedCategory[];
  readonly archived: readonly Category[];
} {
  const isArchived = ({ archivedAt, parent }: Category): boolean =>
    archivedAt !== null || all.some((one) => one.id === parent && one.archivedAt !== null);
  const inside = (parent: string | null): PlacedCategory[] => {
    const neighbours = all.filter((one) => one.parent === parent && !isArchived(one));
    return neighbours.flatMap((category) => [{ category, neighbours }, ...inside(category.id)]);
  };
  return { used: inside(null), archived: all.filter(isArchived) };
}

/** The places to write so that categories stand in the given order: each has its number in it, and few have another one. */
export function placesFor(order: readonly Ordered[]): Ordered[] {
  return order.flatMap(({ id, place }, at) => (place === at ? [] : [{ id, place: at }]));
}
