import { Injectable, Module } from '@nestjs/common';
import * as currency from '@verbena/shared/currencies/currency.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { currenciesSource } from './currencies.definitions.js';

@ProvidesDefinitions()
@Injectable()
class CurrenciesDefinitions implements DefinitionProvider {
  readonly source = currenciesSource;
}

/** Owns: what currencies are and how they compile. Takes in: nothing. Gives out: their definition source, which programs finds. */
@NamesSchemas(currency)
@Module({ providers: [CurrenciesDefinitions] })
export class CurrenciesModule {}
