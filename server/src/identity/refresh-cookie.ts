import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the refresh cookie carries: `<sid>.<256 bits>`. */
export interface RefreshCookie {
  readonly session: string;
  readonly secret: string;
}

const SECRET_BYTES = 24;
const MARK_BYTES = 8;
const VALUE = /^([0-9A-HJKMNP-TV-Z]{26})\.([A-Za-z0-9_-]{43})$/;

/** Browsers take `__Host-` only with `Secure` and `Path=/`, and then no subdomain and no plain-http page can plant one. */
export function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-verbena' : 'verbena';
}

/** Finds the refresh cookie in a `Cookie` header; null when it is absent or has not its form. */
export function readRefreshCookie(header: string | undefined, isSecure: boolean): RefreshCookie | null {
  const start = `${cookieName(isSecure)}=`;
  for (const part of (header ?? '').split(';')) {
    const pair = part.trim();
    if (!pair.startsWith(start)) continue;
    const [, session, secret] = VALUE.exec(pair.slice(start.length)) ?? [];
    if (session !== undefined && secret !== undefined) return { session, secret };
  }
  return null;
}

/** The `Set-Cookie` header that keeps a session; `Strict`, since only our own page's scripts ever send it. */
export function writeRefreshCookie(cookie: RefreshCookie, maxAgeSeconds: number, isSecure: boolean): string {
  return withAttributes(`${cookieName(isSecure)}=${cookie.session}.${cookie.secret}`, maxAgeSeconds, isSecure);
}

/** The `Set-Cookie` header that removes it. */
export function clearRefreshCookie(isSecure: boolean): string {
  return withAttributes(`${cookieName(isSecure)}=`, 0, isSecure);
}

function withAttributes(pair: string, maxAgeSeconds: number, isSecure: boolean): string {
  return `${pair}; Path=/; Max-Age=${maxAgeSeconds};${isSecure ? ' Secure;' : ''} HttpOnly; SameSite=Strict`;
}

/**
 * The secrets of sessions: 192 bits that nobody can guess, and 64 by which every secret that a session ever had is known
 * again, without keeping them all. So a secret that somebody made up is told apart from one that was stolen.
 */
export class RefreshSecrets {
  /** `key`: what never enters the database. */
  constructor(private readonly key: string) {}

  newest(session: string): string {
    return this.marked(session, randomBytes(SECRET_BYTES));
  }

  /**
   * The secret that follows another one. It is computed from the former secret and a stored random salt, so that two tabs
   * that send the same cookie at once receive the same next one, while neither the database (it has no secret) nor a
   * stolen former cookie (it has no salt) leads to it.
   */
  successorOf({ session, secret }: RefreshCookie, salt: string): string {
    return this.marked(session, createHmac('sha256', secret).update(salt, 'utf8').digest());
  }

  /** Whether this secret was once given to this session. */
  isOwn({ session, secret }: RefreshCookie): boolean {
    const sent = Buffer.from(secret, 'base64url');
    return timingSafeEqual(sent, Buffer.from(this.marked(session, sent), 'base64url'));
  }

  private marked(session: string, random: Buffer): string {
    const head = random.subarray(0, SECRET_BYTES);
    const mark = createHmac('sha256', this.key).update(`refresh:${session}:`).update(head).digest();
    return Buffer.concat([head, mark.subarray(0, MARK_BYTES)]).toString('base64url');
  }
}
