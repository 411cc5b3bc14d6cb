import { Controller } from '@nestjs/common';
import {
  getFigures,
  getReconciliation,
  type ProgramFigures,
  type Reconciliation,
  startReconciliation,
} from '@verbena/shared/ledger/reconciliation.routes.js';
import { Implements, RouteBody } from '#platform/http/implements.decorator.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ReconciliationService } from './reconciliation.service.js';

@Controller()
export class ReconciliationController {
  constructor(private readonly reconciliation: ReconciliationService) {}

  @Implements(getReconciliation)
  async last(@InScope() scope: Scope): Promise<{ last: Reconciliation | null; running: boolean }> {
    return this.reconciliation.last(scope);
  }

  @Implements(getFigures)
  async figures(
    @InScope() scope: Scope,
  ): Promise<{ last: { at: string; figures: ProgramFigures } | null; running: boolean }> {
    return this.reconciliation.figures(scope);
  }

  @Implements(startReconciliation)
  async start(@RouteBody(startReconciliation) _: object): Promise<{ started: boolean }> {
    return this.reconciliation.start();
  }
}
