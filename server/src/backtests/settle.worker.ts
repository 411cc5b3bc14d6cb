import { Injectable, Logger } from '@nestjs/common';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { BacktestEnd } from './backtest-end.service.js';
import { BacktestsRepository } from './backtests.repository.js';
import { settleBacktest } from './backtests.jobs.js';
import type { BacktestRound } from './backtests.schema.js';
import type { SettlementInput, SettlementResult } from './run-settlement.service.js';
import { runWatched } from './run-watched.js';
import { mergeTallies } from './tally.js';

/** Gives out what all members share, in a process of its own, and makes the report. */
@Injectable()
@DoesJob(settleBacktest)
export class SettleWorker implements JobHandler<typeof settleBacktest.payload> {
  private readonly logger = new Logger('Backtests');

  constructor(
    private readonly repository: BacktestsRepository,
    private readonly end: BacktestEnd,
  ) {}

  async run({ backtest }: { backtest: string }): Promise<void> {
    const document = await this.repository.findAny(backtest);
    // Cancelled while it waited, or settled by a worker that was believed dead.
    if (document?.status !== 'running') return;
    try {
      const { shared } = mergeTallies(document.parts.flatMap(({ tally }) => (tally === null ? [] : [tally])));
      const input: SettlementInput = {
        scope: scopeOf(document.program),
        backtest,
        runs: document.parts.flatMap(({ run }) => run ?? []),
        definitions: document.definitions,
        untilMs: document.startedAt.getTime(),
        live: shared,
      };
      const known = document.rounds ?? [];
      const settled = await runWatched<SettlementResult, readonly BacktestRound[]>(
        '../commands/backtest-settle.child',
        import.meta.url,
        input,
        // What a worker that died had told is not taken back.
        (rounds) =>
          this.repository.progressRounds(backtest, rounds !== null && isBehind(rounds, known) ? null : rounds),
      );
      if (settled !== null) await this.end.report(document, settled);
    } catch (error) {
      this.logger.error(`Settling the backtest ${backtest} failed: ${String(error)}`);
      await this.end.fail(backtest);
    }
  }
}

function isBehind(rounds: readonly BacktestRound[], known: readonly BacktestRound[]): boolean {
  if (rounds.length !== known.length) return rounds.length < known.length;
  return (rounds.at(-1)?.members ?? 0) < (known.at(-1)?.members ?? 0);
}
