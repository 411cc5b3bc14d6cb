import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { secretHash } from '#platform/crypto/hash.js';
import { hashShortCode } from './passwords.js';

const ISSUER = 'Verbena';
const STEP_SECONDS = 30;
const RECOVERY_CODES = 8;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 160 random bits as base 32, as authenticator apps take them. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What a QR code says to an authenticator app. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/**
 * The half minute (since 1970) of which this is the code, one before or after the present one at most; null where it is
 * none. RFC 6238: SHA-1, six digits, 30 seconds.
 */
export function totpStepOf(secret: string, code: string, nowMs: number): number | null {
  const token = code.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret, '').validate({ token, timestamp: nowMs, window: 1 });
  return delta === null ? null : Math.floor(nowMs / (STEP_SECONDS * 1_000)) + delta;
}

/** Eight codes of 50 random bits, `xxxxx-xxxxx`, for whoever has lost the app. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    [...randomBytes(10)]
      .map((byte) => ALPHABET.charAt(byte % ALPHABET.length))
      .join('')
      .replace(/^(.{5})/, '$1-'),
  );
}

/** As it is kept, for the login that it belongs to; null where a text cannot be one. */
export async function recoveryHash(user: string, code: string): Promise<string | null> {
  const characters = charactersOf(code);
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(characters) ? hashShortCode(characters, `recovery:${user}`) : null;
}

/** As codes of before 0017 were kept. */
export function formerRecoveryHash(user: string, code: string): string {
  return secretHash(`recovery:${user}:${charactersOf(code)}`);
}

function charactersOf(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}
