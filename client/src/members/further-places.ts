import type { MemberPlace } from './shell-places.js';

const found = import.meta.glob<readonly MemberPlace[]>('/src/*/*.member.ts', { eager: true, import: 'places' });

/** The places of the menu behind the first ones, in order. Fetched beside the first page, so that the shell does not grow by them. */
export const FURTHER_PLACES: readonly MemberPlace[] = Object.values(found)
  .flat()
  .sort((a, b) => a.order - b.order);
