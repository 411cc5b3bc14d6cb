import { Module } from '@nestjs/common';
import * as asideRoutes from '@verbena/shared/ledger/aside.routes.js';
import * as decision from '@verbena/shared/ledger/decision.js';
import * as effect from '@verbena/shared/ledger/effect.js';
import * as entryRecorded from '@verbena/shared/ledger/entry-recorded.js';
import * as facts from '@verbena/shared/ledger/facts.js';
import * as ledgerRoutes from '@verbena/shared/ledger/ledger.routes.js';
import * as memberState from '@verbena/shared/ledger/member-state.js';
import * as pointsLine from '@verbena/shared/ledger/points-line.js';
import * as publicationPassRoutes from '@verbena/shared/ledger/publication-pass.routes.js';
import * as receipt from '@verbena/shared/ledger/receipt.js';
import * as reconciliationRoutes from '@verbena/shared/ledger/reconciliation.routes.js';
import * as rootsRoutes from '@verbena/shared/ledger/roots.routes.js';
import * as statePatch from '@verbena/shared/ledger/state-patch.js';
import * as losses from '@verbena/shared/ledger/losses.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { MembersModule } from '#members/members.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { RealtimeModule } from '#realtime/realtime.module.js';
import { declareJobs } from '#platform/queues/job.js';
import { AsideController } from './aside.controller.js';
import { AsideService } from './aside.service.js';
import { AsOf } from './as-of.service.js';
import { LedgerController } from './ledger.controller.js';
import { GiftPartners } from './gift-partners.service.js';
import { JournalPast } from './journal-past.service.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetsService } from './budgets.service.js';
import { BudgetsCheck } from './budgets-check.service.js';
import { HandsRepository } from './hands.repository.js';
import { HandLog } from './hand-log.service.js';
import { HandsService } from './hands.service.js';
import { LanesHealth, OutboxHealth } from './lanes.health.js';
import { LedgerStream, OutboxTail } from './ledger.push.js';
import { signRoot, verifyLedger } from './ledger.jobs.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { LedgerViews } from './ledger-views.service.js';
import { MemberActs } from './member-acts.service.js';
import { PortionsRepository } from './portions.repository.js';
import { ProjectionsRepository } from './projections.repository.js';
import { ProjectionsService } from './projections.service.js';
import { PublicationPassesController } from './publication-passes.controller.js';
import { PublicationPassesRepository } from './publication-passes.repository.js';
import { PublicationPasses } from './publication-passes.service.js';
import { RandomPool } from './random-pool.js';
import { ReceiptsService } from './receipts.service.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { ReconciliationService } from './reconciliation.service.js';
import { ReconciliationsRepository } from './reconciliations.repository.js';
import { RootsController } from './roots.controller.js';
import { RootsRepository } from './roots.repository.js';
import { RootsService } from './roots.service.js';
import { SignRootWorker } from './roots.worker.js';
import { SnapshotsRepository } from './snapshots.repository.js';
import { SnapshotsService } from './snapshots.service.js';
import { VerifyLedgerWorker } from './ledger.worker.js';
import { ReplayService } from './replay.service.js';
import { UndoPast } from './undo-past.service.js';
import { VerifyService } from './verify.service.js';

/**
 * Owns: `journal`, `memberStates`, `lanes`, `leases`, `outbox`, `quarantine`, `portions`, `snapshots`, `roots`, `reconciliations`, `projections`, `publicationPasses`, `handGains`, `handCounts`. Takes in: well-formed activities of known members.
 * Gives out: committed entries, exactly once by key; states; the stream `me`; and the journal to every view
 * above (port `Projector`), in order and with a watermark.
 */
@NamesSchemas(
  asideRoutes,
  decision,
  effect,
  entryRecorded,
  facts,
  ledgerRoutes,
  memberState,
  pointsLine,
  publicationPassRoutes,
  receipt,
  reconciliationRoutes,
  rootsRoutes,
  statePatch,
  losses,
)
@Module({
  imports: [AuditModule, IdentityModule, MembersModule, ProgramsModule, RealtimeModule],
  controllers: [
    LedgerController,
    RootsController,
    ReconciliationController,
    BudgetsController,
    AsideController,
    PublicationPassesController,
  ],
  providers: [
    LedgerService,
    LedgerViews,
    AsideService,
    GiftPartners,
    HandLog,
    HandsService,
    HandsRepository,
    MemberActs,
    VerifyService,
    ReplayService,
    UndoPast,
    LedgerRepository,
    PortionsRepository,
    BudgetsCheck,
    BudgetsService,
    PublicationPasses,
    PublicationPassesRepository,
    ProjectionsRepository,
    ProjectionsService,
    LedgerStream,
    OutboxTail,
    RandomPool,
    LanesHealth,
    OutboxHealth,
    SnapshotsRepository,
    SnapshotsService,
    ReceiptsService,
    AsOf,
    JournalPast,
    ReconciliationsRepository,
    ReconciliationService,
    RootsRepository,
    RootsService,
    declareJobs(verifyLedger, signRoot),
    VerifyLedgerWorker,
    SignRootWorker,
  ],
  exports: [
    LedgerService,
    LedgerViews,
    HandLog,
    HandsService,
    MemberActs,
    AsOf,
    JournalPast,
    ProjectionsService,
    VerifyService,
    ReplayService,
    BudgetsService,
    UndoPast,
  ],
})
export class LedgerModule {}
