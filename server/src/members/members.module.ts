import { Module } from '@nestjs/common';
import { MembersController } from './members.controller.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';

/**
 * Owns: `members`, `externalIds`. Takes in: the brands' own ids, with the first activity. Gives out: which member that is. It
 * knows no points.
 */
@Module({ controllers: [MembersController], providers: [MembersService, MembersRepository], exports: [MembersService] })
export class MembersModule {}
