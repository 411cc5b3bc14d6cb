import { Injectable } from '@nestjs/common';
import { PEOPLE_MAX } from '@verbena/shared/forums/people.routes.js';
import { IdentityService } from '#identity/identity.service.js';
import { MembersService } from '#members/members.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ForumAccess, type ForumReader } from './forum-access.service.js';
import { seesOnlyOwn } from './thread-pages.service.js';

/** Of so many whose alias begins so those are found who may read; whoever types one letter more finds the others. */
const LOOKED_AT_MAX = 64;

/** Everybody begins with the same few letters, and the embedded database reads all that begin so. Rights are asked each time. */
const BELIEVED_MS = 10_000;
const REMEMBERED_MAX = 5_000;

/** The other members as the forum knows them: with their roles, and so with their rights. */
@Injectable()
export class People {
  private readonly known = new ExpiringCache<Awaited<ReturnType<MembersService['listByAlias']>>>(
    BELIEVED_MS,
    REMEMBERED_MAX,
  );

  constructor(
    private readonly access: ForumAccess,
    private readonly members: MembersService,
    private readonly identity: IdentityService,
  ) {}

  /** These members as readers, each with the role that it has when it comes by itself. */
  async readersOf(scope: Scope, members: readonly string[]): Promise<ForumReader[]> {
    const roles = await this.identity.rolesOf(scope, members);
    return Promise.all(members.map((member) => this.access.readerOf(scope, member, roles.get(member) ?? 'member')));
  }

  /** Who may be mentioned in a category: by alias, at most eight, never who asks; nobody without a letter. Refuses `forumCategory.notFound` and `forum.notAllowed`. */
  async mentionable(reader: ForumReader, slug: string, beginning: string): Promise<{ alias: string }[]> {
    const { category, rights } = await this.access.require(reader, slug, 'see', 'forumCategory.notFound');
    if (!rights.has('read')) throw new Refusal('forum.notAllowed');
    if (!/[\p{L}\p{N}]/u.test(beginning)) return [];
    const found = await this.known.get(`${reader.scope.program}|${beginning}`, () =>
      this.members.listByAlias(reader.scope, beginning, LOOKED_AT_MAX),
    );
    const others = found.filter(({ member }) => member !== reader.member);
    const readers = await this.readersOf(
      reader.scope,
      others.map(({ member }) => member),
    );
    const mentionable: { alias: string }[] = [];
    for (const [at, { alias }] of others.entries()) {
      const one = readers[at];
      const open = one === undefined ? null : await this.access.find(one, category._id, 'read');
      if (open !== null && !seesOnlyOwn(open)) mentionable.push({ alias });
      if (mentionable.length === PEOPLE_MAX) break;
    }
    return mentionable;
  }
}
