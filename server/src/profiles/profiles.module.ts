import { Module } from '@nestjs/common';
import * as profilesRoutes from '@verbena/shared/profiles/profiles.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { ProfilesController } from './profiles.controller.js';

/** Owns: nothing. Takes in: members, and states from the ledger. Gives out: what others see of a member, by alias. */
@NamesSchemas(profilesRoutes)
@Module({ imports: [MembersModule, LedgerModule], controllers: [ProfilesController] })
export class ProfilesModule {}
