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
type Areas = Partial<Record<string, FetchWords>>;

const FILES: Record<Language, () => Promise<{ files: Record<string, FetchWords> }>> = {
  es: () => import('./area-files-es.js'),
  en: () => import('./area-files-en.js'),
};
const known = new Map<Language, Promise<Areas>>();

/** Where the words of each area are, in one language. Asked for as soon as the language is known, so that no page waits for it. */
export function findAreas(language: Language): Promise<Areas> {
  const areas = known.get(language) ?? readAreas(language);
  known.set(language, areas);
  return areas;
}

async function readAreas(language: Language): Promise<Areas> {
  try {
    const { files } = await FILES[language]();
    return Object.fromEntries(Object.entries(files).map(([file, fetchWords]) => [areaNameOf(file), fetchWords]));
  } catch (failure) {
    // The next page asks again.
    known.delete(language);
    throw failure;
  }
}

/** Fetches the words of one area in one language. */
export async function fetchArea(name: AreaName, language: Language): Promise<object> {
  const fetchWords = (await findAreas(language))[name];
  if (fetchWords === undefined) throw new Error(`There is no file with the words of ${name}.`);
  return fetchWords();
}
