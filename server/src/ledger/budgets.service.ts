import { Injectable } from '@nestjs/common';
import type { BudgetStanding } from '@verbena/shared/programs/budgets.routes.js';
import { dayOf } from '#engine/calendar.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { periodOfBudget } from '#engine/decide-budget.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { usedOf } from './budgets-check.service.js';
import { counterIdOf } from './portions.js';
import { PortionsRepository } from './portions.repository.js';

/** What is left of that which all members share. */
@Injectable()
export class BudgetsService {
  constructor(
    private readonly portions: PortionsRepository,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /** Every budget of the version in force in its present period. */
  async list(scope: Scope): Promise<BudgetStanding[]> {
    const compiled = await this.programs.inForce(scope.program, this.clock.now());
    return this.standings(scope, compiled, [...compiled.budgets.values()]);
  }

  /** Of missions that only the first so many can complete: how many more can, by mission. */
  async placesOf(
    scope: Scope,
    compiled: CompiledProgram,
  ): Promise<ReadonlyMap<string, { limit: number; left: number }>> {
    const ofMissions = [...compiled.budgets.values()].filter(({ kind }) => kind === 'mission');
    const standings = await this.standings(scope, compiled, ofMissions);
    return new Map(standings.map(({ id, limit, left }) => [id, { limit, left }]));
  }

  private async standings(
    { program }: Scope,
    { zone }: CompiledProgram,
    budgets: readonly CompiledBudget[],
  ): Promise<BudgetStanding[]> {
    if (budgets.length === 0) return [];
    const day = { program: dayOf(localDateOf(this.clock.now(), zone)) };
    const places = budgets.map((budget) => ({ program, budget: budget.id, period: periodOfBudget(budget, day) }));
    const balances = new Map((await this.portions.balances(places)).map((one) => [counterIdOf(one), one]));
    return budgets.map(({ id: budget, kind, of: id, currency, per, limit }, index) => {
      const period = places[index]?.period ?? per;
      const balance = balances.get(counterIdOf({ program, budget, period }));
      const used = balance === undefined ? 0 : usedOf(balance);
      return { budget, kind, id, currency, per, period, limit, used, left: Math.max(0, limit - used) };
    });
  }
}
