import { Inject, Injectable } from '@nestjs/common';
import type { Registration } from '@verbena/shared/identity/accounts.routes.js';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import { AccountMails } from './account-mails.js';
import type { Asker } from './asker.js';
import { LoginService } from './login.service.js';
import { MailedCodes } from './mailed-codes.js';
import { NewPasswords } from './new-passwords.js';
import { newUser, normalizeEmail } from './new-user.js';
import { RateLimits } from './rate-limits.js';
import { addressSubject, rateRulesOf } from './rate-rules.js';
import type { Renewal } from './sessions.service.js';
import type { RateRule } from './sliding-window.js';
import { UsersRepository } from './users.repository.js';

/** New logins. */
@Injectable()
export class RegistrationService {
  private readonly rule: RateRule;

  constructor(
    @Inject(Config) config: Config,
    private readonly mongo: Mongo,
    private readonly users: UsersRepository,
    private readonly codes: MailedCodes,
    private readonly mails: AccountMails,
    private readonly login: LoginService,
    private readonly passwords: NewPasswords,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {
    this.rule = rateRulesOf(config.rates).register;
  }

  /**
   * Makes a login and begins its session. Whoever has one already and knows its password is logged in, so that joining a
   * second program asks nothing new. Throws `account.emailTaken`, `account.tooMany`, and
   * `input.invalid` where the password may not be chosen.
   */
  async register(draft: Registration, asker: Asker): Promise<Renewal> {
    await this.limits.spendExactly(this.rule, addressSubject(asker.ip));
    if ((await this.users.findByEmail(normalizeEmail(draft.email))) !== null) return this.enter(draft, asker);
    const place = await this.mails.placeOf(draft.program, null);
    const language = draft.language ?? place?.language ?? asker.language;
    const passwordHash = await this.passwords.hash(draft.password, draft, place);
    const user = newUser({ ...draft, language, isVerified: false }, passwordHash, this.clock.now());
    try {
      await this.mongo.transact(async (session) => {
        await this.users.insert(user, session);
        const code = await this.codes.issue('verify', user._id, session);
        await this.mails.send('verify', { user, program: draft.program, baseUrl: asker.baseUrl }, code, session);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.enter(draft, asker);
    }
    return this.login.begin(user, asker.userAgent);
  }

  private async enter({ email, password }: Registration, asker: Asker): Promise<Renewal> {
    try {
      return await this.login.logIn({ email, password }, asker);
    } catch (error) {
      const isWrong = error instanceof Refusal && error.code === 'auth.badCredentials';
      throw isWrong ? new Refusal('account.emailTaken') : error;
    }
  }
}
