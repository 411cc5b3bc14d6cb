import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { loadSecrets } from '#platform/config/secrets.js';
import { Seal } from '#platform/crypto/seal.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { SecondFactorState, UserDocument } from './identity.schema.js';
import { RateLimits } from './rate-limits.js';
import { SECOND_FACTOR_USER } from './rate-rules.js';
import { formerRecoveryHash, recoveryHash, totpStepOf } from './totp.js';
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

  async recoveryHashes(user: string, codes: readonly string[]): Promise<string[]> {
    const hashes = await Promise.all(codes.map((code) => recoveryHash(user, code)));
    return hashes.flatMap((one) => one ?? []);
  }

  /** Uses up a code of the app, or a recovery code. Throws `secondFactor.isOff`, `secondFactor.wrong`, `rate.exceeded`. */
  async require(user: UserDocument, code: string): Promise<void> {
    const state = user.secondFactor ?? null;
    if (state?.isOn !== true) throw new Refusal('secondFactor.isOff');
    await this.limits.spendExactly(SECOND_FACTOR_USER, user._id);
    const isRight = (await this.takeTotp(user._id, state, code)) || (await this.takeRecovery(user._id, code));
    if (!isRight) throw this.wrong(user);
    this.limits.refund(SECOND_FACTOR_USER, user._id);
  }

  /** The half minute of the first code, which is used up by setting the factor up. Throws `secondFactor.wrong`, `rate.exceeded`. */
  async requireFirst(user: UserDocument, begun: SecondFactorState, code: string): Promise<number> {
    await this.limits.spendExactly(SECOND_FACTOR_USER, user._id);
    const step = this.stepOf(user._id, begun, code);
    if (step === null) throw this.wrong(user);
    this.limits.refund(SECOND_FACTOR_USER, user._id);
    return step;
  }

  private wrong({ _id }: UserDocument): Refusal {
    this.logger.warn(`Login ${_id} gave a wrong code.`);
    return new Refusal('secondFactor.wrong');
  }

  private async takeTotp(user: string, state: SecondFactorState, code: string): Promise<boolean> {
    const step = this.stepOf(user, state, code);
    return step !== null && (await this.users.takeTotpStep(user, state.secret, step));
  }

  private async takeRecovery(user: string, code: string): Promise<boolean> {
    const hash = await recoveryHash(user, code);
    if (hash === null) return false;
    const former = formerRecoveryHash(user, code);
    return (await this.users.takeRecoveryCode(user, hash)) || (await this.users.takeRecoveryCode(user, former));
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
