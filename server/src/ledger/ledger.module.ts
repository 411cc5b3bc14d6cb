import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity/identity.module.js';
import { MembersModule } from '#members/members.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { RealtimeModule } from '#realtime/realtime.module.js';
import { declareJobs } from '#platform/queues/job.js';
import { LedgerController } from './ledger.controller.js';
import { LanesHealth, OutboxHealth } from './lanes.health.js';
import { LedgerStream, OutboxTail } from './ledger.push.js';
import { verifyLedger } from './ledger.jobs.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { LedgerViews } from './ledger-views.service.js';
import { ProjectionsRepository } from './projections.repository.js';
import { ProjectionsService } from './projections.service.js';
import { RandomPool } from './random-pool.js';
import { VerifyLedgerWorker } from './ledger.worker.js';
import { VerifyService } from './verify.service.js';

/**
 * Owns: `journal`, `memberStates`, `lanes`, `leases`, `outbox`, `quarantine`, `projections`. Takes in: well-formed activities of known members.
 * Gives out: committed entries, exactly once by key; states; the stream `me`; and the journal to every view
 * above (port `Projector`), in order and with a watermark.
 */
@Module({
  imports: [IdentityModule, MembersModule, ProgramsModule, RealtimeModule],
  controllers: [LedgerController],
  providers: [
    LedgerService,
    LedgerViews,
    VerifyService,
    LedgerRepository,
    ProjectionsRepository,
    ProjectionsService,
    LedgerStream,
    OutboxTail,
    RandomPool,
    LanesHealth,
    OutboxHealth,
    declareJobs(verifyLedger),
    VerifyLedgerWorker,
  ],
  exports: [LedgerService, LedgerViews, ProjectionsService, VerifyService],
})
export class LedgerModule {}
