import { Controller } from '@nestjs/common';
import {
  approveUndo,
  cancelUndo,
  getUndoPlan,
  listUndoPlans,
  planUndo,
  type UndoPlan,
  type UndoPlanDraft,
} from '@verbena/shared/undo/undo-plans.routes.js';
import { Asking, Implements, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { UndoService } from './undo.service.js';

@Controller()
export class UndoController {
  constructor(private readonly undo: UndoService) {}

  @Implements(planUndo)
  async plan(
    @InScope() scope: Scope,
    @RouteBody(planUndo) draft: UndoPlanDraft,
    @Asking() principal: Principal,
  ): Promise<UndoPlan> {
    return this.undo.plan(scope, draft, actorOf(principal));
  }

  @Implements(listUndoPlans)
  async list(@InScope() scope: Scope): Promise<{ items: UndoPlan[] }> {
    return { items: await this.undo.list(scope) };
  }

  @Implements(getUndoPlan)
  async get(@InScope() scope: Scope, @RouteParam('plan') id: string): Promise<UndoPlan> {
    return this.undo.get(scope, id);
  }

  @Implements(approveUndo)
  async approve(
    @InScope() scope: Scope,
    @RouteParam('plan') id: string,
    @Asking() principal: Principal,
  ): Promise<UndoPlan> {
    return this.undo.approve(scope, id, actorOf(principal));
  }

  @Implements(cancelUndo)
  async cancel(
    @InScope() scope: Scope,
    @RouteParam('plan') id: string,
    @Asking() principal: Principal,
  ): Promise<UndoPlan> {
    return this.undo.cancel(scope, id, actorOf(principal));
  }
}
