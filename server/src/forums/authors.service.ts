import { Injectable } from '@nestjs/common';
import { type Honours, LedgerViews } from '#ledger/ledger-views.service.js';
import { MembersService, type Signature } from '#members/members.service.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import { Gathered } from '#platform/cache/gathered.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { AuthorLines, authorsOfPost } from './author-lines.js';
import type { ForumReader } from './forum-access.service.js';
import type { PostDocument } from './forums.schema.js';
import { Signatures } from './signatures.js';

/** An alias that was changed, or what is shown beside it, is the new one everywhere within this time. */
const BELIEVED_MS = 5_000;
const REMEMBERED_MAX = 50_000;

/** How those who write sign, and what stands beside their names: remembered for a moment, since the same people stand on every page. */
@Injectable()
export class Authors {
  private readonly known = new ExpiringCache<Signature | undefined>(BELIEVED_MS, REMEMBERED_MAX);

  private readonly read = new Gathered<Signature>((program, authors) =>
    this.members.signaturesOf(scopeOf(program), authors),
  );

  private readonly honoured = new ExpiringCache<Honours | undefined>(BELIEVED_MS, REMEMBERED_MAX);

  private readonly readHonours = new Gathered<Honours>((program, members) =>
    this.ledger.honoursOf(scopeOf(program), members),
  );

  constructor(
    private readonly members: MembersService,
    private readonly ledger: LedgerViews,
  ) {}

  async linesFor({ scope, member }: ForumReader, posts: readonly PostDocument[]): Promise<AuthorLines> {
    return (await this.linesIn(scope, posts)).for(member);
  }

  /** What stands beside the names of those who wrote these posts, as nobody in particular reads them. */
  async linesIn(scope: Scope, posts: readonly PostDocument[]): Promise<AuthorLines> {
    const { program } = scope;
    const signatures = await this.signaturesIn(scope, posts.flatMap(authorsOfPost));
    const members = new Set(posts.map(({ author }) => signatures.memberOf(author)));
    const honours = [...members].map(async (member) => {
      const held = await this.honoured.get(`${program}|${member}`, () => this.readHonours.get(program, member));
      return held === undefined ? [] : [[member, held] as const];
    });
    return new AuthorLines(signatures, new Map((await Promise.all(honours)).flat()));
  }

  async signaturesFor({ scope, member }: ForumReader, authors: readonly string[]): Promise<Signatures> {
    return (await this.signaturesIn(scope, authors)).for(member);
  }

  /** As nobody in particular reads them. All that are not remembered are read at once. */
  async signaturesIn(scope: Scope, authors: readonly string[]): Promise<Signatures> {
    const { program } = scope;
    const found = [...new Set(authors)].map(async (author) => {
      const signature = await this.known.get(`${program}|${author}`, () => this.read.get(program, author));
      return signature === undefined ? [] : [[author, signature] as const];
    });
    return new Signatures(new Map((await Promise.all(found)).flat()), null);
  }
}
