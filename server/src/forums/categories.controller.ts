import { Controller } from '@nestjs/common';
import {
  type CategoryTile,
  changeCategory,
  createCategory,
  getRightsMatrix,
  listCategories,
  listForum,
  previewForum,
} from '@verbena/shared/forums/categories.routes.js';
import type { Category, CategoryChange, CategoryDraft } from '@verbena/shared/forums/category.js';
import type { Role } from '@verbena/shared/identity/role.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import { Asking, Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope, OwnMember, OwnRole } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { CategoriesService } from './categories.service.js';
import { ForumAccess } from './forum-access.service.js';
import { ForumTiles } from './forum-tiles.service.js';

@Controller()
export class CategoriesController {
  constructor(
    private readonly categories: CategoriesService,
    private readonly access: ForumAccess,
    private readonly tiles: ForumTiles,
  ) {}

  @Implements(listForum)
  async forum(
    @InScope() scope: Scope,
    @OwnMember() member: string | null,
    @OwnRole() role: Role | null,
  ): Promise<{ items: CategoryTile[] }> {
    return { items: await this.tiles.tilesOf(await this.access.readerOf(scope, member, role)) };
  }

  @Implements(previewForum)
  async preview(
    @InScope() scope: Scope,
    @RouteQuery(previewForum) { tier = null, role = 'member' }: { tier?: string | null; role?: Role },
  ): Promise<{ items: CategoryTile[] }> {
    return { items: await this.categories.seenAs(scope, { tier, role }) };
  }

  @Implements(listCategories)
  async list(@InScope() scope: Scope): Promise<{ items: Category[] }> {
    return { items: await this.categories.list(scope) };
  }

  @Implements(createCategory)
  async create(
    @InScope() scope: Scope,
    @RouteBody(createCategory) draft: CategoryDraft,
    @Asking() principal: Principal,
  ): Promise<Category> {
    return this.categories.create(scope, draft, actorOf(principal));
  }

  @Implements(changeCategory)
  async change(
    @InScope() scope: Scope,
    @RouteParam('category') id: string,
    @RouteBody(changeCategory) change: CategoryChange,
    @Asking() principal: Principal,
  ): Promise<Category> {
    return this.categories.change(scope, id, change, actorOf(principal));
  }

  @Implements(getRightsMatrix)
  async matrix(@InScope() scope: Scope): Promise<RouteResponse<typeof getRightsMatrix>> {
    return { rows: await this.categories.rightsMatrix(scope) };
  }
}
