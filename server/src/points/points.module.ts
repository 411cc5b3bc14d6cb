import { Module } from '@nestjs/common';
import * as adjustment from '@verbena/shared/points/adjustment.js';
import * as pointsActivities from '@verbena/shared/points/points-activities.js';
import * as pointsRoutes from '@verbena/shared/points/points.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { AdjustmentsService } from './adjustments.service.js';
import { PointsController } from './points.controller.js';
import { PointsRepository } from './points.repository.js';
import { PointsService } from './points.service.js';

/**
 * Owns: `adjustments`. Takes in: what staff and shops do with points that are there already, or not usable yet: pending points,
 * holds, adjustments and their approval. Gives out: the activities of the house that say so.
 */
@NamesSchemas(adjustment, pointsActivities, pointsRoutes)
@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, MembersModule, ProgramsModule],
  controllers: [PointsController],
  providers: [PointsService, AdjustmentsService, PointsRepository],
  exports: [AdjustmentsService],
})
export class PointsModule {}
