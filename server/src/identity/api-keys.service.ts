import { Injectable } from '@nestjs/common';
import type { ApiKey, ApiKeyDraft, ApiKeyWithSecret } from '@verbena/shared/identity/identity.routes.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { mintApiKey } from './bearer.js';
import type { ApiKeyDocument } from './identity.schema.js';
import { Logins } from './logins.js';
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

  /** Makes a key and says its secret, which nobody can read again. Throws `activity.unknownType`. */
  async create(scope: Scope, draft: ApiKeyDraft, actor: Actor): Promise<ApiKeyWithSecret> {
    const known = await this.programs.keyActivityTypes(scope);
    const unknown = draft.types.find((type) => !known.has(type));
    if (unknown !== undefined) throw new Refusal('activity.unknownType', { type: unknown });
    const nowMs = this.clock.now();
    const { expiresInDays: days } = draft;
    const id = ulid(nowMs);
    const { credential, hash } = mintApiKey(id);
    const key: ApiKeyDocument = {
      _id: id,
      program: scope.program,
      brand: null,
      name: draft.name,
      hash,
      types: [...new Set(draft.types)],
      permissions: [...new Set(draft.permissions)],
      createdAt: new Date(nowMs),
      ...(days === undefined ? {} : { expiresAt: new Date(nowMs + days * DAY_MS) }),
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.mongo.transact(async (session) => {
      await this.repository.insert(scope, key, session);
      const after = apiKeyOf(key);
      await this.audit.record(session, scope, {
        actor,
        action: 'apiKey.created',
        subject: { kind: 'apiKey', id },
        before: null,
        after,
      });
    });
    return { ...apiKeyOf(key), secret: credential };
  }

  async list(scope: Scope): Promise<ApiKey[]> {
    return (await this.repository.list(scope)).map(apiKeyOf);
  }

  /** Withdraws a key: refused on this node at once, on others within two seconds. A second time changes nothing. */
  async revoke(scope: Scope, id: string, actor: Actor): Promise<ApiKey> {
    const revoked = await this.mongo.transact(async (session) => {
      const key = await this.repository.find(scope, id, session);
      if (key === null) throw new Refusal('key.notFound');
      if (key.revokedAt !== null) return apiKeyOf(key);
      const revokedAt = new Date(this.clock.now());
      await this.repository.revoke(scope, id, revokedAt, session);
      const [before, after] = [apiKeyOf(key), apiKeyOf({ ...key, revokedAt })];
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

function apiKeyOf({
  _id,
  name,
  types,
  permissions,
  createdAt,
  expiresAt,
  lastUsedAt,
  revokedAt,
}: ApiKeyDocument): ApiKey {
  return {
    id: _id,
    name,
    types,
    permissions,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
