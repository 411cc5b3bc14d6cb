import { Injectable, Module } from '@nestjs/common';
import { LedgerModule } from '#ledger/ledger.module.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { MissionsController } from './missions.controller.js';
import { missionsSource } from './missions.definitions.js';

@ProvidesDefinitions()
@Injectable()
class MissionsDefinitions implements DefinitionProvider {
  readonly source = missionsSource;
}

/**
 * Owns: what missions are and how they compile. Takes in: states, from the ledger. Gives out: their definition source, which
 * programs finds, and each member's missions.
 */
@Module({
  imports: [LedgerModule],
  controllers: [MissionsController],
  providers: [MissionsDefinitions],
})
export class MissionsModule {}
