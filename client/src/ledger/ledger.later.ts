import type { ReadForLater } from '#lib/offline/keep-for-later.js';
import { entriesQuery } from './entry-pages.js';

export const readForLater: ReadForLater = (program, queries) =>
  queries.prefetchInfiniteQuery(entriesQuery(program, 'points'));
