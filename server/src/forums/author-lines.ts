import type { ShownAuthor } from '@verbena/shared/forums/post-author.js';
import type { HeldBadge } from '@verbena/shared/ledger/member-state.js';
import type { Honours } from '#ledger/ledger-views.service.js';
import type { PostDocument } from './forums.schema.js';
import type { Signatures } from './signatures.js';

type Written = Pick<PostDocument, '_id' | 'author'>;

/** What stands beside the names of those who wrote posts: what a member does not show is not in it, so that it never leaves the server (A3). */
export class AuthorLines {
  /** @param honours by member, of all who wrote these posts */
  constructor(
    readonly signatures: Signatures,
    private readonly honours: ReadonlyMap<string, Honours>,
  ) {}

  /** The same for another reader. */
  for(reader: string | null): AuthorLines {
    return new AuthorLines(this.signatures.for(reader), this.honours);
  }

  of({ author }: Written): ShownAuthor {
    const { shows, chosenBadges = [], held } = this.shownOf(author);
    return {
      ...this.signatures.of(author),
      tier: shows?.tier === true ? (held?.tier?.id ?? null) : null,
      badges: shows?.badges === true ? chosenBadges.filter((id) => Object.hasOwn(held?.badges ?? {}, id)) : [],
    };
  }

  badgesOf({ _id, author }: Written): string[] {
    const { shows, held } = this.shownOf(author);
    return shows?.badges === true ? badgesForPost(held?.badges ?? {}, _id) : [];
  }

  /** Who signs with no alias shows nothing: it chose none, or has left. */
  private shownOf(author: string) {
    const signature = this.signatures.find(author);
    if (signature === undefined || signature.alias === null) return {};
    const { member, shows, chosenBadges } = signature;
    return { shows, chosenBadges, held: this.honours.get(member) };
  }
}

/** Held badges that were granted for this post: where a badge is one for each post, it keeps for which of them it was granted. */
export function badgesForPost(badges: Readonly<Record<string, HeldBadge>>, post: string): string[] {
  return Object.entries(badges).flatMap(([id, { of: posts = {} }]) => (Object.hasOwn(posts, post) ? [id] : []));
}

/** Everybody whose name a post shows. */
export function authorsOfPost({ author, replyTo }: Pick<PostDocument, 'author' | 'replyTo'>): string[] {
  return replyTo === null ? [author] : [author, replyTo.author];
}
