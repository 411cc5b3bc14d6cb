import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Refusal } from '#platform/errors/refusal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { AccountMails } from './account-mails.js';
import type { Asker } from './asker.js';
import { MailedCodes } from './mailed-codes.js';
import { NewPasswords } from './new-passwords.js';
import { normalizeEmail } from './new-user.js';
import { PasswordChange } from './password-change.js';
import { RateLimits } from './rate-limits.js';
import { addressSubject, RESET_ADDRESS, RESET_EMAIL, RESET_PAIR } from './rate-rules.js';
import { type Renewal, SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';

/** Longer than it takes to write a mail down, so that the time of the answer does not tell whether one was. */
const ANSWER_MS = 250;

/** New passwords for those who forgot theirs. */
@Injectable()
export class ResetsService {
  constructor(
    private readonly mongo: Mongo,
    private readonly users: UsersRepository,
    private readonly codes: MailedCodes,
    private readonly mails: AccountMails,
    private readonly passwords: PasswordChange,
    private readonly newPasswords: NewPasswords,
    private readonly sessions: SessionsService,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Sends the mail with which a new password is chosen, if the address has a login; nobody learns whether it has. Throws
   * `rate.exceeded`, which counts addresses without a login too.
   */
  async request(address: string, program: string | undefined, asker: Asker): Promise<void> {
    const email = normalizeEmail(address);
    const from = addressSubject(asker.ip);
    await this.limits.spendExactly(RESET_ADDRESS, from);
    await this.limits.spendExactly(RESET_PAIR, `${email}|${from}`);
    await this.limits.spendExactly(RESET_EMAIL, email);
    await Promise.all([this.send(email, program, asker.baseUrl), wait(ANSWER_MS)]);
  }

  /**
   * Chooses a new password with a mail's code: every session of the login ends, a new one begins, and the address is
   * verified, for the mail arrived. Throws `account.codeInvalid`, and `input.invalid` where the password may not be chosen.
   */
  async confirm(code: string, password: string, asker: Asker): Promise<Renewal> {
    // A wrong code costs no hash; a right one is spent below, together with everything that it does.
    const subject = await this.codes.find('reset', code);
    const owner = subject === null ? null : await this.users.findById(subject);
    if (owner === null) throw new Refusal('account.codeInvalid');
    const passwordHash = await this.newPasswords.hash(password, owner);
    const id = await this.mongo.transact(async (session) => {
      const subject = await this.codes.take('reset', code, session);
      const user = subject === null ? null : await this.users.findById(subject, session);
      if (user === null) throw new Refusal('account.codeInvalid');
      await this.passwords.byMail(user, passwordHash, session);
      return user._id;
    });
    return this.sessions.start(id, asker.userAgent);
  }

  private async send(email: string, program: string | undefined, baseUrl: string): Promise<void> {
    const user = await this.users.findByEmail(email);
    if (user === null) return;
    await this.mongo.transact(async (session) => {
      const code = await this.codes.issue('reset', user._id, session);
      await this.mails.send('reset', { user, program, baseUrl }, code, session);
    });
  }
}
