import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { loadSecrets } from '#platform/config/secrets.js';
import { Seal } from '#platform/crypto/seal.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { SecondFactorState, UserDocument } from './identity.schema.js';
import { RateLimits } from './rate-limits.js';
import { SECOND_FACTOR_USER } from './rate-rules.js';
import { recoveryHash, totpStepOf } from './totp.js';
import { UsersRepository } from './users.repository.js';

/** Codes that somebody shows: each is good once, and whoever guesses is soon refused. */
@Injectable()
export class SecondFactorCodes {
  private readonly logger = new Logger('SecondFactor');
  private readonly sealing: Seal;

  constructor(
    @Inject(Config) config: Config,
    private readonly users: UsersRepository,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {
    this.sealing = new Seal(loadSecrets(config.dataDir).sealKey);
  }

  seal(user: string, secret: string): string {
    return this.sealing.seal(secret, contextOf(user));
  }

  recoveryHashes(user: string, codes: readonly string[]): string[] {
    return codes.flatMap((code) => recoveryHash(user, code) ?? []);
  }

  /** Uses up a code of the app, or a recovery code. Throws `secondFactor.isOff`, `secondFactor.wrong`, `rate.exceeded`. */
  async require(user: UserDocument, code: string): Promise<void> {
    const state = user.secondFactor ?? null;
    if (state?.isOn !== true) throw new Refusal('secondFactor.isOff');
    await this.limits.spendExactly(SECOND_FACTOR_USER, user._id);
    const isRight = (await this.takeTotp(user._id, state, code)) || (await this.takeRecovery(user._id, code));
    if (!isRight) throw new Refusal('secondFactor.wrong');
    this.limits.refund(SECOND_FACTOR_USER, user._id);
  }

  /** The half minute of the first code, which is used up by setting the factor up. Throws `secondFactor.wrong`, `rate.exceeded`. */
  async requireFirst(user: UserDocument, begun: SecondFactorState, code: string): Promise<number> {
    await this.limits.spendExactly(SECOND_FACTOR_USER, user._id);
    const step = this.stepOf(user._id, begun, code);
    if (step === null) throw new Refusal('secondFactor.wrong');
    this.limits.refund(SECOND_FACTOR_USER, user._id);
    return step;
  }

  private async takeTotp(user: string, state: SecondFactorState, code: string): Promise<boolean> {
    const step = this.stepOf(user, state, code);
    return step !== null && (await this.users.takeTotpStep(user, state.secret, step));
  }

  private async takeRecovery(user: string, code: string): Promise<boolean> {
    const hash = recoveryHash(user, code);
    return hash !== null && (await this.users.takeRecoveryCode(user, hash));
  }

  private stepOf(user: string, { secret: sealed }: SecondFactorState, code: string): number | null {
    const secret = this.sealing.open(sealed, contextOf(user));
    // Recovery codes still open then; they are hashed, not sealed.
    if (secret === null)
      this.logger.error(`The second factor of ${user} was sealed with another key (VERBENA_SEAL_KEY).`);
    return secret === null ? null : totpStepOf(secret, code, this.clock.now());
  }
}

function contextOf(user: string): string {
  return `totp:${user}`;
}
