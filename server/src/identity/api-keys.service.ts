import { Injectable } from '@nestjs/common';
import type { ApiKey, ApiKeyDraft, ApiKeyWithSecret, KeySource } from '@verbena/shared/identity/api-keys.routes.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { mintApiKey } from './bearer.js';
import type { ApiKeyDocument } from './identity.schema.js';
import { Logins } from './logins.js';
import type { KeySender } from './program-directory.port.js';
import { ProgramFinder } from './program-finder.js';

const DAY_MS = 86_400_000;

/** API keys of a program, with which its systems send activities. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly mongo: Mongo,
    private readonly repository: ApiKeysRepository,
    private readonly audit: AuditService,
    private readonly logins: Logins,
    private readonly programs: ProgramFinder,
    private readonly clock: Clock,
  ) {}

  /** Makes a key and says its secret, which nobody can read again. Throws `activity.unknownType`, and for whom it may not speak. */
  async create(scope: Scope, draft: ApiKeyDraft, actor: Actor): Promise<ApiKeyWithSecret> {
    const known = await this.programs.keyActivityTypes(scope);
    const unknown = draft.types.find((type) => !known.has(type));
    if (unknown !== undefined) throw new Refusal('activity.unknownType', { type: unknown });
    const source = (draft.source ?? 'program') as KeySource;
    const sender = await this.senderOf(scope, source);
    const nowMs = this.clock.now();
    const { expiresInDays: days, mode = 'live' } = draft;
    const { key, secret } = this.mint(scope, nowMs, {
      mode,
      source,
      ...(sender?.namespace == null ? {} : { namespace: sender.namespace }),
      name: draft.name,
      types: [...new Set(draft.types)],
      permissions: [...new Set(draft.permissions)],
      ...(days === undefined ? {} : { expiresAt: new Date(nowMs + days * DAY_MS) }),
    });
    const after = apiKeyOf(key, sender);
    if (mode === 'test') await this.programs.openSandbox(scope);
    await this.mongo.transact((session) => this.insert(session, scope, key, actor, 'apiKey.created', null, after));
    return { ...after, secret };
  }

  /**
   * Makes a key that does what this one does and speaks for whom it speaks for, so that what the one sent is a repeat for the other. The
   * old one is good for a day more. Throws `key.notFound`, `key.notRenewable`, and for whom no new key may speak.
   */
  async renew(scope: Scope, id: string, actor: Actor): Promise<ApiKeyWithSecret> {
    const renewed = await this.mongo.transact(async (session) => {
      const old = await this.repository.find(scope, id, session);
      if (old === null) throw new Refusal('key.notFound');
      const { _id: _, hash: __, createdAt, expiresAt, renewedBy: ___, ...same } = old;
      const sender = await this.senderOf(scope, old.source ?? 'program');
      const nowMs = this.clock.now();
      const { key, secret } = this.mint(scope, nowMs, {
        ...same,
        ...(expiresAt === undefined ? {} : { expiresAt: new Date(nowMs + expiresAt.getTime() - createdAt.getTime()) }),
      });
      const endsAt = new Date(Math.min(expiresAt?.getTime() ?? Infinity, nowMs + DAY_MS));
      if (!(await this.repository.noteRenewal(scope, id, key._id, endsAt, session)))
        throw new Refusal('key.notRenewable');
      const [before, after] = [apiKeyOf(old, sender), apiKeyOf(key, sender)];
      await this.insert(session, scope, key, actor, 'apiKey.renewed', before, after);
      return { ...after, secret };
    });
    this.logins.forgetKey(id);
    return renewed;
  }

  async list(scope: Scope): Promise<ApiKey[]> {
    const senders = await this.programs.keySenders(scope);
    return (await this.repository.list(scope)).map((key) => apiKeyOf(key, senders.get(key.source ?? 'program')));
  }

  /** For whom a new key would speak; undefined: for the program. Throws `brand.notFound`, `brand.archived`, and the same of a shop. */
  private async senderOf(scope: Scope, source: KeySource): Promise<KeySender | undefined> {
    if (source === 'program') return undefined;
    const kind = source.startsWith('brand:') ? 'brand' : 'shop';
    const sender = (await this.programs.keySenders(scope)).get(source);
    if (sender?.isArchived === false) return sender;
    const code = sender === undefined ? 'notFound' : 'archived';
    throw new Refusal(`${kind}.${code}`, {}, [{ path: ['source'], code: 'invalid' }]);
  }

  private mint(
    { program }: Scope,
    nowMs: number,
    settings: Omit<ApiKeyDocument, '_id' | 'program' | 'hash' | 'createdAt' | 'lastUsedAt' | 'revokedAt'>,
  ): { key: ApiKeyDocument; secret: string } {
    const id = ulid(nowMs);
    const { credential, hash } = mintApiKey(id, settings.mode ?? 'live');
    const fresh = { _id: id, program, hash, createdAt: new Date(nowMs), lastUsedAt: null, revokedAt: null };
    return { key: { ...settings, ...fresh }, secret: credential };
  }

  private async insert(
    session: Session,
    scope: Scope,
    key: ApiKeyDocument,
    actor: Actor,
    action: 'apiKey.created' | 'apiKey.renewed',
    before: ApiKey | null,
    after: ApiKey,
  ): Promise<void> {
    await this.repository.insert(scope, key, session);
    await this.audit.record(session, scope, { actor, action, subject: { kind: 'apiKey', id: key._id }, before, after });
  }

  /** Withdraws a key: refused on this node at once, on others within two seconds. A second time changes nothing. */
  async revoke(scope: Scope, id: string, actor: Actor): Promise<ApiKey> {
    const senders = await this.programs.keySenders(scope);
    const revoked = await this.mongo.transact(async (session) => {
      const key = await this.repository.find(scope, id, session);
      if (key === null) throw new Refusal('key.notFound');
      const sender = senders.get(key.source ?? 'program');
      if (key.revokedAt !== null) return apiKeyOf(key, sender);
      const revokedAt = new Date(this.clock.now());
      await this.repository.revoke(scope, id, revokedAt, session);
      const [before, after] = [apiKeyOf(key, sender), apiKeyOf({ ...key, revokedAt }, sender)];
      await this.audit.record(session, scope, {
        actor,
        action: 'apiKey.revoked',
        subject: { kind: 'apiKey', id },
        before,
        after,
      });
      return after;
    });
    this.logins.forgetKey(id);
    return revoked;
  }
}

function apiKeyOf(key: ApiKeyDocument, sender: KeySender | undefined): ApiKey {
  const { _id, name, mode = 'live', source = 'program', types, permissions, renewedBy = null } = key;
  return {
    id: _id,
    name,
    mode,
    source,
    speaksFor: sender?.name ?? null,
    types,
    permissions,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    renewedBy,
  };
}
