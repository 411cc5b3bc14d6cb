import { Module } from '@nestjs/common';
import * as budget from '@verbena/shared/programs/budget.js';
import * as budgetsRoutes from '@verbena/shared/programs/budgets.routes.js';
import * as definitionChange from '@verbena/shared/programs/definition-change.js';
import * as definition from '@verbena/shared/programs/definition.js';
import * as definitions from '@verbena/shared/programs/definitions.js';
import * as programsRoutes from '@verbena/shared/programs/programs.routes.js';
import * as versionsRoutes from '@verbena/shared/programs/versions.routes.js';
import * as brandsRoutes from '@verbena/shared/programs/brands.routes.js';
import * as legalRoutes from '@verbena/shared/programs/legal.routes.js';
import * as legal from '@verbena/shared/programs/legal.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { BrandsController } from './brands.controller.js';
import { BrandsRepository } from './brands.repository.js';
import { BrandsService } from './brands.service.js';
import { DraftsController } from './drafts.controller.js';
import { DraftsRepository } from './drafts.repository.js';
import { DraftsService } from './drafts.service.js';
import { LegalController } from './legal.controller.js';
import { LegalRepository } from './legal.repository.js';
import { LegalService } from './legal.service.js';
import { ProgramsController } from './programs.controller.js';
import { ProgramsDirectory } from './programs.directory.js';
import { ProgramsRepository } from './programs.repository.js';
import { ProgramsService } from './programs.service.js';
import { VersionsController } from './versions.controller.js';
import { VersionsService } from './versions.service.js';

/**
 * Owns: `programs`, `programVersions`, `programDrafts`, `brands`, `shops`, `legalTexts`. Takes in: drafts and whole sets of definitions, checked by the modules
 * that own them (port `DefinitionSource`). Gives out: the tenant of a path, the compiled version in force at a moment, and what
 * changes from one version to another, in words.
 */
@NamesSchemas(
  budget,
  budgetsRoutes,
  definitionChange,
  definition,
  definitions,
  programsRoutes,
  versionsRoutes,
  brandsRoutes,
  legalRoutes,
  legal,
)
@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [ProgramsController, VersionsController, DraftsController, BrandsController, LegalController],
  providers: [
    ProgramsService,
    VersionsService,
    DraftsService,
    BrandsService,
    ProgramsRepository,
    DraftsRepository,
    BrandsRepository,
    ProgramsDirectory,
    LegalService,
    LegalRepository,
  ],
  exports: [ProgramsService, VersionsService, DraftsService, BrandsService],
})
export class ProgramsModule {}
