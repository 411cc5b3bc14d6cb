import { Module } from '@nestjs/common';
import * as backtestsRoutes from '@verbena/shared/backtests/backtests.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { declareJobs } from '#platform/queues/job.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { BacktestsController } from './backtests.controller.js';
import { runBacktestPart, settleBacktest } from './backtests.jobs.js';
import { BacktestsRepository } from './backtests.repository.js';
import { BacktestsService } from './backtests.service.js';
import { BacktestEnd } from './backtest-end.service.js';
import { RunPartWorker } from './backtests.worker.js';
import { DemandRepository } from './demand.repository.js';
import { RunPartService } from './run-part.service.js';
import { RunSettlementService } from './run-settlement.service.js';
import { SettleWorker } from './settle.worker.js';

/**
 * Owns: `backtests`, `backtestDemand`. Takes in: drafts, and the whole journal, read in shadow. Gives out: what a draft would have made of the
 * past or of one activity; nothing of it ever reaches a member's books.
 */
@NamesSchemas(backtestsRoutes)
@Module({
  imports: [IdentityModule, MembersModule, ProgramsModule, LedgerModule],
  controllers: [BacktestsController],
  providers: [
    BacktestsService,
    BacktestsRepository,
    DemandRepository,
    BacktestEnd,
    RunPartService,
    RunPartWorker,
    RunSettlementService,
    SettleWorker,
    declareJobs(runBacktestPart, settleBacktest),
  ],
})
export class BacktestsModule {}
