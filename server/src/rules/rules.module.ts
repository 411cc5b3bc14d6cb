import { Injectable, Module } from '@nestjs/common';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { rulesSource } from './rules.definitions.js';

@ProvidesDefinitions()
@Injectable()
class RulesDefinitions implements DefinitionProvider {
  readonly source = rulesSource;
}

/** Owns: what rules are and how they compile. Takes in: nothing. Gives out: their definition source, which programs finds. */
@Module({ providers: [RulesDefinitions] })
export class RulesModule {}
