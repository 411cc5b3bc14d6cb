import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { CategoryTile, SeenAs } from '@verbena/shared/forums/categories.routes.js';
import {
  type Category,
  type CategoryChange,
  type CategoryDraft,
  RIGHTS,
  RIGHTS_AT_FIRST,
  type Right,
} from '@verbena/shared/forums/category.js';
import { REACTIONS_AT_FIRST } from '@verbena/shared/forums/reaction.js';
import { ROLES } from '@verbena/shared/platform/manifest.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AudiencesService } from '#segments/audiences.service.js';
import { CategoriesRepository } from './categories.repository.js';
import { ForumAccess, type ForumReader } from './forum-access.service.js';
import { ForumTiles } from './forum-tiles.service.js';
import type { CategoryDocument } from './forums.schema.js';

/** How those who run a program set up its forum, and see what they did. */
@Injectable()
export class CategoriesService {
  constructor(
    private readonly repository: CategoriesRepository,
    private readonly access: ForumAccess,
    private readonly tiles: ForumTiles,
    private readonly audiences: AudiencesService,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  async list(scope: Scope): Promise<Category[]> {
    return (await this.repository.list(scope)).map(categoryOf);
  }

  /** Refuses `forumCategory.slugTaken`, `forumCategory.notFound` for its parent, and rights that ask for what the program has not. */
  async create(scope: Scope, draft: CategoryDraft, actor: Actor): Promise<Category> {
    const nowMs = this.clock.now();
    const category: CategoryDocument = {
      ...{ _id: ulid(nowMs), program: scope.program, description: null, icon: 'talk', color: 'indigo', parent: null },
      ...{ place: 9_999, order: 'active', ownThreadsOnly: false },
      ...{ reactions: REACTIONS_AT_FIRST, rights: RIGHTS_AT_FIRST },
      ...withoutUndefined(draft),
      createdAt: new Date(nowMs),
      archivedAt: null,
    };
    await this.save(scope, null, category, actor);
    return categoryOf(category);
  }

  /** The same again changes and records nothing. Refuses as `create` does. */
  async change(scope: Scope, id: string, { archived, ...change }: CategoryChange, actor: Actor): Promise<Category> {
    const before = (await this.repository.list(scope)).find(({ _id }) => _id === id);
    if (before === undefined) throw new Refusal('forumCategory.notFound');
    const isArchived = archived ?? before.archivedAt !== null;
    const archivedAt = isArchived ? (before.archivedAt ?? new Date(this.clock.now())) : null;
    const after: CategoryDocument = { ...before, ...withoutUndefined(change), archivedAt };
    if (isDeepStrictEqual(after, before)) return categoryOf(before);
    await this.save(scope, before, after, actor);
    return categoryOf(after);
  }

  /** The forum as somebody of a tier and a role would see it. */
  async seenAs(scope: Scope, as: SeenAs): Promise<CategoryTile[]> {
    return this.tiles.tilesOf(await this.someoneLike(scope, as));
  }

  /** What each tier, and each role above members, may do in each category that is in use. */
  async rightsMatrix(scope: Scope): Promise<(SeenAs & { rights: Record<string, Right[]> })[]> {
    const { program } = await this.audiences.someoneOf(scope, null, 'member');
    const tiers = program.tiers.ladder.map(({ definition }) => definition.id);
    const people: SeenAs[] = [
      ...(tiers.length === 0 ? [null] : tiers).map((tier) => ({ tier, role: ROLES[0] })),
      ...ROLES.slice(1).map((role) => ({ tier: null, role })),
    ];
    const rows: (SeenAs & { rights: Record<string, Right[]> })[] = [];
    for (const person of people) {
      const seen = await this.access.seenBy(await this.someoneLike(scope, person));
      const used = seen.filter(({ category }) => category.archivedAt === null);
      const rights = used.map(({ category, rights: held }) => [category._id, RIGHTS.filter((one) => held.has(one))]);
      rows.push({ ...person, rights: Object.fromEntries(rights) as Record<string, Right[]> });
    }
    return rows;
  }

  private async someoneLike(scope: Scope, { tier, role }: SeenAs): Promise<ForumReader> {
    return { scope, member: null, role, subject: await this.audiences.someoneOf(scope, tier, role) };
  }

  private async save(
    scope: Scope,
    before: CategoryDocument | null,
    after: CategoryDocument,
    actor: Actor,
  ): Promise<void> {
    // What a right names may be gone since: that must not keep anybody from moving or archiving the category.
    if (JSON.stringify(before?.rights) !== JSON.stringify(after.rights)) await this.refuseUnknown(scope, after);
    try {
      await this.mongo.transact(async (session) => {
        await this.refuseParent(scope, after, session);
        await (before === null ? this.repository.insert(after, session) : this.repository.replace(after, session));
        await this.audit.record(session, scope, {
          actor,
          action: before === null ? 'forumCategory.created' : 'forumCategory.changed',
          subject: { kind: 'forumCategory', id: after._id },
          before: before === null ? null : categoryOf(before),
          after: categoryOf(after),
        });
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new Refusal('forumCategory.slugTaken', {}, [{ path: ['slug'], code: 'taken' }]);
    }
    this.access.forget(scope);
  }

  private async refuseUnknown(scope: Scope, { rights }: CategoryDocument): Promise<void> {
    const problems: Problem[] = [];
    for (const right of RIGHTS) {
      const audience = rights[right];
      if (audience !== null) problems.push(...(await this.audiences.check(scope, audience, ['rights', right])));
    }
    if (problems.length > 0) throw new Refusal('input.invalid', {}, problems);
  }

  /** A category stands below one that itself stands below none, and one with others below it stands below none. */
  private async refuseParent(scope: Scope, { _id, parent }: CategoryDocument, session: Session): Promise<void> {
    if (parent === null) return;
    const all = await this.repository.list(scope, session);
    const found = all.find((one) => one._id === parent);
    const field: Problem = { path: ['parent'], code: 'invalid' };
    if (found === undefined) throw new Refusal('forumCategory.notFound', {}, [field]);
    if (found.parent !== null || found._id === _id || all.some((one) => one.parent === _id))
      throw new Refusal('input.invalid', {}, [field]);
  }
}

function categoryOf({ _id, program: _, createdAt, archivedAt, ...settings }: CategoryDocument): Category {
  return {
    id: _id,
    ...settings,
    createdAt: createdAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
  };
}

/** What somebody left out must not take the place of what is there. */
function withoutUndefined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const there = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]: Exclude<T[K], undefined> };
}
