import { Controller } from '@nestjs/common';
import {
  type Brand,
  type BrandDraft,
  changeBrand,
  changeShop,
  createBrand,
  createShop,
  listBrands,
  listShops,
  type OutletChange,
  type Shop,
  type ShopDraft,
} from '@verbena/shared/programs/brands.routes.js';
import { Asking, Implements, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BrandsService } from './brands.service.js';

@Controller()
export class BrandsController {
  constructor(private readonly brands: BrandsService) {}

  @Implements(listBrands)
  async list(@InScope() scope: Scope): Promise<{ items: Brand[] }> {
    return { items: await this.brands.listBrands(scope) };
  }

  @Implements(createBrand)
  async create(
    @InScope() scope: Scope,
    @RouteBody(createBrand) draft: BrandDraft,
    @Asking() principal: Principal,
  ): Promise<Brand> {
    return this.brands.createBrand(scope, draft, actorOf(principal));
  }

  @Implements(changeBrand)
  async change(
    @InScope() scope: Scope,
    @RouteParam('brand') id: string,
    @RouteBody(changeBrand) change: OutletChange,
    @Asking() principal: Principal,
  ): Promise<Brand> {
    return this.brands.changeBrand(scope, id, change, actorOf(principal));
  }

  @Implements(listShops)
  async listShops(@InScope() scope: Scope): Promise<{ items: Shop[] }> {
    return { items: await this.brands.listShops(scope) };
  }

  @Implements(createShop)
  async createShop(
    @InScope() scope: Scope,
    @RouteBody(createShop) draft: ShopDraft,
    @Asking() principal: Principal,
  ): Promise<Shop> {
    return this.brands.createShop(scope, draft, actorOf(principal));
  }

  @Implements(changeShop)
  async changeShop(
    @InScope() scope: Scope,
    @RouteParam('shop') id: string,
    @RouteBody(changeShop) change: OutletChange,
    @Asking() principal: Principal,
  ): Promise<Shop> {
    return this.brands.changeShop(scope, id, change, actorOf(principal));
  }
}
