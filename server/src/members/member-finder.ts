import { Injectable } from '@nestjs/common';
import { MemberCode } from '@verbena/shared/members/member-code.js';
import type { MemberRow } from '@verbena/shared/members/members.routes.js';
import { ExternalId, Ulid } from '@verbena/shared/platform/ids.js';
import * as z from 'zod/mini';
import { IdentityService } from '#identity/identity.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BrandsService } from '#programs/brands.service.js';
import { searchWordsOf } from './member-names.js';
import { MemberViews } from './member-views.service.js';
import { type MemberSearch, MembersRepository } from './members.repository.js';
import type { MemberDocument } from './members.schema.js';
import { MembersService } from './members.service.js';

/** A page of members, newest first; `next` is what the following call sends as `after`. */
export interface MemberPage {
  readonly items: MemberRow[];
  readonly next: string | null;
  readonly total: number;
}

const LIMIT_DEFAULT = 30;

/** How staff find a member. */
@Injectable()
export class MemberFinder {
  constructor(
    private readonly repository: MembersRepository,
    private readonly members: MembersService,
    private readonly views: MemberViews,
    private readonly identity: IdentityService,
    private readonly brands: BrandsService,
  ) {}

  /**
   * Members whose name or alias has, for every word of the search, a word that begins with it, or whose external id begins so; and
   * whoever has it exactly as member code, as id, or as the e-mail address of its login.
   */
  async find(
    scope: Scope,
    { search = '', after, limit = LIMIT_DEFAULT }: { search?: string; after?: string; limit?: number },
  ): Promise<MemberPage> {
    const before = after ?? null;
    const found =
      search === ''
        ? { items: await this.repository.newest(scope, before, limit + 1), total: await this.repository.count(scope) }
        : await this.repository.search(scope, await this.read(scope, search), before, limit + 1);
    const page = await this.views.enrolled(scope, found.items.slice(0, limit));
    const externalIds = await this.members.externalIdsOf(
      scope,
      page.map(({ _id }) => _id),
    );
    const logins = await this.identity.findUsers(page.flatMap(({ user }) => (user === null ? [] : [user])));
    const loginOf = new Map(logins.map((login) => [login.id, login]));
    const items = page.map((member) => ({
      id: member._id,
      name: member.name,
      alias: member.alias,
      email: loginOf.get(member.user ?? '')?.email ?? null,
      emailVerified: loginOf.get(member.user ?? '')?.emailVerified ?? false,
      externalIds: externalIds.get(member._id) ?? [],
      enrolment: member.enrolment,
      joinedAt: member.joinedAt.toISOString(),
      hasLogin: member.user !== null,
    }));
    return { items, next: found.items.length > limit ? (items.at(-1)?.id ?? null) : null, total: found.total };
  }

  /** The address of a member's login, as its page in the console shows it. */
  async loginOf({ user }: MemberDocument): Promise<Pick<MemberRow, 'email' | 'emailVerified'>> {
    const login = user === null ? null : await this.identity.findUser(user);
    return { email: login?.email ?? null, emailVerified: login?.emailVerified ?? false };
  }

  /** The program's own, and those of brands that number their members themselves. */
  private async namespaces(scope: Scope): Promise<ReadonlySet<string | null>> {
    const senders = await this.brands.senders(scope);
    return new Set([null, ...[...senders.values()].map(({ namespace }) => namespace)]);
  }

  private async survivorOf(scope: Scope, id: string): Promise<string> {
    const found = await this.members.find(scope, id).catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
    return found?._id ?? id;
  }

  private async read(scope: Scope, search: string): Promise<MemberSearch> {
    const ids = new Set<string>();
    if (z.safeParse(ExternalId, search).success)
      for (const namespace of await this.namespaces(scope))
        for (const id of (await this.members.findExternalIds(scope, namespace, [search])).values()) ids.add(id);
    if (z.safeParse(Ulid, search).success) ids.add(search);
    const code = z.safeParse(MemberCode, search);
    if (code.success) for (const id of (await this.repository.findByCodes(scope, [code.data])).values()) ids.add(id);
    for (const id of [...ids]) ids.add(await this.survivorOf(scope, id));
    if (search.includes('@')) {
      const login = await this.identity.findUserByEmail(search);
      const place = login?.enrolments.find(({ program }) => program === scope.program);
      if (place?.member != null) ids.add(place.member);
    }
    // An address is no name: its parts would find whoever has a word of the provider's.
    return { words: search.includes('@') ? [] : searchWordsOf(search), ids: [...ids], card: search };
  }
}
