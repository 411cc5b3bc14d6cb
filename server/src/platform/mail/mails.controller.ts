import { Controller } from '@nestjs/common';
import { listMails, readMail } from '@verbena/shared/platform/mails.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { output } from 'zod/mini';
import { Asking, Implements, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
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
    return this.mail.list(scope, { after: query.after ?? null, limit: query.limit }, actorOf(principal));
  }

  @Implements(readMail)
  async read(
    @InScope() scope: Scope,
    @RouteParam('mail') mail: string,
    @Asking() principal: Principal,
  ): Promise<RouteResponse<typeof readMail>> {
    return { text: await this.mail.read(scope, mail, actorOf(principal)) };
  }
}
