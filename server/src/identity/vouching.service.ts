import { Injectable } from '@nestjs/common';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import type { Actor } from '#platform/http/principal.js';
import type { Tenant } from '#platform/http/tenant.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { type User, userOf } from './identity.service.js';
import type { UserDocument } from './identity.schema.js';
import { NewPasswords } from './new-passwords.js';
import { isVerified, newUser, normalizeEmail, type UserDraft } from './new-user.js';
import { PasswordChange } from './password-change.js';
import { UsersRepository } from './users.repository.js';

/** Logins for which an operator vouches. Whatever gives a right to an e-mail address asks here whose login that is. */
@Injectable()
export class VouchingService {
  constructor(
    private readonly mongo: Mongo,
    private readonly users: UsersRepository,
    private readonly newPasswords: NewPasswords,
    private readonly passwords: PasswordChange,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * The login of an address: a new one, or the one that it has, which keeps what its owner set up if the address was verified.
   * One that nobody verified may be a stranger's, who only typed the address first: it gets the draft's password and name, its
   * sessions end and so does its second factor, and it counts as verified (decision 0017). It keeps its places. Throws
   * `input.invalid` where the password may not be chosen; a verified login's draft is not looked at.
   */
  async ensureLogin(draft: Omit<UserDraft, 'isVerified'>, place: Tenant, actor: Actor): Promise<User> {
    const email = normalizeEmail(draft.email);
    const found = await this.users.findByEmail(email);
    if (found !== null && isVerified(found)) return userOf(found);
    const passwordHash = await this.newPasswords.hash(draft.password, draft, place);
    if (found === null) {
      const user = newUser(draft, passwordHash, this.clock.now());
      try {
        await this.users.insert(user);
        return userOf(user);
      } catch (error) {
        // Somebody registered the address in this moment.
        if (!isDuplicateKey(error)) throw error;
      }
    }
    const rival = found ?? (await this.users.findByEmail(email));
    if (rival === null) throw new Error(`The login of an address was there and is gone.`);
    return this.takeOver(rival._id, { passwordHash, name: draft.name.trim(), language: draft.language }, place, actor);
  }

  private takeOver(
    id: string,
    own: Pick<UserDocument, 'passwordHash' | 'name' | 'language'>,
    place: Tenant,
    actor: Actor,
  ): Promise<User> {
    return this.mongo.transact(async (session) => {
      const user = await this.users.findById(id, session);
      if (user === null) throw new Error(`There is no login ${id}.`);
      if (isVerified(user)) return userOf(user);
      const sessions = await this.passwords.byOperator(user, own, session);
      await this.audit.record(session, scopeOf(place.id), {
        actor,
        action: 'login.takenOver',
        subject: { kind: 'user', id },
        before: null,
        after: { sessions },
      });
      return userOf({ ...user, ...own, emailVerifiedAt: new Date(this.clock.now()) });
    });
  }
}
