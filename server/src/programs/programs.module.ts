import { Module } from '@nestjs/common';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { ProgramsController } from './programs.controller.js';
import { ProgramsDirectory } from './programs.directory.js';
import { ProgramsRepository } from './programs.repository.js';
import { ProgramsService } from './programs.service.js';

/**
 * Owns: `programs`, `programVersions`. Takes in: drafts of programs and whole sets of definitions, checked by the modules that
 * own them (port `DefinitionSource`). Gives out: the tenant of a path, and the compiled version in force at a moment.
 */
@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [ProgramsController],
  providers: [ProgramsService, ProgramsRepository, ProgramsDirectory],
  exports: [ProgramsService],
})
export class ProgramsModule {}
