import { Injectable, Logger } from '@nestjs/common';
import type { changeMe } from '@verbena/shared/identity/accounts.routes.js';
import type { AccessGrant, Credentials, Me } from '@verbena/shared/identity/identity.routes.js';
import type { RouteBody } from '@verbena/shared/platform/route.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Principal, UserPrincipal } from '#platform/http/principal.js';
import type { Asker } from './asker.js';
import { Authenticator } from './authenticator.js';
import { Logins } from './logins.js';
import { isVerified, normalizeEmail } from './new-user.js';
import { ProgramFinder } from './program-finder.js';
import { RateLimits } from './rate-limits.js';
import { addressSubject, LOGIN_ADDRESS, LOGIN_PAIR } from './rate-rules.js';
import type { RefreshCookie } from './refresh-cookie.js';
import type { UserDocument } from './identity.schema.js';
import { type Renewal, SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';

/** The way in and out. */
@Injectable()
export class LoginService {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly authenticator: Authenticator,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsService,
    private readonly logins: Logins,
    private readonly programs: ProgramFinder,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a session for whoever knows the password. Throws `auth.badCredentials`, or `rate.exceeded` before the password
   * is looked at. Each attempt counts until it succeeds, so attempts at the same moment cannot slip past the limit.
   */
  async logIn(credentials: Credentials, { ip, userAgent }: Pick<Asker, 'ip' | 'userAgent'>): Promise<Renewal> {
    const email = normalizeEmail(credentials.email);
    const address = addressSubject(ip);
    const pair = `${email}|${address}`;
    await this.limits.spendExactly(LOGIN_ADDRESS, address);
    await this.limits.spendExactly(LOGIN_PAIR, pair);
    const user = await this.authenticator.byPassword(email, credentials.password);
    if (user === null) {
      // Not the address that was typed: people write their password there by mistake.
      this.logger.warn(`A log in from ${address} was refused: wrong address or password.`);
      throw new Refusal('auth.badCredentials');
    }
    this.limits.refund(LOGIN_ADDRESS, address);
    this.limits.refund(LOGIN_PAIR, pair);
    return this.begin(user, userAgent);
  }

  /** Starts a session for whoever has shown to be this login. */
  async begin(user: UserDocument, userAgent: string): Promise<Renewal> {
    const renewal = await this.sessions.start(user._id, userAgent);
    // A password that was changed meanwhile has ended the sessions of before; this one came too late to be among them.
    if ((await this.users.findById(user._id))?.passwordHash === user.passwordHash) return renewal;
    await this.sessions.end(renewal.cookie.session, 'password');
    throw new Refusal('auth.badCredentials');
  }

  /** Exchanges the refresh cookie; null where its session has ended. */
  async renew(cookie: RefreshCookie): Promise<Renewal | null> {
    return this.sessions.renew(cookie);
  }

  async grant({ user, cookie }: Renewal): Promise<AccessGrant> {
    const { accessToken, expiresAtMs } = await this.authenticator.sign(user, cookie.session);
    return { accessToken, expiresAt: new Date(expiresAtMs).toISOString() };
  }

  /** Ends the cookie's session and the one of the access token; says whether any lived until now. */
  async logOut(cookie: RefreshCookie | null, principal: Principal): Promise<boolean> {
    const byCookie = cookie !== null && (await this.sessions.endByCookie(cookie));
    const byToken = principal.kind === 'user' && (await this.sessions.end(principal.session, 'logout'));
    return byCookie || byToken;
  }

  /** Changes how the login is called and spoken to. */
  async change(principal: UserPrincipal, change: RouteBody<typeof changeMe>): Promise<Me> {
    const { name, language } = change;
    const set = { ...(name === undefined ? {} : { name }), ...(language === undefined ? {} : { language }) };
    if (Object.keys(set).length > 0) await this.users.change(principal.id, set);
    this.logins.forgetUser(principal.id);
    return this.describe(principal);
  }

  /** The login and its programs, as `GET /me` shows them. */
  async describe({ id, elevatedUntilMs }: UserPrincipal): Promise<Me> {
    const user = await this.logins.user(id);
    if (user === null) throw new Refusal('auth.sessionEnded');
    const enrolments: Me['enrolments'] = [];
    for (const { program, role, member } of user.enrolments) {
      const found = await this.programs.find(program);
      if (found !== null)
        enrolments.push({ program: { id: found.id, slug: found.slug, name: found.name }, role, member });
    }
    const { email, name, language, operator } = user;
    const isOn = user.secondFactor?.isOn === true;
    const isShown = isOn && elevatedUntilMs !== null && elevatedUntilMs > this.clock.now();
    const secondFactor = { isOn, until: isShown ? new Date(elevatedUntilMs).toISOString() : null };
    return { id, email, name, language, operator, emailVerified: isVerified(user), secondFactor, enrolments };
  }
}
