import { Controller } from '@nestjs/common';
import { endSession, listSessions, logOutEverywhere } from '@verbena/shared/identity/accounts.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { FastifyReply } from 'fastify';
import { Asking, Implements, Reply, RouteParam } from '#platform/http/implements.decorator.js';
import { type Principal, userOf } from '#platform/http/principal.js';
import { SessionCookies } from './session-cookies.js';
import { SessionsService } from './sessions.service.js';

/** The devices on which somebody is logged in. */
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: SessionCookies,
  ) {}

  @Implements(listSessions)
  async list(@Asking() principal: Principal): Promise<RouteResponse<typeof listSessions>> {
    const { id, session } = userOf(principal);
    return { items: await this.sessions.list(id, session) };
  }

  @Implements(endSession)
  async end(
    @Asking() principal: Principal,
    @RouteParam('session') session: string,
  ): Promise<RouteResponse<typeof endSession>> {
    await this.sessions.endOwn(userOf(principal).id, session, 'elsewhere');
    return { ended: true };
  }

  @Implements(logOutEverywhere)
  async endAll(
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<RouteResponse<typeof logOutEverywhere>> {
    const ended = await this.sessions.endAll(userOf(principal).id, null, 'elsewhere');
    this.cookies.clear(reply);
    return { ended };
  }
}
