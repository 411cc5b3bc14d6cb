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
import type { Principal } from '#platform/http/principal.js';
import { LoginService } from './login.service.js';
import { isFromOwnOrigin } from '#platform/http/own-origin.js';
import { clearRefreshCookie, readRefreshCookie, writeRefreshCookie } from './refresh-cookie.js';
import { IDLE_DAYS_MAX, type Renewal } from './sessions.service.js';

const COOKIE_SECONDS = IDLE_DAYS_MAX * 86_400;

/** Log in, stay logged in, log out, and who one is. Only here the refresh cookie is read and written. */
@Controller()
export class IdentityController {
  constructor(
    private readonly logins: LoginService,
    @Inject(Config) private readonly config: Config,
  ) {}

  @Implements(login)
  async login(
    @RouteBody(login) credentials: Credentials,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<AccessGrant> {
    return this.grant(await this.logins.logIn(credentials, request.ip), reply);
  }

  @Implements(refresh)
  async refresh(@Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<AccessGrant> {
    this.requireOwnOrigin(request);
    const cookie = readRefreshCookie(request.headers.cookie, this.config.hasSecureCookies);
    const renewal = cookie === null ? null : await this.logins.renew(cookie);
    if (renewal !== null) return this.grant(renewal, reply);
    this.clearCookie(reply);
    throw new Refusal('auth.sessionEnded');
  }

  @Implements(logout)
  async logout(
    @Req() request: FastifyRequest,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<RouteResponse<typeof logout>> {
    this.requireOwnOrigin(request);
    const cookie = readRefreshCookie(request.headers.cookie, this.config.hasSecureCookies);
    const ended = await this.logins.logOut(cookie, principal);
    this.clearCookie(reply);
    return { ended };
  }

  @Implements(getMe)
  async me(@Asking() principal: Principal): Promise<Me> {
    if (principal.kind !== 'user') throw new Refusal('auth.forbidden');
    return this.logins.describe(principal.id);
  }

  private async grant(renewal: Renewal, reply: FastifyReply): Promise<AccessGrant> {
    const grant = await this.logins.grant(renewal);
    void reply.header('cache-control', 'no-store');
    void reply.header('set-cookie', writeRefreshCookie(renewal.cookie, COOKIE_SECONDS, this.config.hasSecureCookies));
    return grant;
  }

  private clearCookie(reply: FastifyReply): void {
    void reply.header('cache-control', 'no-store');
    void reply.header('set-cookie', clearRefreshCookie(this.config.hasSecureCookies));
  }

  private requireOwnOrigin(request: FastifyRequest): void {
    if (!isFromOwnOrigin(request.headers, this.config.publicUrl)) throw new Refusal('auth.originForbidden');
  }
}
