import { Controller } from '@nestjs/common';
import { listMails } from '@verbena/shared/platform/mails.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { output } from 'zod/mini';
import { Asking, Implements, RouteQuery } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MailService } from './mail.service.js';

@Controller()
export class MailsController {
  constructor(private readonly mail: MailService) {}

  @Implements(listMails)
  async list(
    @InScope() scope: Scope,
    @RouteQuery(listMails) query: output<typeof listMails.query>,
    @Asking() principal: Principal,
  ): Promise<RouteResponse<typeof listMails>> {
    return this.mail.list(scope, { after: query.after ?? null, limit: query.limit }, principal.kind !== 'local');
  }
}
