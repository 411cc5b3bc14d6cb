import { Controller } from '@nestjs/common';
import { type BudgetStanding, listBudgets } from '@verbena/shared/programs/budgets.routes.js';
import { Implements } from '#platform/http/implements.decorator.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BudgetsService } from './budgets.service.js';

@Controller()
export class BudgetsController {
  constructor(private readonly budgets: BudgetsService) {}

  @Implements(listBudgets)
  async list(@InScope() scope: Scope): Promise<{ items: BudgetStanding[] }> {
    return { items: await this.budgets.list(scope) };
  }
}
