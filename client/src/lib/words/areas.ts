import type { Language } from '@verbena/shared/platform/localized-text.js';
import { areaNameOf } from './area-name.js';

/**
 * Words that only some pages say, each fetched with the first of them, so that the shell stays small. A page's `load` asks
 * for its areas (`await locale.need('boards')`), and `locale.area('boards')` is typed like its Spanish file. An area is a pair
 * of files in a module's folder, `leaderboards/boards.es.ts` and `boards.en.ts`, the English one typed by the Spanish one; the
 * Spanish one adds its line to `AreaWordsByName`.
 */
export interface AreaWordsByName {}

export type AreaName = keyof AreaWordsByName;
export type AreaWords<A extends AreaName> = AreaWordsByName[A];

type FetchWords = () => Promise<object>;

const FILES: Record<Language, Record<string, FetchWords>> = {
  es: import.meta.glob<object>('/src/*/*.es.ts', { import: 'es' }),
  en: import.meta.glob<object>('/src/*/*.en.ts', { import: 'en' }),
};
const AREAS = { es: byArea(FILES.es), en: byArea(FILES.en) };

function byArea(files: Record<string, FetchWords>): Partial<Record<string, FetchWords>> {
  return Object.fromEntries(Object.entries(files).map(([file, fetchWords]) => [areaNameOf(file), fetchWords]));
}

/** Fetches the words of one area in one language. */
export async function fetchArea(name: AreaName, language: Language): Promise<object> {
  const fetchWords = AREAS[language][name];
  if (fetchWords === undefined) throw new Error(`There is no file with the words of ${name}.`);
  return fetchWords();
}
