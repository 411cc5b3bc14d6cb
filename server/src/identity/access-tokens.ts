import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errors, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '#platform/clock/clock.js';

export const TOKEN_SECONDS = 600;

const ISSUER = 'verbena';
const AUDIENCE = 'verbena/api';
const TYPE = 'at+jwt';
const ALGORITHM = 'EdDSA';

/** Whom an access token names. */
export interface TokenClaims {
  readonly user: string;
  readonly session: string;
  readonly expiresAtMs: number;
}

/**
 * Access tokens: EdDSA JWTs `{ iss, aud, sub, sid, exp }` of ten minutes. The key is ours alone and fixed at start, so a token's own
 * `kid`, `jku` and `x5u` are never looked at, and no algorithm but ours is known.
 */
export class AccessTokens {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(
    tokenKey: JWK,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.privateKey = createPrivateKey({ key: { ...tokenKey }, format: 'jwk' });
    this.publicKey = createPublicKey(this.privateKey);
  }

  async sign(user: string, session: string): Promise<{ accessToken: string; expiresAtMs: number }> {
    const seconds = Math.floor(this.clock.now() / 1_000);
    const accessToken = await new SignJWT({ sid: session })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(user)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + TOKEN_SECONDS)
      .sign(this.privateKey);
    return { accessToken, expiresAtMs: (seconds + TOKEN_SECONDS) * 1_000 };
  }

  /** What a token says, `expired` when it was ours and is over, `invalid` when it was never ours. */
  async verify(token: string): Promise<TokenClaims | 'expired' | 'invalid'> {
    try {
      const { payload } = await jwtVerify(token, this.publicKey, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['sub', 'sid', 'exp'],
        currentDate: new Date(this.clock.now()),
      });
      const { sub, sid, exp } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') return 'invalid';
      return { user: sub, session: sid, expiresAtMs: exp * 1_000 };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'expired';
      if (error instanceof errors.JOSEError) return 'invalid';
      throw error;
    }
  }
}
