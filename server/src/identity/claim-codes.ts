import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { OneTimeCodesRepository } from './one-time-codes.repository.js';
import { hashShortCode } from './passwords.js';
import { RateLimits } from './rate-limits.js';
import { addressSubject, ALIAS_ADDRESS, CLAIM_ADDRESS, CLAIM_USER, INVITATION_ADDRESS } from './rate-rules.js';

const CLAIM_MS = 7 * 86_400_000;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 12;

/** Codes with which a person takes over a member that a brand created. They are read out and typed, so they are short. */
@Injectable()
export class ClaimCodes {
  constructor(
    private readonly codes: OneTimeCodesRepository,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  async create(scope: Scope, member: string, session?: Session): Promise<{ code: string; expiresAt: string }> {
    const nowMs = this.clock.now();
    const code = newClaimCode();
    const expiresAt = new Date(nowMs + CLAIM_MS);
    await this.codes.put(
      {
        _id: `claim:${scope.program}:${member}`,
        purpose: 'claim',
        hash: await hashOfClaim(scope, code),
        subject: member,
        createdAt: new Date(nowMs),
        expiresAt,
      },
      session,
    );
    return { code, expiresAt: expiresAt.toISOString() };
  }

  async take(scope: Scope, code: string, session: Session): Promise<string | null> {
    return this.codes.take('claim', await hashOfClaim(scope, code), new Date(this.clock.now()), session);
  }

  async find(scope: Scope, code: string): Promise<string | null> {
    return this.codes.find('claim', await hashOfClaim(scope, code), new Date(this.clock.now()));
  }

  async refuseGuesses(user: string | null, ip: string): Promise<void> {
    if (user !== null) await this.limits.spendExactly(CLAIM_USER, user);
    await this.limits.spendExactly(CLAIM_ADDRESS, addressSubject(ip));
  }

  refuseInvitationGuesses(ip: string): Promise<void> {
    return this.limits.spendExactly(INVITATION_ADDRESS, addressSubject(ip));
  }

  forgiveInvitationGuess(ip: string): void {
    this.limits.refund(INVITATION_ADDRESS, addressSubject(ip));
  }

  refuseAliasGuesses(ip: string): Promise<void> {
    return this.limits.spendExactly(ALIAS_ADDRESS, addressSubject(ip));
  }

  forgiveAliasGuess(ip: string): void {
    this.limits.refund(ALIAS_ADDRESS, addressSubject(ip));
  }

  forgiveGuess(user: string | null, ip: string): void {
    if (user !== null) this.limits.refund(CLAIM_USER, user);
    this.limits.refund(CLAIM_ADDRESS, addressSubject(ip));
  }
}

/** 60 random bits in Crockford's base 32, which has no letters that look alike: `7QF2-M0XA-9KTC`. */
export function newClaimCode(): string {
  const characters = [...randomBytes(CHARACTERS)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

/** A code of one program means nothing in another; case and hyphens are the reader's affair. */
async function hashOfClaim(scope: Scope, code: string): Promise<string> {
  return hashShortCode(code.toUpperCase().replaceAll('-', ''), `claim:${scope.program}`);
}
