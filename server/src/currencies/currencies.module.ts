import { Injectable, Module } from '@nestjs/common';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { currenciesSource } from './currencies.definitions.js';

@ProvidesDefinitions()
@Injectable()
class CurrenciesDefinitions implements DefinitionProvider {
  readonly source = currenciesSource;
}

/** Owns: what currencies are and how they compile. Takes in: nothing. Gives out: their definition source, which programs finds. */
@Module({ providers: [CurrenciesDefinitions] })
export class CurrenciesModule {}
