import { setImmediate } from 'node:timers/promises';
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
/** So many entries of members who decide side by side are in memory at once, or one member's. */
const BLOCK_ENTRIES = 100_000;

export interface SettlementInput {
  readonly scope: Scope;
  readonly backtest: string;
  /** Those of its parts that are finished. */
  readonly runs: readonly string[];
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

  /** Holds what everybody asked, and of journals those of a block. `each` hears how far the rounds are. */
  async run(
    { scope, backtest, runs, definitions, untilMs, live }: SettlementInput,
    each: (rounds: readonly BacktestRound[]) => void,
  ): Promise<SettlementResult> {
    const program = await this.programs.compileDraft(scope, definitions);
    const rules = { program, currency: definitions.currencies[0]?.id ?? '', untilMs };
    const settlement = new Settlement(await this.demand.read(backtest, runs), program.budgets);
    const settled = new SettledTally(settlement, rules);
    const rounds: BacktestRound[] = [];
    const watch = new Watch(() => each(rounds));
    for (let again = settlement.begin(); again !== null; again = settlement.begin()) {
      const round: BacktestRound = { members: 0, total: again.length };
      rounds.push(round);
      await watch.look();
      await this.decideAgain(scope, again, settled, async (share) => {
        round.members = Math.floor(share * again.length);
        await watch.look();
      });
      settlement.end();
    }
    for await (const past of this.replay.readPastsOf(scope, settled.undecided)) settled.leaveOut(past);
    const tally = settled.finish();
    const used = { ...live };
    for (const [key, amount] of Object.entries(tally.shared)) used[key] = (used[key] ?? 0) + amount;
    return {
      tally,
      budgets: settlement.outcomes(used),
      rounds: settlement.round,
      unsettledCount: settlement.unsettled.length,
      memoryMb: watch.memory / 2 ** 20,
    };
  }

  /** In blocks that memory can hold: all members of one decide side by side. Half of the way is reading them. */
  private async decideAgain(
    scope: Scope,
    members: readonly string[],
    settled: SettledTally,
    each: (share: number) => Promise<void>,
  ): Promise<void> {
    let block = settled.block();
    let [read, decided, entries] = [0, 0, 0];
    const tell = (share = 0) => each((read + decided + share * (read - decided)) / (2 * members.length));
    const decide = async (): Promise<void> => {
      for (const done of block.decide()) await tell(Math.min(1, done / Math.max(1, entries)));
      [block, decided, entries] = [settled.block(), read, 0];
    };
    for await (const past of this.replay.readPastsOf(scope, members)) {
      entries += block.add(past);
      read += 1;
      if (entries >= BLOCK_ENTRIES) await decide();
      else await tell();
    }
    await decide();
    await tell();
  }
}

/** Tells now and then how far something is, and knows how much memory it took. */
class Watch {
  memory = 0;
  private toldMs = 0;

  constructor(private readonly tell: () => void) {}

  async look(): Promise<void> {
    this.memory = Math.max(this.memory, process.memoryUsage.rss());
    const now = performance.now();
    if (now - this.toldMs < TELL_MS) return;
    this.toldMs = now;
    this.tell();
    // What was told leaves the process when its loop turns.
    await setImmediate();
  }
}
