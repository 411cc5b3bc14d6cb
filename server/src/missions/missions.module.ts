import { Injectable, Module } from '@nestjs/common';
import * as mission from '@verbena/shared/missions/mission.js';
import * as missionsRoutes from '@verbena/shared/missions/missions.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { GoalsProjector } from './goals.projector.js';
import { GoalsRepository } from './goals.repository.js';
import { MissionsController } from './missions.controller.js';
import { missionsSource } from './missions.definitions.js';

@ProvidesDefinitions()
@Injectable()
class MissionsDefinitions implements DefinitionProvider {
  readonly source = missionsSource;
}

/**
 * Owns: what missions are and how they compile; what members bring to shared goals. Takes in: states and entries, from the ledger. Gives out: their definition source, which
 * programs finds, and each member's missions.
 */
@NamesSchemas(mission, missionsRoutes)
@Module({
  imports: [LedgerModule, ProgramsModule],
  controllers: [MissionsController],
  providers: [MissionsDefinitions, GoalsRepository, GoalsProjector],
})
export class MissionsModule {}
