import { Inject, Injectable } from '@nestjs/common';
import passport from 'passport';
import CustomStrategy from 'passport-custom';
import { Strategy as LocalStrategy } from 'passport-local';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { loadSecrets } from '#platform/config/secrets.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Principal } from '#platform/http/principal.js';
import { AccessTokens, type TokenClaims } from './access-tokens.js';
import { type Bearer, isSameSecret } from './bearer.js';
import type { UserDocument } from './identity.schema.js';
import { Logins } from './logins.js';
import { isPassword } from './passwords.js';
import { readRefreshCookie } from './refresh-cookie.js';
import { type LiveSession, SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';

type Strategy = 'password' | 'key' | 'token' | 'local';

/**
 * The passport strategies: password, API key, access token, this machine's token. They hang on a passport of our own,
 * because the one that `@nestjs/passport` shares is one for the whole process, and two applications in it (a server and
 * an import, or two tests) would ask each other's database.
 */
@Injectable()
export class Authenticator {
  private readonly passport = new passport.Passport();
  private readonly tokens: AccessTokens;

  constructor(
    @Inject(Config) private readonly config: Config,
    clock: Clock,
    private readonly users: UsersRepository,
    private readonly logins: Logins,
    private readonly sessions: SessionsService,
  ) {
    this.tokens = new AccessTokens(loadSecrets(config.dataDir).tokenKey, clock);
    this.passport.use(
      'password',
      new LocalStrategy(
        { usernameField: 'email', passwordField: 'password', session: false },
        (email, password, done) => settle(this.checkPassword(email, password), done),
      ),
    );
    this.useBearer('key', (credential) => this.checkKey(credential));
    this.useBearer('token', (credential) => this.checkToken(credential));
    this.useBearer('local', async (credential) => this.checkLocal(credential));
  }

  /** Whose e-mail address and password these are, or null. It takes as long where nobody has that address. */
  async byPassword(email: string, password: string): Promise<UserDocument | null> {
    return this.ask<UserDocument>('password', { body: { email, password } });
  }

  /** Who sends this bearer. Throws `auth.required`, `auth.keyInvalid`, `auth.tokenExpired` or `auth.sessionEnded`. */
  async byBearer(bearer: Bearer): Promise<Principal> {
    if (bearer.kind === 'none') return { kind: 'anonymous' };
    if (bearer.kind === 'unreadable') throw new Refusal('auth.required');
    const principal = await this.ask<Principal>(bearer.kind, {}, { credential: bearer.credential });
    if (principal === null) throw new Refusal(bearer.kind === 'key' ? 'auth.keyInvalid' : 'auth.required');
    return principal;
  }

  /** What an access token says, after its session was found alive. Throws as `byBearer` does. */
  async readToken(token: string): Promise<TokenClaims & Pick<LiveSession, 'elevatedUntilMs'>> {
    const claims = await this.tokens.verify(token);
    if (claims === 'expired') throw new Refusal('auth.tokenExpired');
    if (claims === 'invalid') throw new Refusal('auth.required');
    const session = await this.sessions.find(claims.session);
    if (session?.user !== claims.user) throw new Refusal('auth.sessionEnded');
    return { ...claims, elevatedUntilMs: session.elevatedUntilMs };
  }

  /** The session that gave out the refresh cookie of a `Cookie` header; null for none, and for one that was made up. */
  sessionOfCookie(header: string | undefined): string | null {
    const cookie = readRefreshCookie(header, this.config.hasSecureCookies);
    return cookie !== null && this.sessions.hasIssued(cookie) ? cookie.session : null;
  }

  async sign(user: string, session: string): Promise<{ accessToken: string; expiresAtMs: number }> {
    return this.tokens.sign(user, session);
  }

  private async checkPassword(email: string, password: string): Promise<UserDocument | null> {
    const user = await this.users.findByEmail(email);
    return (await isPassword(user?.passwordHash ?? null, password)) ? user : null;
  }

  private async checkKey(credential: string): Promise<Principal | null> {
    return this.logins.key(credential);
  }

  private async checkToken(credential: string): Promise<Principal> {
    const claims = await this.readToken(credential);
    const user = await this.logins.user(claims.user);
    if (user === null) throw new Refusal('auth.sessionEnded');
    const { session, elevatedUntilMs } = claims;
    return { kind: 'user', id: user._id, session, isOperator: user.operator, elevatedUntilMs };
  }

  private checkLocal(credential: string): Principal | null {
    const { localToken } = this.config;
    return localToken !== null && isSameSecret(credential, localToken) ? { kind: 'local' } : null;
  }

  private useBearer(name: Strategy, check: (credential: string) => Promise<Principal | null>): void {
    this.passport.use(
      name,
      new CustomStrategy({ passOptionsToCallback: true }, (_, options: { credential: string }, done) =>
        settle(check(options.credential), done),
      ),
    );
  }

  /** Runs one strategy as passport does for a request, and gives back what it found, null where it refused. */
  private async ask<T>(strategy: Strategy, request: object, options: object = {}): Promise<T | null> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => reject(error instanceof Error ? error : new Error(String(error)));
      const finish = (error: unknown, found?: T | false | null) => (error ? fail(error) : resolve(found || null));
      const run: unknown = this.passport.authenticate(strategy, { session: false, ...options }, finish);
      if (typeof run !== 'function') throw new Error('Passport gave no handler.');
      run({ headers: {}, query: {}, ...request }, {}, fail);
    });
  }
}

function settle<T extends object>(answer: Promise<T | null>, done: (error: unknown, user?: T | false) => void): void {
  answer.then(
    (found) => done(null, found ?? false),
    (error: unknown) => done(error),
  );
}
