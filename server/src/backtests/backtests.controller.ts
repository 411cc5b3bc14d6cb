import { Controller } from '@nestjs/common';
import {
  type Backtest,
  cancelBacktest,
  getBacktest,
  listBacktests,
  startBacktest,
  type Trial,
  type TrialDraft,
  tryDraft,
} from '@verbena/shared/backtests/backtests.routes.js';
import { Asking, Implements, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BacktestsService } from './backtests.service.js';

@Controller()
export class BacktestsController {
  constructor(private readonly backtests: BacktestsService) {}

  @Implements(startBacktest)
  async start(
    @InScope() scope: Scope,
    @RouteParam('draft') draft: string,
    @Asking() principal: Principal,
  ): Promise<Backtest> {
    return this.backtests.start(scope, draft, actorOf(principal));
  }

  @Implements(listBacktests)
  async list(@InScope() scope: Scope, @RouteParam('draft') draft: string): Promise<{ items: Backtest[] }> {
    return { items: await this.backtests.list(scope, draft) };
  }

  @Implements(getBacktest)
  async get(@InScope() scope: Scope, @RouteParam('backtest') id: string): Promise<Backtest> {
    return this.backtests.get(scope, id);
  }

  @Implements(cancelBacktest)
  async cancel(@InScope() scope: Scope, @RouteParam('backtest') id: string): Promise<Backtest> {
    return this.backtests.cancel(scope, id);
  }

  @Implements(tryDraft)
  async try(
    @InScope() scope: Scope,
    @RouteParam('draft') draft: string,
    @RouteBody(tryDraft) body: TrialDraft,
  ): Promise<Trial> {
    return this.backtests.try(scope, draft, body);
  }
}
