import { Inject, Injectable, Logger } from '@nestjs/common';
import type { SessionView } from '@verbena/shared/identity/accounts.routes.js';
import { decodeTime, ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { loadSecrets } from '#platform/config/secrets.js';
import { secretHash } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Session } from '#platform/mongo/mongo.js';
import { RealtimeService } from '#realtime/realtime.service.js';
import { newSecret } from './bearer.js';
import { readDevice } from './device.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import type { SessionDocument, SessionEnd } from './identity.schema.js';
import { type RefreshCookie, RefreshSecrets } from './refresh-cookie.js';
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
const USER_AGENT_CHARACTERS_MAX = 200;
/** How long a session that has shown the second factor is not asked again. */
const ELEVATED_MS = 8 * 3_600_000;

/** A session and what its cookie becomes. */
export interface Renewal {
  readonly user: string;
  readonly cookie: RefreshCookie;
}

/** What a request must know of its session. */
export interface LiveSession {
  readonly user: string;
  /** Until when it has shown the second factor, in milliseconds since 1970; null where it has not. */
  readonly elevatedUntilMs: number | null;
}

/** Logins on devices: started with a password, kept alive by a rotating refresh secret, ended by log out or by a replay. */
@Injectable()
export class SessionsService {
  private readonly logger = new Logger(SessionsService.name);
  private readonly live = new ExpiringCache<LiveSession | null>(LIVE_TTL_MS, LIVE_MAX);

  private readonly secrets: RefreshSecrets;

  constructor(
    @Inject(Config) config: Config,
    private readonly repository: SessionsRepository,
    private readonly realtime: RealtimeService,
    private readonly clock: Clock,
  ) {
    this.secrets = new RefreshSecrets(loadSecrets(config.dataDir).sealKey);
  }

  async start(user: string, userAgent: string): Promise<Renewal> {
    const nowMs = this.clock.now();
    const session = ulid(nowMs);
    const cookie: RefreshCookie = { session, secret: this.secrets.newest(session) };
    await this.repository.insert({
      _id: cookie.session,
      user,
      current: secretHash(cookie.secret),
      superseded: [],
      createdAt: new Date(nowMs),
      lastUsedAt: new Date(nowMs),
      userAgent: userAgent.slice(0, USER_AGENT_CHARACTERS_MAX),
      secondFactorUntil: null,
      expiresAt: new Date(nowMs + IDLE_DAYS_MAX * DAY_MS),
      endedAt: null,
      endedBy: null,
    });
    return { user, cookie };
  }

  /**
   * Exchanges a refresh secret for the next one; null where the session has ended. Whoever sends a secret that was
   * replaced less than ten seconds ago receives the one that is in force now. Any other secret that a live session once
   * had was used before by somebody who should not have it: that ends the session. One that it never had ends nothing.
   */
  async renew(cookie: RefreshCookie): Promise<Renewal | null> {
    const { session, secret } = cookie;
    const nowMs = this.clock.now();
    const hash = secretHash(secret);
    const salt = newSecret();
    const next = this.secrets.successorOf(cookie, salt);
    const former = await this.repository.rotate(
      session,
      { hash, salt, at: new Date(nowMs) },
      {
        current: secretHash(next),
        expiresAt: new Date(Math.min(nowMs + IDLE_DAYS_MAX * DAY_MS, lastEndMs(session))),
        lastUsedAt: new Date(nowMs),
      },
    );
    if (former !== null) return { user: former.user, cookie: { session, secret: next } };
    const newest = await this.repository.findNewest(session);
    if (newest === null || newest.endedAt !== null || newest.expiresAt.getTime() <= nowMs) return null;
    const inForce = this.followSuperseded(newest, hash, cookie, nowMs);
    if (inForce !== null) return { user: newest.user, cookie: { session, secret: inForce } };
    if (!this.isOwn(newest, hash, cookie)) return null;
    await this.end(session, 'replay');
    this.logger.warn(`Session ${session} was ended: a refresh cookie came back that had been replaced.`);
    return null;
  }

  /** Ends the session of a cookie, if the cookie is or was one of its own; says whether it lived until now. */
  async endByCookie(cookie: RefreshCookie): Promise<boolean> {
    const newest = await this.repository.findNewest(cookie.session);
    if (newest === null || !this.isOwn(newest, secretHash(cookie.secret), cookie)) return false;
    return this.end(cookie.session, 'logout');
  }

