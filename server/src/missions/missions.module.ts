import { Injectable, Module } from '@nestjs/common';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { missionsSource } from './missions.definitions.js';

@ProvidesDefinitions()
@Injectable()
class MissionsDefinitions implements DefinitionProvider {
  readonly source = missionsSource;
}

/** Owns: what missions are and how they compile. Takes in: nothing. Gives out: their definition source, which programs finds. */
@Module({ providers: [MissionsDefinitions] })
export class MissionsModule {}
