import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import type { Principal } from '#platform/http/principal.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { readApiKey } from './bearer.js';
import type { Enrolment } from './decide-access.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import type { ApiKeyDocument, UserDocument } from './identity.schema.js';
import { UsersRepository } from './users.repository.js';

const TTL_MS = 2_000;
const USERS_MAX = 20_000;
const KEYS_MAX = 5_000;
const USE_NOTED_EVERY_MS = 60_000;

/** Logins and API keys as every request asks for them: from memory for two seconds, then from the database. */
@Injectable()
export class Logins {
  private readonly users = new ExpiringCache<UserDocument | null>(TTL_MS, USERS_MAX);
  private readonly usesNotedAtMs = new Map<string, number>();
  private readonly keys = new ExpiringCache<ApiKeyDocument | null>(TTL_MS, KEYS_MAX);

  constructor(
    private readonly usersRepository: UsersRepository,
    private readonly keysRepository: ApiKeysRepository,
    private readonly clock: Clock,
  ) {}

  async user(id: string): Promise<UserDocument | null> {
    return this.users.get(id, () => this.usersRepository.findById(id));
  }

  async enrolment(user: string, program: string): Promise<Enrolment | null> {
    const found = await this.user(user);
    return found?.enrolments.find((enrolment) => enrolment.program === program) ?? null;
  }

  /** The key that a credential opens, or null. */
  async key(credential: string): Promise<Extract<Principal, { kind: 'key' }> | null> {
    const sent = readApiKey(credential);
    if (sent === null) return null;
    const key = await this.keys.get(sent.id, () => this.keysRepository.findForAuthentication(sent.id));
    // Both are SHA-256 of what was sent or kept: how far they agree tells nothing about the secret.
    if (key === null || key.hash !== sent.hash || (key.mode ?? 'live') !== sent.mode) return null;
    if (key.expiresAt !== undefined && key.expiresAt.getTime() <= this.clock.now()) return null;
    this.noteUse(key._id);
    const { mode } = sent;
    const { _id: id, program, source = 'program', namespace = null, types, permissions } = key;
    return { kind: 'key', id, program, mode, source, namespace, types, permissions };
  }

  forgetUser(id: string): void {
    this.users.forget(id);
  }

  forgetKey(id: string): void {
    this.keys.forget(id);
  }

  /** Notes the use of a key at most once a minute; nobody waits for it, and nothing depends on it. */
  private noteUse(id: string): void {
    const nowMs = this.clock.now();
    if (nowMs - (this.usesNotedAtMs.get(id) ?? 0) < USE_NOTED_EVERY_MS) return;
    if (this.usesNotedAtMs.size >= KEYS_MAX) this.usesNotedAtMs.clear();
    this.usesNotedAtMs.set(id, nowMs);
    const notSince = new Date(nowMs - USE_NOTED_EVERY_MS);
    this.keysRepository.noteUse(id, new Date(nowMs), notSince).catch(() => undefined);
  }
}