  /** Whether the session of a cookie gave it out, today or earlier; nothing is asked for it. */
  hasIssued(cookie: RefreshCookie): boolean {
    return this.secrets.isOwn(cookie);
  }

  /** Ends a session: its tokens at once on this node, its sockets too; elsewhere within seconds. */
  async end(session: string, by: SessionEnd): Promise<boolean> {
    const hasEnded = await this.repository.end(session, new Date(this.clock.now()), by);
    this.forget([session]);
    return hasEnded;
  }

  /** Ends one of a login's own sessions; throws `session.notFound`. */
  async endOwn(user: string, session: string, by: SessionEnd): Promise<void> {
    const hasEnded = await this.repository.endOf(user, session, new Date(this.clock.now()), by);
    if (!hasEnded) throw new Refusal('session.notFound');
    this.forget([session]);
  }

  /** Ends every session of a login but `except`; how many. With `session` it counts with that transaction's commit. */
  async endAll(user: string, except: string | null, by: SessionEnd, session?: Session): Promise<number> {
    const ended = await this.repository.endAllOf(user, except, new Date(this.clock.now()), by, session);
    session?.once('ended', () => this.forget(ended));
    if (session === undefined) this.forget(ended);
    return ended.length;
  }

  /** A login's devices, the last used first. */
  async list(user: string, present: string): Promise<SessionView[]> {
    const found = await this.repository.listOf(user, new Date(this.clock.now()));
    return found
      .map(({ _id, userAgent, createdAt, lastUsedAt }) => ({
        id: _id,
        isThis: _id === present,
        device: readDevice(userAgent ?? ''),
        createdAt: createdAt.toISOString(),
        lastUsedAt: (lastUsedAt ?? createdAt).toISOString(),
      }))
      .sort((a, b) => (a.lastUsedAt < b.lastUsedAt ? 1 : -1));
  }

  /** This session has shown the second factor; until when that counts, in milliseconds since 1970. */
  async elevate(id: string, session?: Session): Promise<number> {
    const untilMs = this.clock.now() + ELEVATED_MS;
    await this.repository.elevate(id, new Date(untilMs), session);
    session?.once('ended', () => this.live.forget(id));
    this.live.forget(id);
    return untilMs;
  }

  /** No session of this login has shown it any more. */
  async lowerAll(user: string, session: Session): Promise<void> {
    const lowered = await this.repository.lowerAllOf(user, session);
    session.once('ended', () => lowered.forEach((id) => this.live.forget(id)));
  }

  /** A session that lives; remembered for two seconds, but not past its end or a change of it on this node. */
  async find(session: string): Promise<LiveSession | null> {
    return this.live.get(session, async () => {
      const [found] = await this.repository.findLive([session], new Date(this.clock.now()));
      if (found === undefined) return null;
      return { user: found.user, elevatedUntilMs: found.secondFactorUntil?.getTime() ?? null };
    });
  }

  /** Of these sessions, those that live, as the database has it now. */
  async findLive(sessions: readonly string[]): Promise<ReadonlySet<string>> {
    if (sessions.length === 0) return new Set();
    const found = await this.repository.findLive(sessions, new Date(this.clock.now()));
    return new Set(found.map((session) => session._id));
  }

  /** Secrets of before they were marked are known by their hashes, the last few. */
  private isOwn({ current, superseded }: SessionDocument, hash: string, cookie: RefreshCookie): boolean {
    return this.hasIssued(cookie) || [current, ...superseded.map((one) => one.hash)].includes(hash);
  }

  /** From a secret that was replaced within the last ten seconds to the one in force, by the salts between them. */
  private followSuperseded(
    { superseded }: SessionDocument,
    hash: string,
    { session, secret }: RefreshCookie,
    nowMs: number,
  ): string | null {
    const place = superseded.findIndex((one) => one.hash === hash);
    const replaced = superseded[place];
    if (replaced === undefined || nowMs - replaced.at.getTime() > SUPERSEDED_MS_MAX) return null;
    return superseded
      .slice(place)
      .reduce((former, { salt }) => this.secrets.successorOf({ session, secret: former }, salt), secret);
  }

  private forget(sessions: readonly string[]): void {
    for (const session of sessions) {
      this.live.forget(session);
      this.realtime.endSession(session);
    }
  }
}

/** A session's id tells when it began. */
function lastEndMs(session: string): number {
  return decodeTime(session) + AGE_DAYS_MAX * DAY_MS;
}
