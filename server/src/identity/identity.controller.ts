import { Controller, Inject, Req } from '@nestjs/common';
import {
  type AccessGrant,
  type Credentials,
  getMe,
  login,
  logout,
  type Me,
  refresh,
} from '@verbena/shared/identity/identity.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Asking, Implements, Reply, RouteBody } from '#platform/http/implements.decorator.js';
import { type Principal, userOf } from '#platform/http/principal.js';
import { readAsker } from './asker.js';
import { LoginService } from './login.service.js';
import { SessionCookies } from './session-cookies.js';

/** Log in, stay logged in, log out, and who one is. */
@Controller()
export class IdentityController {
  constructor(
    private readonly logins: LoginService,
    private readonly cookies: SessionCookies,
    @Inject(Config) private readonly config: Config,
  ) {}

  @Implements(login)
  async login(
    @RouteBody(login) credentials: Credentials,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<AccessGrant> {
    return this.cookies.grant(await this.logins.logIn(credentials, readAsker(request, this.config)), reply);
  }

  @Implements(refresh)
  async refresh(@Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<AccessGrant> {
    const cookie = this.cookies.read(request);
    const renewal = cookie === null ? null : await this.logins.renew(cookie);
    if (renewal !== null) return this.cookies.grant(renewal, reply);
    this.cookies.clear(reply);
    throw new Refusal('auth.sessionEnded');
  }

  @Implements(logout)
  async logout(
    @Req() request: FastifyRequest,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<RouteResponse<typeof logout>> {
    const ended = await this.logins.logOut(this.cookies.read(request), principal);
    this.cookies.clear(reply);
    return { ended };
  }

  @Implements(getMe)
  async me(@Asking() principal: Principal): Promise<Me> {
    return this.logins.describe(userOf(principal));
  }
}
