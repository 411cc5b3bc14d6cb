import { Injectable, Module } from '@nestjs/common';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { PointsModule } from '#points/points.module.js';
import { type DefinitionProvider, ProvidesDefinitions } from '#programs/definition-source.port.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { ActivitiesController } from './activities.controller.js';
import { MemberAttributesController } from './member-attributes.controller.js';
import { ActivitiesService } from './activities.service.js';
import { ReversalsService } from './reversals.service.js';
import { SourceIntake } from './source-intake.js';
import { activityTypesSource } from './activity-types.definitions.js';

@ProvidesDefinitions()
@Injectable()
class ActivityTypesDefinitions implements DefinitionProvider {
  readonly source = activityTypesSource;
}

/**
 * Owns: the front door. Takes in: activities over HTTP, one by one and in batches; by hand, and taken back; and those of our own
 * modules from the source outbox. Gives out: what became of each key; and the definition source of activity types.
 */
@Module({
  imports: [LedgerModule, MembersModule, PointsModule, ProgramsModule],
  controllers: [ActivitiesController, MemberAttributesController],
  providers: [ActivitiesService, ReversalsService, ActivityTypesDefinitions, SourceIntake],
})
export class ActivitiesModule {}
