import { Controller } from '@nestjs/common';
import type { PublishedDefinitions } from '@verbena/shared/programs/programs.routes.js';
import {
  compareVersions,
  getTerms,
  getVersion,
  listVersions,
  planRevert,
  type ProgramTerms,
  type ProgramVersion,
  type Publication,
  type Published,
  type RevertPlan,
  revertToVersion,
  withdrawVersion,
} from '@verbena/shared/programs/versions.routes.js';
import type { DefinitionChange } from '@verbena/shared/programs/definition-change.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Asking, Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { VersionsService } from './versions.service.js';

@Controller()
export class VersionsController {
  constructor(private readonly versions: VersionsService) {}

  @Implements(listVersions)
  async list(@InScope() scope: Scope): Promise<{ items: ProgramVersion[] }> {
    return { items: await this.versions.list(scope) };
  }

  @Implements(getVersion)
  async get(@InScope() scope: Scope, @RouteParam('version') version: string): Promise<PublishedDefinitions> {
    return this.versions.get(scope, numberOf(version));
  }

  @Implements(compareVersions)
  async compare(
    @InScope() scope: Scope,
    @RouteParam('version') version: string,
    @RouteQuery(compareVersions) query: { since?: number },
  ): Promise<{ since: number; version: number; changes: DefinitionChange[] }> {
    return this.versions.compare(scope, numberOf(version), query.since ?? null);
  }

  @Implements(revertToVersion)
  async revert(
    @InScope() scope: Scope,
    @RouteParam('version') version: string,
    @RouteBody(revertToVersion) publication: Publication,
    @Asking() principal: Principal,
  ): Promise<Published> {
    return this.versions.revert(scope, numberOf(version), publication, actorOf(principal));
  }

  @Implements(planRevert)
  async planRevert(@InScope() scope: Scope, @RouteParam('version') version: string): Promise<RevertPlan> {
    return this.versions.planRevert(scope, numberOf(version));
  }

  @Implements(withdrawVersion)
  async withdraw(
    @InScope() scope: Scope,
    @RouteParam('version') version: string,
    @Asking() principal: Principal,
  ): Promise<{ version: number }> {
    await this.versions.withdraw(scope, numberOf(version), actorOf(principal));
    return { version: numberOf(version) };
  }

  @Implements(getTerms)
  async terms(@InScope() scope: Scope): Promise<ProgramTerms> {
    return this.versions.terms(scope);
  }
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Refusal('version.notFound');
  return Number(text);
}
