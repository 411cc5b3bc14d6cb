import { Injectable, Logger } from '@nestjs/common';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { runInChild } from '#platform/queues/run-in-child.js';
import { Clock } from '#platform/clock/clock.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { BacktestsRepository } from './backtests.repository.js';
import { runBacktestPart } from './backtests.jobs.js';
import type { BacktestDocument } from './backtests.schema.js';
import type { PartInput, PartResult } from './run-part.service.js';
import { reportOf } from './tally.js';

const WATCH_MS = 1_000;

/** Runs one part in a process of its own, and makes the report when it was the last. */
@Injectable()
@DoesJob(runBacktestPart)
export class BacktestsWorker implements JobHandler<typeof runBacktestPart.payload> {
  private readonly logger = new Logger('Backtests');

  constructor(
    private readonly repository: BacktestsRepository,
    private readonly clock: Clock,
  ) {}

  async run({ backtest, part }: { backtest: string; part: number }): Promise<void> {
    const document = await this.repository.findAny(backtest);
    const own = document?.parts[part];
    // Cancelled while it waited, or finished by a worker that was believed dead.
    if (document === null || own === undefined || own.tally !== null) return;
    const stop = new AbortController();
    let done = { members: 0, entries: 0 };
    const tell = async (): Promise<void> => {
      if (!(await this.repository.progress(backtest, part, done))) stop.abort();
    };
    const watch = setInterval(() => void tell().catch(() => undefined), WATCH_MS);
    try {
      await tell();
      if (stop.signal.aborted) return;
      const input: PartInput = {
        scope: scopeOf(document.program),
        shards: own.shards,
        definitions: document.definitions,
        untilMs: document.startedAt.getTime(),
      };
      // The child boots a whole server that leads nothing, so it stands with the other entry points above the modules.
      const { tally, memoryMb } = await runInChild<PartResult>('../commands/backtest.child', import.meta.url, input, {
        signal: stop.signal,
        onProgress: (progress) => (done = progress as typeof done),
      });
      const { members, entries } = tally;
      const whole = await this.repository.finishPart(backtest, part, { ...own, members, entries, memoryMb, tally });
      if (whole !== null) await this.finish(whole);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.logger.error(`Part ${part} of the backtest ${backtest} failed: ${String(error)}`);
      await this.repository.end(backtest, 'failed', null, new Date(this.clock.now()));
    } finally {
      clearInterval(watch);
    }
  }

  /** The report, once every part has its tally; of two parts that end together either may write the same. */
  private async finish({ _id, parts, definitions, startedAt }: BacktestDocument): Promise<void> {
    const tallies = parts.flatMap(({ tally }) => (tally === null ? [] : [tally]));
    if (tallies.length < parts.length) return;
    const endedAt = new Date(this.clock.now());
    const report = reportOf(tallies, {
      currency: definitions.currencies[0]?.id ?? null,
      seconds: Math.max(0, endedAt.getTime() - startedAt.getTime()) / 1_000,
      memoryMb: Math.max(...parts.map(({ memoryMb }) => memoryMb)),
      missions: definitions.missions.map(({ id }) => id),
      badges: definitions.badges.map(({ id }) => id),
      tiers: definitions.tiers.map(({ id }) => id),
    });
    await this.repository.end(_id, 'done', report, endedAt);
  }
}
