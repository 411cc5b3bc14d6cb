import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import { QueuesService } from '#platform/queues/queues.service.js';
import { settleBacktest } from './backtests.jobs.js';
import { BacktestsRepository } from './backtests.repository.js';
import type { BacktestDocument } from './backtests.schema.js';
import { DemandRepository } from './demand.repository.js';
import type { SettlementResult } from './run-settlement.service.js';
import { type PartTally, reportOf } from './tally.js';

/** What becomes of a backtest when a piece of it ends. */
@Injectable()
export class BacktestEnd {
  constructor(
    private readonly repository: BacktestsRepository,
    private readonly demand: DemandRepository,
    private readonly queues: QueuesService,
    private readonly clock: Clock,
  ) {}

  /** The report, once every part has its tally, or before it the settling; of two parts that end together either may say so. */
  async afterPart(document: BacktestDocument): Promise<void> {
    if (talliesOf(document).length < document.parts.length) return;
    if (document.isShared === true) await this.queues.add(settleBacktest, { backtest: document._id });
    else await this.report(document, null);
  }

  async report(document: BacktestDocument, settled: SettlementResult | null): Promise<void> {
    const { _id, parts, definitions, startedAt } = document;
    const endedAt = new Date(this.clock.now());
    const tallies = [...talliesOf(document), ...(settled === null ? [] : [settled.tally])];
    const report = reportOf(
      tallies,
      {
        currency: definitions.currencies[0]?.id ?? null,
        seconds: Math.max(0, endedAt.getTime() - startedAt.getTime()) / 1_000,
        memoryMb: Math.max(...parts.map(({ memoryMb }) => memoryMb), settled?.memoryMb ?? 0),
        missions: definitions.missions.map(({ id }) => id),
        badges: definitions.badges.map(({ id }) => id),
        tiers: definitions.tiers.map(({ id }) => id),
      },
      settled ?? undefined,
    );
    await this.repository.end(_id, 'done', report, endedAt);
    await this.demand.delete(_id);
  }

  async fail(backtest: string): Promise<void> {
    await this.repository.end(backtest, 'failed', null, new Date(this.clock.now()));
    await this.demand.delete(backtest);
  }
}

function talliesOf({ parts }: BacktestDocument): PartTally[] {
  return parts.flatMap(({ tally }) => (tally === null ? [] : [tally]));
}
