import { Controller } from '@nestjs/common';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { output } from 'zod/mini';
import { Implements, RouteQuery } from '#platform/http/implements.decorator.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AuditNames } from './audit-names.js';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly names: AuditNames,
  ) {}

  @Implements(listAuditEntries)
  async list(
    @InScope() scope: Scope,
    @RouteQuery(listAuditEntries) query: output<typeof listAuditEntries.query>,
  ): Promise<RouteResponse<typeof listAuditEntries>> {
    const page = await this.audit.list(scope, query.before ?? null, query.limit);
    return { ...page, items: await this.names.tell(scope, page.items) };
  }
}
