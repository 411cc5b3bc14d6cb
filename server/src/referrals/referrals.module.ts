import { Injectable, Module } from '@nestjs/common';
import * as referral from '@verbena/shared/referrals/referral.js';
import * as referralsRoutes from '@verbena/shared/referrals/referrals.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { LinkPreviewService } from './link-preview.service.js';
import { ReferralsController } from './referrals.controller.js';
import { referralsSource } from './referrals.definitions.js';
import { ReferralsService } from './referrals.service.js';

@ProvidesDefinitions()
@Injectable()
class ReferralsDefinitions implements DefinitionProvider {
  readonly source = referralsSource;
}

/**
 * Owns: what makes an invitation count; no collection: who invited whom is the members', what came of it the journal's. Takes
 * in: codes. Gives out: what an invitation is, what a shared address says of itself, what became of a member's own, and its
 * definition source, which programs finds.
 */
@NamesSchemas(referral, referralsRoutes)
@Module({
  imports: [IdentityModule, LedgerModule, MembersModule, ProgramsModule],
  controllers: [ReferralsController],
  providers: [ReferralsService, ReferralsDefinitions, LinkPreviewService],
  exports: [ReferralsService],
})
export class ReferralsModule {}
