import { Injectable } from '@nestjs/common';
import type { SecondFactor } from '@verbena/shared/identity/second-factor.routes.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { UserPrincipal } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { AccountAudit } from './account-audit.js';
import { AccountMails } from './account-mails.js';
import type { SecondFactorState, UserDocument } from './identity.schema.js';
import { Logins } from './logins.js';
import { SecondFactorCodes } from './second-factor-codes.js';
import { SessionsService } from './sessions.service.js';
import { newRecoveryCodes, newTotpSecret, totpUri } from './totp.js';
import { UsersRepository } from './users.repository.js';

/** Authenticator apps of those who may give points: set up, shown, taken away. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly mongo: Mongo,
    private readonly users: UsersRepository,
    private readonly codes: SecondFactorCodes,
    private readonly sessions: SessionsService,
    private readonly logins: Logins,
    private readonly audit: AccountAudit,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  async describe({ id, elevatedUntilMs }: UserPrincipal): Promise<SecondFactor> {
    const state = stateOf(await this.require(id));
    const isShown = state !== null && elevatedUntilMs !== null && elevatedUntilMs > this.clock.now();
    return {
      isOn: state !== null,
      until: isShown ? new Date(elevatedUntilMs).toISOString() : null,
      recoveryCodesLeft: state?.recoveryCodes.length ?? 0,
    };
  }

  /** A new shared secret, which counts once a code of it was confirmed. Throws `secondFactor.isOn`. */
  async begin(user: UserDocument): Promise<{ secret: string; uri: string }> {
    const secret = newTotpSecret();
    const hasBegun = await this.users.beginSecondFactor(user._id, {
      secret: this.codes.seal(user._id, secret),
      isOn: false,
      lastStep: 0,
      recoveryCodes: [],
      since: new Date(this.clock.now()),
    });
    if (!hasBegun) throw new Refusal('secondFactor.isOn');
    this.logins.forgetUser(user._id);
    return { secret, uri: totpUri(secret, user.email) };
  }

  /**
   * Sets it up with the first code, in this session shown at once; the recovery codes are said this once. Throws
   * `secondFactor.notBegun`, `secondFactor.wrong` and `rate.exceeded`.
   */
  async confirm(
    { id, session: present }: UserPrincipal,
    code: string,
  ): Promise<{ recoveryCodes: string[]; untilMs: number }> {
    const user = await this.require(id);
    const begun = user.secondFactor ?? null;
    if (begun === null || begun.isOn) throw new Refusal('secondFactor.notBegun');
    const lastStep = await this.codes.requireFirst(user, begun, code);
    const recoveryCodes = newRecoveryCodes();
    const state: SecondFactorState = {
      ...begun,
      isOn: true,
      lastStep,
      recoveryCodes: await this.codes.recoveryHashes(id, recoveryCodes),
      since: new Date(this.clock.now()),
    };
    const untilMs = await this.mongo.transact(async (session) => {
      const isSet = await this.users.confirmSecondFactor(id, state, session);
      if (!isSet) throw new Refusal('secondFactor.notBegun');
      await this.audit.record(session, user, 'login.secondFactorSet');
      await this.mails.send('secondFactorSet', { user, baseUrl: '' }, null, session);
      return this.sessions.elevate(present, session);
    });
    this.logins.forgetUser(id);
    return { recoveryCodes, untilMs };
  }

  /** Shows it in this session. Throws `secondFactor.isOff`, `secondFactor.wrong` and `rate.exceeded`. */
  async show({ id, session: present }: UserPrincipal, code: string): Promise<number> {
    await this.codes.require(await this.require(id), code);
    this.logins.forgetUser(id);
    return this.sessions.elevate(present);
  }

  /** Takes it away from a login whose password was just asked for; no session has shown it any more. Throws as `show` does. */
  async remove(user: UserDocument, code: string): Promise<void> {
    await this.codes.require(user, code);
    await this.mongo.transact(async (session) => {
      await this.users.removeSecondFactor(user._id, session);
      await this.sessions.lowerAll(user._id, session);
      await this.audit.record(session, user, 'login.secondFactorRemoved');
      await this.mails.send('secondFactorRemoved', { user, baseUrl: '' }, null, session);
    });
    this.logins.forgetUser(user._id);
  }

  private async require(id: string): Promise<UserDocument> {
    const user = await this.users.findById(id);
    if (user === null) throw new Refusal('auth.sessionEnded');
    return user;
  }
}

function stateOf({ secondFactor }: UserDocument): SecondFactorState | null {
  return secondFactor?.isOn === true ? secondFactor : null;
}
