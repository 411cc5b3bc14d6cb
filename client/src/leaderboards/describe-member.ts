import type { BoardRow } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import type { BoardWords } from './boards.es.js';

/** How a member of a board is called: by its alias, or as somebody who chose none. */
export function describeMember({ alias, label }: Pick<BoardRow, 'alias' | 'label'>, words: BoardWords): string {
  return alias ?? words.unnamed({ label });
}
