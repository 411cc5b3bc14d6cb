import { Injectable, Logger } from '@nestjs/common';
import { ulid } from 'ulid';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { BacktestEnd } from './backtest-end.service.js';
import { BacktestsRepository } from './backtests.repository.js';
import { runBacktestPart } from './backtests.jobs.js';
import type { PartInput, PartResult } from './run-part.service.js';
import { runWatched } from './run-watched.js';

type Done = { readonly members: number; readonly entries: number };
const NOTHING: Done = { members: 0, entries: 0 };

/** Runs one part in a process of its own. */
@Injectable()
@DoesJob(runBacktestPart)
export class RunPartWorker implements JobHandler<typeof runBacktestPart.payload> {
  private readonly logger = new Logger('Backtests');

  constructor(
    private readonly repository: BacktestsRepository,
    private readonly end: BacktestEnd,
  ) {}

  async run({ backtest, part }: { backtest: string; part: number }): Promise<void> {
    const document = await this.repository.findAny(backtest);
    const own = document?.parts[part];
    // Cancelled while it waited.
    if (document === null || own === undefined) return;
    // Finished by a worker that was believed dead, or that died before it could say so.
    if (own.tally !== null) return document.report === null ? this.end.afterPart(document) : undefined;
    try {
      const run = ulid();
      const input: PartInput = {
        scope: scopeOf(document.program),
        backtest,
        part,
        run,
        shards: own.shards,
        definitions: document.definitions,
        untilMs: document.startedAt.getTime(),
      };
      // The child boots a whole server that leads nothing, so it stands with the other entry points above the modules.
      const found = await runWatched<PartResult, Done>(
        '../commands/backtest.child',
        import.meta.url,
        input,
        (progress) => this.repository.progress(backtest, part, progress ?? NOTHING),
      );
      if (found === null) return;
      const { tally, memoryMb } = found;
      const { members, entries } = tally;
      const whole = await this.repository.finishPart(backtest, part, {
        ...own,
        members,
        entries,
        memoryMb,
        tally,
        run,
      });
      if (whole !== null) await this.end.afterPart(whole);
    } catch (error) {
      this.logger.error(`Part ${part} of the backtest ${backtest} failed: ${String(error)}`);
      await this.end.fail(backtest);
    }
  }
}
