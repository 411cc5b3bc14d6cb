import type { QueryClient } from '@tanstack/svelte-query';
import type { ConsoleArea } from '#console/console-area.svelte.js';
import { definitionsQuery } from './program-queries.js';

/** After a publication: what lists versions and drafts is read anew, and names are those of what is in force. */
export async function refreshVersions(queries: QueryClient, area: ConsoleArea): Promise<void> {
  await Promise.all(
    ['versions', 'drafts', 'terms'].map((name) => queries.invalidateQueries({ queryKey: [name, area.slug] })),
  );
  await queries.invalidateQueries({ queryKey: definitionsQuery(area.slug).queryKey });
  area.published = await queries.fetchQuery(definitionsQuery(area.slug));
}
