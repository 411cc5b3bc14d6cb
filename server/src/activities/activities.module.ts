import { Injectable, Module } from '@nestjs/common';
import * as activitiesRoutes from '@verbena/shared/activities/activities.routes.js';
import * as activityResult from '@verbena/shared/activities/activity-result.js';
import * as activityType from '@verbena/shared/activities/activity-type.js';
import * as attributeSchema from '@verbena/shared/activities/attribute-schema.js';
import * as idempotencyKey from '@verbena/shared/activities/idempotency-key.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
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
@NamesSchemas(activitiesRoutes, activityResult, activityType, attributeSchema, idempotencyKey)
@Module({
  imports: [LedgerModule, MembersModule, PointsModule, ProgramsModule],
  controllers: [ActivitiesController, MemberAttributesController],
  providers: [ActivitiesService, ReversalsService, ActivityTypesDefinitions, SourceIntake],
})
export class ActivitiesModule {}
