import { Controller } from '@nestjs/common';
import {
  type ApiKey,
  type ApiKeyDraft,
  type ApiKeyWithSecret,
  createApiKey,
  listApiKeys,
  renewApiKey,
  revokeApiKey,
} from '@verbena/shared/identity/api-keys.routes.js';
import type { FastifyReply } from 'fastify';
import { Asking, Implements, Reply, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ApiKeysService } from './api-keys.service.js';

@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Implements(createApiKey)
  async create(
    @InScope() scope: Scope,
    @RouteBody(createApiKey) draft: ApiKeyDraft,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ApiKeyWithSecret> {
    void reply.header('cache-control', 'no-store');
    return this.keys.create(scope, draft, actorOf(principal));
  }

  @Implements(listApiKeys)
  async list(@InScope() scope: Scope): Promise<{ items: ApiKey[] }> {
    return { items: await this.keys.list(scope) };
  }

  @Implements(renewApiKey)
  async renew(
    @InScope() scope: Scope,
    @RouteParam('key') id: string,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ApiKeyWithSecret> {
    void reply.header('cache-control', 'no-store');
    return this.keys.renew(scope, id, actorOf(principal));
  }

  @Implements(revokeApiKey)
  async revoke(
    @InScope() scope: Scope,
    @RouteParam('key') id: string,
    @Asking() principal: Principal,
  ): Promise<ApiKey> {
    return this.keys.revoke(scope, id, actorOf(principal));
  }
}
