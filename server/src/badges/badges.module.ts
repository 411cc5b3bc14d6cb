import { Injectable, Module } from '@nestjs/common';
import * as badge from '@verbena/shared/badges/badge.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { BadgesController } from './badges.controller.js';
import { badgesSource } from './badges.definitions.js';

@ProvidesDefinitions()
@Injectable()
class BadgesDefinitions implements DefinitionProvider {
  readonly source = badgesSource;
}

/**
 * Owns: what badges are and how they compile. Takes in: states, from the ledger. Gives out: their definition source, which
 * programs finds, who holds what, and the taking away by staff.
 */
@NamesSchemas(badge)
@Module({ imports: [LedgerModule, ProgramsModule], controllers: [BadgesController], providers: [BadgesDefinitions] })
export class BadgesModule {}
