import { Injectable, Module } from '@nestjs/common';
import * as tier from '@verbena/shared/tiers/tier.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { tiersSource } from './tiers.definitions.js';

@ProvidesDefinitions()
@Injectable()
class TiersDefinitions implements DefinitionProvider {
  readonly source = tiersSource;
}

/** Owns: what tiers are and how they compile. Takes in: nothing. Gives out: their definition source, which programs finds. */
@NamesSchemas(tier)
@Module({ providers: [TiersDefinitions] })
export class TiersModule {}
