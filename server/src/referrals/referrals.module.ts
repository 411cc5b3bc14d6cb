import { Injectable, Module } from '@nestjs/common';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { referralsSource } from './referrals.definitions.js';

@ProvidesDefinitions()
@Injectable()
class ReferralsDefinitions implements DefinitionProvider {
  readonly source = referralsSource;
}

/** Owns: what makes an invitation count. Takes in: nothing yet. Gives out: its definition source, which programs finds. */
@Module({ providers: [ReferralsDefinitions] })
export class ReferralsModule {}
