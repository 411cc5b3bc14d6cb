import type { ReadForLater } from '#lib/offline/keep-for-later.js';
import { missionsQuery } from './mission-queries.js';

export const readForLater: ReadForLater = (program, queries) => queries.prefetchQuery(missionsQuery(program));
