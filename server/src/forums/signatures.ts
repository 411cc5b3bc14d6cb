import type { PostAuthor } from '@verbena/shared/forums/post-author.js';

/** Under which alias somebody signs, and as whom. */
export interface Signature {
  readonly member: string;
  readonly alias: string | null;
}

/** How the authors of what is shown sign, and which of them is the reader. */
export class Signatures {
  constructor(
    private readonly byAuthor: ReadonlyMap<string, Signature>,
    private readonly reader: string | null,
  ) {}

  of(author: string): PostAuthor {
    return { alias: this.byAuthor.get(author)?.alias ?? null, isMe: this.isReader(author) };
  }

  /** Also what was written by an account that was joined to the reader's. */
  isReader(author: string): boolean {
    return this.reader !== null && (this.byAuthor.get(author)?.member ?? author) === this.reader;
  }
}
