import { Injectable } from '@nestjs/common';
import type { BudgetOutcome } from '@verbena/shared/backtests/backtests.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { ReplayService } from '#ledger/replay.service.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { BacktestRound } from './backtests.schema.js';
import { DemandRepository } from './demand.repository.js';
import { SettledTally } from './settled-tally.js';
import { Settlement } from './settlement.js';
import type { PartTally } from './tally.js';

const TELL_MS = 500;

export interface SettlementInput {
  readonly scope: Scope;
  readonly backtest: string;
  readonly definitions: Definitions;
  readonly untilMs: number;
  /** What the parts found was used in fact of what all share, by `budgetKey`. */
  readonly live: Readonly<Record<string, number>>;
}

export interface SettlementResult {
  /** What is to be added to what the parts found. */
  readonly tally: PartTally;
  readonly budgets: BudgetOutcome[];
  readonly rounds: number;
  readonly unsettledCount: number;
  readonly memoryMb: number;
}

/** Gives out what all members share, and decides again whom it does not suffice for; in a child process. */
@Injectable()
export class RunSettlementService {
  constructor(
    private readonly replay: ReplayService,
    private readonly programs: ProgramsService,
    private readonly demand: DemandRepository,
  ) {}

  /** Holds what everybody asked, and of journals one batch. `each` hears how far the rounds are. */
  async run(
    { scope, backtest, definitions, untilMs, live }: SettlementInput,
    each: (rounds: readonly BacktestRound[]) => void,
  ): Promise<SettlementResult> {
    const program = await this.programs.compileDraft(scope, definitions);
    const rules = { program, currency: definitions.currencies[0]?.id ?? '', untilMs };
    const settlement = new Settlement(await this.demand.read(backtest), program.budgets);
    const settled = new SettledTally(settlement, rules);
    const rounds: BacktestRound[] = [];
    let memory = process.memoryUsage.rss();
    for (let again = settlement.begin(); again !== null; again = settlement.begin()) {
      const round: BacktestRound = { members: 0, total: again.length };
      rounds.push(round);
      each(rounds);
      let toldMs = performance.now();
      for await (const past of this.replay.readPastsOf(scope, again)) {
        settled.decideAgain(past);
        round.members += 1;
        memory = Math.max(memory, process.memoryUsage.rss());
        if (performance.now() - toldMs < TELL_MS) continue;
        toldMs = performance.now();
        each(rounds);
      }
      each(rounds);
      settlement.end();
    }
    const { unsettled } = settlement;
    for await (const past of this.replay.readPastsOf(scope, unsettled)) settled.leaveOut(past);
    const tally = settled.finish();
    const used = { ...live };
    for (const [key, amount] of Object.entries(tally.shared)) used[key] = (used[key] ?? 0) + amount;
    return {
      tally,
      budgets: settlement.outcomes(used),
      rounds: settlement.round,
      unsettledCount: unsettled.length,
      memoryMb: memory / 2 ** 20,
    };
  }
}
