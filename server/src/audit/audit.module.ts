import { Module } from '@nestjs/common';
import * as auditRoutes from '@verbena/shared/audit/audit.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditController } from './audit.controller.js';
import { AuditNames } from './audit-names.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

/** Owns: the audit log. Takes in: changes by staff, in their own transaction. Gives out: pages of it, with the names that others know (port `NameSource`). */
@NamesSchemas(auditRoutes)
@Module({
  controllers: [AuditController],
  providers: [AuditRepository, AuditService, AuditNames],
  exports: [AuditService],
})
export class AuditModule {}
