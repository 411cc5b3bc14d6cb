import { Injectable, Module } from '@nestjs/common';
import * as amount from '@verbena/shared/rules/amount.js';
import * as condition from '@verbena/shared/rules/condition.js';
import * as rule from '@verbena/shared/rules/rule.js';
import * as trigger from '@verbena/shared/rules/trigger.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { rulesSource } from './rules.definitions.js';

@ProvidesDefinitions()
@Injectable()
class RulesDefinitions implements DefinitionProvider {
  readonly source = rulesSource;
}

/** Owns: what rules are and how they compile. Takes in: nothing. Gives out: their definition source, which programs finds. */
@NamesSchemas(amount, condition, rule, trigger)
@Module({ providers: [RulesDefinitions] })
export class RulesModule {}
