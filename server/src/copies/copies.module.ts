import { Module } from '@nestjs/common';
import * as copiesRoutes from '@verbena/shared/copies/copies.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { ReferralsModule } from '#referrals/referrals.module.js';
import { CopiesController } from './copies.controller.js';
import { CopiesService } from './copies.service.js';

/** Owns: nothing. Takes in: what each module knows of a member. Gives out: one file of it, streamed, for that person. */
@NamesSchemas(copiesRoutes)
@Module({
  imports: [AuditModule, IdentityModule, MembersModule, LedgerModule, ReferralsModule],
  controllers: [CopiesController],
  providers: [CopiesService],
})
export class CopiesModule {}
