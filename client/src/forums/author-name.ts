import type { PostAuthor } from '@verbena/shared/forums/post-author.js';
import type { ForumWords } from './forum.es.js';

/** How somebody who wrote is called: by the alias, or as somebody who has none. */
export function nameOf({ alias }: PostAuthor, words: ForumWords): string {
  return alias ?? words.post.someone;
}
