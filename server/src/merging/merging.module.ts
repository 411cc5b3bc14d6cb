import { Module } from '@nestjs/common';
import * as mergingRoutes from '@verbena/shared/merging/merging.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { MergingController } from './merging.controller.js';
import { MergingService } from './merging.service.js';

/**
 * Owns nothing. Takes in: that two members are one person, said by staff, or by the person with a claim code. Gives out: in one
 * transaction, that one ends in the other (to members and identity), and the activity by which the books follow.
 */
@NamesSchemas(mergingRoutes)
@Module({
  imports: [AuditModule, IdentityModule, LedgerModule, MembersModule, ProgramsModule],
  controllers: [MergingController],
  providers: [MergingService],
})
export class MergingModule {}
