import { Injectable } from '@nestjs/common';
import { Refusal } from '#platform/errors/refusal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { AccountMails } from './account-mails.js';
import type { Asker } from './asker.js';
import { Logins } from './logins.js';
import { MailedCodes } from './mailed-codes.js';
import { isVerified } from './new-user.js';
import { RateLimits } from './rate-limits.js';
import { RESEND_USER } from './rate-rules.js';
import { UsersRepository } from './users.repository.js';
import { VerifiedAddresses } from './verified-addresses.js';

/** Whose an e-mail address is. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly mongo: Mongo,
    private readonly users: UsersRepository,
    private readonly codes: MailedCodes,
    private readonly mails: AccountMails,
    private readonly logins: Logins,
    private readonly limits: RateLimits,
    private readonly addresses: VerifiedAddresses,
  ) {}

  /** Verifies the address that the code was sent to, and says which. Throws `account.codeInvalid`. */
  async verify(code: string): Promise<string> {
    const { id, email } = await this.mongo.transact(async (session) => {
      const subject = await this.codes.take('verify', code, session);
      const user = subject === null ? null : await this.users.findById(subject, session);
      if (user === null) throw new Refusal('account.codeInvalid');
      await this.addresses.set(user, {}, session);
      await this.codes.forget('verify', user._id, session);
      return { id: user._id, email: user.email };
    });
    this.logins.forgetUser(id);
    return email;
  }

  /** Sends the mail again; says whether it did, which a verified address needs not. Throws `rate.exceeded`. */
  async resend(id: string, program: string | undefined, asker: Asker): Promise<boolean> {
    const user = await this.users.findById(id);
    if (user === null) throw new Refusal('auth.sessionEnded');
    if (isVerified(user)) return false;
    await this.limits.spendExactly(RESEND_USER, id);
    await this.mongo.transact(async (session) => {
      const code = await this.codes.issue('verify', id, session);
      await this.mails.send('verify', { user, program, baseUrl: asker.baseUrl }, code, session);
    });
    return true;
  }
}
