import { Module } from '@nestjs/common';
import * as undoPlansRoutes from '@verbena/shared/undo/undo-plans.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { declareJobs } from '#platform/queues/job.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { RunUndo } from './run-undo.service.js';
import { UndoRuns } from './undo-runs.service.js';
import { UndoController } from './undo.controller.js';
import { applyUndo, findUndo, resumeUndo } from './undo.jobs.js';
import { UndoRepository } from './undo.repository.js';
import { UndoService } from './undo.service.js';
import { ApplyUndoWorker, FindUndoWorker, ResumeUndoWorker } from './undo.worker.js';

/**
 * Owns: `undoPlans`, `undoHeads`. Takes in: a version that is over, and the whole journal, decided again without it. Gives out: what that
 * would change for whom, and, once it is approved, one entry in each of those members' books.
 */
@NamesSchemas(undoPlansRoutes)
@Module({
  imports: [AuditModule, IdentityModule, MembersModule, ProgramsModule, LedgerModule],
  controllers: [UndoController],
  providers: [
    UndoService,
    UndoRepository,
    RunUndo,
    UndoRuns,
    FindUndoWorker,
    ApplyUndoWorker,
    ResumeUndoWorker,
    declareJobs(findUndo, applyUndo, resumeUndo),
  ],
})
export class UndoModule {}
