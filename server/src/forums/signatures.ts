import type { PostAuthor } from '@verbena/shared/forums/post-author.js';
import type { Signature } from '#members/members.service.js';

/** How the authors of what is shown sign, and which of them is the reader. */
export class Signatures {
  constructor(
    private readonly byAuthor: ReadonlyMap<string, Signature>,
    private readonly reader: string | null,
  ) {}

  /** The same for another reader. */
  for(reader: string | null): Signatures {
    return new Signatures(this.byAuthor, reader);
  }

  of(author: string): PostAuthor {
    return { alias: this.byAuthor.get(author)?.alias ?? null, isMe: this.isReader(author) };
  }

  /** How an author signs; undefined for who is no member. */
  find(author: string): Signature | undefined {
    return this.byAuthor.get(author);
  }

  /** Who an author is today: the member to which its account was joined. */
  memberOf(author: string): string {
    return this.byAuthor.get(author)?.member ?? author;
  }

  /** Also what was written by an account that was joined to the reader's. */
  isReader(author: string): boolean {
    return this.reader !== null && this.memberOf(author) === this.reader;
  }
}
