import { Module } from '@nestjs/common';
import * as audience from '@verbena/shared/segments/audience.js';
import * as segmentsRoutes from '@verbena/shared/segments/segments.routes.js';
import { AuditModule } from '#audit/audit.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { AudiencesService } from './audiences.service.js';
import { SegmentsController } from './segments.controller.js';
import { SegmentsRepository } from './segments.repository.js';
import { SegmentsService } from './segments.service.js';

/**
 * Owns: `segments`, `segmentMembers`. Takes in: conditions under a name, and whom staff put on a list. Gives out: who belongs to whom
 * something is for.
 */
@NamesSchemas(audience, segmentsRoutes)
@Module({
  imports: [AuditModule, LedgerModule, MembersModule, ProgramsModule],
  controllers: [SegmentsController],
  providers: [AudiencesService, SegmentsService, SegmentsRepository],
  exports: [AudiencesService],
})
export class SegmentsModule {}
