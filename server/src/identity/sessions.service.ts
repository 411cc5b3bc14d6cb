import { Injectable, Logger } from '@nestjs/common';
import { decodeTime, ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { secretHash } from '#platform/crypto/hash.js';
import { newSecret } from './bearer.js';
import { ExpiringCache } from './expiring-cache.js';
import type { SessionDocument } from './identity.schema.js';
import { type RefreshCookie, successorOf } from './refresh-cookie.js';
import { SessionsRepository } from './sessions.repository.js';

const DAY_MS = 86_400_000;
/** A session that nobody uses for so long is over. */
export const IDLE_DAYS_MAX = 30;
/** And none lasts longer than this, used or not. */
const AGE_DAYS_MAX = 180;
/** How long a replaced secret is still taken: two tabs may send it at the same moment. */
const SUPERSEDED_MS_MAX = 10_000;
const LIVE_TTL_MS = 2_000;
const LIVE_MAX = 20_000;

/** A session and what its cookie becomes. */
export interface Renewal {
  readonly user: string;
  readonly cookie: RefreshCookie;
}

/** Logins on devices: started with a password, kept alive by a rotating refresh secret, ended by log out or by a replay. */
@Injectable()
export class SessionsService {
  private readonly logger = new Logger(SessionsService.name);
  private readonly live = new ExpiringCache<string | null>(LIVE_TTL_MS, LIVE_MAX);

  constructor(
    private readonly repository: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  async start(user: string): Promise<Renewal> {
    const nowMs = this.clock.now();
    const cookie: RefreshCookie = { session: ulid(nowMs), secret: newSecret() };
    await this.repository.insert({
      _id: cookie.session,
      user,
      current: secretHash(cookie.secret),
      superseded: [],
      createdAt: new Date(nowMs),
      expiresAt: new Date(nowMs + IDLE_DAYS_MAX * DAY_MS),
      endedAt: null,
      endedBy: null,
    });
    return { user, cookie };
  }

  /**
   * Exchanges a refresh secret for the next one; null where the session has ended. Whoever sends a secret that was
   * replaced less than ten seconds ago receives the one that is in force now. Any other secret of a live session was
   * used before, or made up, by somebody who should not have it: that ends the session.
   */
  async renew({ session, secret }: RefreshCookie): Promise<Renewal | null> {
    const nowMs = this.clock.now();
    const hash = secretHash(secret);
    const salt = newSecret();
    const next = successorOf(secret, salt);
    const former = await this.repository.rotate(
      session,
      { hash, salt, at: new Date(nowMs) },
      { current: secretHash(next), expiresAt: new Date(Math.min(nowMs + IDLE_DAYS_MAX * DAY_MS, lastEndMs(session))) },
    );
    if (former !== null) return { user: former.user, cookie: { session, secret: next } };
    const newest = await this.repository.findNewest(session);
    if (newest === null || newest.endedAt !== null || newest.expiresAt.getTime() <= nowMs) return null;
    const inForce = followSuperseded(newest, hash, secret, nowMs);
    if (inForce !== null) return { user: newest.user, cookie: { session, secret: inForce } };
    await this.end(session, 'replay');
    this.logger.warn(`Session ${session} was ended: a refresh cookie came back that had been replaced.`);
    return null;
  }

  /** Ends the session of a cookie, if the cookie is or was one of its own; says whether it lived until now. */
  async endByCookie({ session, secret }: RefreshCookie): Promise<boolean> {
    const newest = await this.repository.findNewest(session);
    const hash = secretHash(secret);
    if (newest === null) return false;
    const isOwn = newest.current === hash || newest.superseded.some((one) => one.hash === hash);
    return isOwn ? this.end(session, 'logout') : false;
  }

  async end(session: string, by: 'logout' | 'replay'): Promise<boolean> {
    const hasEnded = await this.repository.end(session, new Date(this.clock.now()), by);
    this.live.forget(session);
    return hasEnded;
  }

  /** Whether a session of this login lives; remembered for two seconds, but not past its end on this node. */
  async isLive(session: string, user: string): Promise<boolean> {
    const owner = await this.live.get(session, async () => {
      const [found] = await this.repository.findLive([session], new Date(this.clock.now()));
      return found?.user ?? null;
    });
    return owner === user;
  }

  /** Of these sessions, those that live, as the database has it now. */
  async findLive(sessions: readonly string[]): Promise<ReadonlySet<string>> {
    if (sessions.length === 0) return new Set();
    const found = await this.repository.findLive(sessions, new Date(this.clock.now()));
    return new Set(found.map((session) => session._id));
  }
}

/** A session's id tells when it began. */
function lastEndMs(session: string): number {
  return decodeTime(session) + AGE_DAYS_MAX * DAY_MS;
}

/** From a secret that was replaced within the last ten seconds to the one in force, by the salts between them. */
function followSuperseded(session: SessionDocument, hash: string, secret: string, nowMs: number): string | null {
  const place = session.superseded.findIndex((one) => one.hash === hash);
  const replaced = session.superseded[place];
  if (replaced === undefined || nowMs - replaced.at.getTime() > SUPERSEDED_MS_MAX) return null;
  return session.superseded.slice(place).reduce((former, { salt }) => successorOf(former, salt), secret);
}
