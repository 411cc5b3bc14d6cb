import { Inject, Injectable } from '@nestjs/common';
import type { AccessGrant } from '@verbena/shared/identity/identity.routes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { isFromOwnOrigin } from '#platform/http/own-origin.js';
import { LoginService } from './login.service.js';
import { clearRefreshCookie, readRefreshCookie, type RefreshCookie, writeRefreshCookie } from './refresh-cookie.js';
import { IDLE_DAYS_MAX, type Renewal } from './sessions.service.js';

const COOKIE_SECONDS = IDLE_DAYS_MAX * 86_400;

/** The refresh cookie between requests and replies. Only here it is read and written. */
@Injectable()
export class SessionCookies {
  constructor(
    private readonly logins: LoginService,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Answers with an access token, and sets the cookie of its session. */
  async grant(renewal: Renewal, reply: FastifyReply): Promise<AccessGrant> {
    const grant = await this.logins.grant(renewal);
    void reply.header('cache-control', 'no-store');
    void reply.header('set-cookie', writeRefreshCookie(renewal.cookie, COOKIE_SECONDS, this.config.hasSecureCookies));
    return grant;
  }

  clear(reply: FastifyReply): void {
    void reply.header('cache-control', 'no-store');
    void reply.header('set-cookie', clearRefreshCookie(this.config.hasSecureCookies));
  }

  /** The cookie of a request that comes from our own pages; throws `auth.originForbidden` elsewhere. */
  read(request: FastifyRequest): RefreshCookie | null {
    if (!isFromOwnOrigin(request.headers, this.config.publicUrl)) throw new Refusal('auth.originForbidden');
    return readRefreshCookie(request.headers.cookie, this.config.hasSecureCookies);
  }
}
