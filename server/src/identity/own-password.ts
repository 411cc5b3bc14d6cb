import { Injectable, Logger } from '@nestjs/common';
import { Refusal } from '#platform/errors/refusal.js';
import type { UserPrincipal } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { UserDocument } from './identity.schema.js';
import { NewPasswords } from './new-passwords.js';
import { PasswordChange } from './password-change.js';
import { isPassword } from './passwords.js';
import { RateLimits } from './rate-limits.js';
import { PASSWORD_USER } from './rate-rules.js';
import { UsersRepository } from './users.repository.js';

/** The password of somebody who is logged in: asked for again before what a borrowed screen must not do, and changed. */
@Injectable()
export class OwnPassword {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly mongo: Mongo,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordChange,
    private readonly newPasswords: NewPasswords,
    private readonly limits: RateLimits,
  ) {}

  /** The login, if this is its password. Throws `account.passwordWrong`, or `rate.exceeded` before it is looked at. */
  async require(id: string, password: string): Promise<UserDocument> {
    await this.limits.spendExactly(PASSWORD_USER, id);
    const user = await this.users.findById(id);
    if (user === null) throw new Refusal('auth.sessionEnded');
    if (!(await isPassword(user.passwordHash, password))) {
      this.logger.warn(`Login ${id} gave a wrong present password.`);
      throw new Refusal('account.passwordWrong');
    }
    this.limits.refund(PASSWORD_USER, id);
    return user;
  }

  /** Changes the password and ends every other session; how many. Throws as `require` and `NewPasswords.hash` do. */
  async change({ id, session: present }: UserPrincipal, current: string, password: string): Promise<number> {
    const user = await this.require(id, current);
    const passwordHash = await this.newPasswords.hash(password, user);
    return this.mongo.transact((session) => this.passwords.byOwner(user, passwordHash, present, session));
  }
}
