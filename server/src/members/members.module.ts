import { Module } from '@nestjs/common';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { EnrolmentService } from './enrolment.service.js';
import { MembersController } from './members.controller.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';

/**
 * Owns: `members`, `externalIds`. Takes in: the brands' own ids, with the first activity, and who
 * logs in as whom. Gives out: which member that is. It
 * knows no points.
 */
@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [MembersController],
  providers: [MembersService, EnrolmentService, MembersRepository],
  exports: [MembersService],
})
export class MembersModule {}
