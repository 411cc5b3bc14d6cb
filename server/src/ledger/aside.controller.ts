import { Controller } from '@nestjs/common';
import { type AsideActivity, dropAside, listAside, retryAside } from '@verbena/shared/ledger/aside.routes.js';
import { Asking, Implements, RouteParam } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AsideService } from './aside.service.js';

@Controller()
export class AsideController {
  constructor(private readonly aside: AsideService) {}

  @Implements(listAside)
  async list(@InScope() scope: Scope): Promise<{ items: AsideActivity[] }> {
    return { items: await this.aside.list(scope) };
  }

  @Implements(retryAside)
  async retry(@InScope() scope: Scope): Promise<{ taken: number; left: number }> {
    return this.aside.retry(scope);
  }

  @Implements(dropAside)
  async drop(
    @InScope() scope: Scope,
    @RouteParam('id') id: string,
    @Asking() principal: Principal,
  ): Promise<AsideActivity> {
    return this.aside.drop(scope, id, actorOf(principal));
  }
}
