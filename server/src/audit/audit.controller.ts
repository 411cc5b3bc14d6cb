import { Controller } from '@nestjs/common';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { output } from 'zod/mini';
import { Implements, RouteQuery } from '#platform/http/implements.decorator.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Implements(listAuditEntries)
  async list(
    @InScope() scope: Scope,
    @RouteQuery(listAuditEntries) query: output<typeof listAuditEntries.query>,
  ): Promise<RouteResponse<typeof listAuditEntries>> {
    return this.audit.list(scope, query.before ?? null, query.limit);
  }
}
