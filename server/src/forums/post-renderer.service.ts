import { Injectable } from '@nestjs/common';
import { MembersService } from '#members/members.service.js';
import { MARKDOWN_VERSION, readNames, renderMarkdown } from '#platform/markdown/render-markdown.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { PostDocument } from './forums.schema.js';
import { PostsRepository } from './posts.repository.js';

/** More of either stand as they were written. */
const NAMES_MAX = 20;

/** What a post keeps of its words beside themselves. */
type Rendered = Required<Pick<PostDocument, 'html' | 'markdown' | 'letters'>>;

/** Makes HTML of what members write, once, when it is written. */
@Injectable()
export class PostRenderer {
  constructor(
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly posts: PostsRepository,
  ) {}

  /**
   * Safe HTML, with the version of the renderer. Only aliases that somebody has lead to a member, and only what a member wrote is
   * quoted as that member's.
   */
  async render(scope: Scope, body: string): Promise<Rendered> {
    const { html, letters } = await this.read(scope, body);
    return { html, markdown: MARKDOWN_VERSION, letters };
  }

  /** The members whom an author names in its own words, and those whose posts it quotes itself (FB8). */
  async named(scope: Scope, body: string): Promise<{ readonly mentioned: string[]; readonly quoted: string[] }> {
    const { mentions, quotes, known, authors } = await this.read(scope, body);
    return {
      mentioned: mentions.flatMap((alias) => known.get(alias) ?? []),
      quoted: quotes.flatMap((id) => authors.get(id) ?? []),
    };
  }

  private async read(scope: Scope, body: string) {
    const { slug } = await this.programs.get(scope);
    const names = readNames(body);
    const known = await this.knownOf(scope, names.aliases.slice(0, NAMES_MAX));
    const authors = await this.authorsOf(scope, names.posts.slice(0, NAMES_MAX));
    const text = renderMarkdown(body, {
      isTrusted: false,
      memberHref: (alias) => (known.has(alias) ? `/${slug}/members/${encodeURIComponent(alias)}` : null),
      postHref: (id, alias) => {
        const author = authors.get(id);
        return author !== undefined && author === known.get(alias) ? `/${slug}/forum/p/${id}` : null;
      },
    });
    return { ...text, known, authors };
  }

  /** The members with these aliases. */
  private async knownOf(scope: Scope, aliases: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = new Map<string, string>();
    for (const alias of aliases) {
      const member = await this.members.findByAlias(scope, alias);
      if (member !== null) known.set(alias, member._id);
    }
    return known;
  }

  /** Who wrote these posts, by post: an account that was joined to another as that one. */
  private async authorsOf(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const posts = await this.posts.listByIds(scope, ids);
    const signatures = await this.members.signaturesOf(
      scope,
      posts.map(({ author }) => author),
    );
    return new Map(posts.map(({ _id, author }) => [_id, signatures.get(author)?.member ?? author]));
  }
}
