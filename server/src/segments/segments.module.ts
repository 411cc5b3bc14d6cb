import { Module } from '@nestjs/common';
import * as audience from '@verbena/shared/segments/audience.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { AudiencesService } from './audiences.service.js';

/** Gives out: who belongs to whom something is for. */
@NamesSchemas(audience)
@Module({
  imports: [LedgerModule, ProgramsModule],
  providers: [AudiencesService],
  exports: [AudiencesService],
})
export class SegmentsModule {}
