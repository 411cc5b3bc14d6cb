import { Injectable } from '@nestjs/common';
import type { Session } from '#platform/mongo/mongo.js';
import { AccountAudit } from './account-audit.js';
import { AccountMails } from './account-mails.js';
import type { UserDocument } from './identity.schema.js';
import { Logins } from './logins.js';
import { MailedCodes } from './mailed-codes.js';
import { isVerified } from './new-user.js';
import { SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';
import { VerifiedAddresses } from './verified-addresses.js';

/** All that a new password means, in one transaction: sessions end, open codes end, the log and a mail tell. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly users: UsersRepository,
    private readonly codes: MailedCodes,
    private readonly sessions: SessionsService,
    private readonly logins: Logins,
    private readonly audit: AccountAudit,
    private readonly mails: AccountMails,
    private readonly addresses: VerifiedAddresses,
  ) {}

  /** By somebody who knows the present one; ends every session but this. How many. */
  async byOwner(user: UserDocument, passwordHash: string, present: string, session: Session): Promise<number> {
    await this.users.change(user._id, { passwordHash }, session);
    await this.audit.record(session, user, 'login.passwordChanged');
    return this.finish(user, present, session);
  }

  /** By somebody who reads the mails of the address, which is thereby verified; ends every session. */
  async byMail(user: UserDocument, passwordHash: string, session: Session): Promise<number> {
    await this.takeOver(user, { passwordHash }, session);
    await this.audit.record(session, user, 'login.passwordReset');
    return this.finish(user, null, session);
  }

  /** By an operator, who vouches for an address that nobody had verified; ends every session. */
  async byOperator(
    user: UserDocument,
    own: Pick<UserDocument, 'passwordHash' | 'name' | 'language'>,
    session: Session,
  ): Promise<number> {
    await this.takeOver(user, own, session);
    return this.finish(user, null, session);
  }

  /** Up to now whoever registered an unverified login may have been a stranger: a second factor of before is none. */
  private async takeOver(
    user: UserDocument,
    own: Partial<Pick<UserDocument, 'passwordHash' | 'name' | 'language'>>,
    session: Session,
  ): Promise<void> {
    if (isVerified(user)) await this.users.change(user._id, own, session);
    else await this.addresses.set(user, { ...own, secondFactor: null }, session);
    await this.codes.forget('verify', user._id, session);
  }

  private async finish(user: UserDocument, present: string | null, session: Session): Promise<number> {
    session.once('ended', () => this.logins.forgetUser(user._id));
    await this.codes.forget('reset', user._id, session);
    await this.mails.send('passwordChanged', { user, baseUrl: '' }, null, session);
    return this.sessions.endAll(user._id, present, 'password', session);
  }
}
