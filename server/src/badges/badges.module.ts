import { Injectable, Module } from '@nestjs/common';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { badgesSource } from './badges.definitions.js';

@ProvidesDefinitions()
@Injectable()
class BadgesDefinitions implements DefinitionProvider {
  readonly source = badgesSource;
}

/** Owns: what badges are and how they compile. Takes in: nothing. Gives out: their definition source, which programs finds. */
@Module({ providers: [BadgesDefinitions] })
export class BadgesModule {}
