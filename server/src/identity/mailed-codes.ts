import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import { secretHash } from '#platform/crypto/hash.js';
import type { Session } from '#platform/mongo/mongo.js';
import { newSecret } from './bearer.js';
import { OneTimeCodesRepository } from './one-time-codes.repository.js';

/** How long each kind of code in a mail's link is good. */
const GOOD_MS = { verify: 7 * 86_400_000, reset: 3_600_000 } as const;

export type MailedPurpose = keyof typeof GOOD_MS;

/** Codes in the links of mails: 256 bits, kept as a hash, good once. */
@Injectable()
export class MailedCodes {
  constructor(
    private readonly codes: OneTimeCodesRepository,
    private readonly clock: Clock,
  ) {}

  /** A new code for a login. Of those that reset the password the last two are good; of those that verify, each. */
  async issue(purpose: MailedPurpose, user: string, session?: Session): Promise<string> {
    const nowMs = this.clock.now();
    const code = newSecret();
    const hash = hashOf(purpose, code);
    // Whoever asks for a mail to somebody else does not end the link that its owner has just received.
    if (purpose === 'reset') await this.codes.forgetAllBut(1, purpose, user, session);
    await this.codes.put(
      {
        _id: `${purpose}:${hash}`,
        purpose,
        hash,
        subject: user,
        createdAt: new Date(nowMs),
        expiresAt: new Date(nowMs + GOOD_MS[purpose]),
      },
      session,
    );
    return code;
  }

  /** Whose code this is, if it is good; it is spent with the commit of the transaction, by one asker only. */
  async take(purpose: MailedPurpose, code: string, session: Session): Promise<string | null> {
    return this.codes.take(purpose, hashOf(purpose, code), new Date(this.clock.now()), session);
  }

  /** Whose code this is, if it is good now; it stays good. */
  async find(purpose: MailedPurpose, code: string): Promise<string | null> {
    return this.codes.find(purpose, hashOf(purpose, code), new Date(this.clock.now()));
  }

  async forget(purpose: MailedPurpose, user: string, session: Session): Promise<void> {
    await this.codes.forget(purpose, user, session);
  }
}

function hashOf(purpose: MailedPurpose, code: string): string {
  return secretHash(`${purpose}:${code}`);
}
