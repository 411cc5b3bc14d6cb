import type { Language } from '@verbena/shared/platform/localized-text.js';

/**
 * Words that only some pages say, each fetched with the first of them, so that the shell stays small. A page's `load` asks
 * for its areas (`await locale.need('boards')`), and `locale.area('boards')` is typed like its Spanish file. The files stand
 * in the area's folder: `leaderboards/boards.es.ts` and `boards.en.ts`, the English one typed by the Spanish one.
 */
export const AREAS = {
  boards: {
    es: async () => (await import('#leaderboards/boards.es.js')).es,
    en: async () => (await import('#leaderboards/boards.en.js')).en,
  },
} as const satisfies Record<string, Record<Language, () => Promise<object>>>;

export type AreaName = keyof typeof AREAS;
export type AreaWords<A extends AreaName> = Awaited<ReturnType<(typeof AREAS)[A]['es']>>;
