import { Controller, Req } from '@nestjs/common';
import {
  changeProfile,
  checkAlias,
  createClaimCode,
  type JoinCode,
  type JoinDraft,
  joinProgram,
  leaveProgram,
  type Member,
  type ProfileChange,
  readJoinCode,
} from '@verbena/shared/members/members.routes.js';
import type { FastifyRequest } from 'fastify';
import { Asking, Implements, RouteBody } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal, userOf } from '#platform/http/principal.js';
import { InScope, MemberRefParam, Tenant } from '#platform/http/tenant.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ClaimingService } from './claiming.service.js';
import { JoiningService } from './joining.service.js';
import { MemberViews } from './member-views.service.js';
import { ProfileService } from './profile.service.js';

/** How people come in, what they say of themselves, and how they leave. */
@Controller()
export class JoiningController {
  constructor(
    private readonly joining: JoiningService,
    private readonly profiles: ProfileService,
    private readonly claiming: ClaimingService,
    private readonly views: MemberViews,
  ) {}

  @Implements(joinProgram)
  async join(
    @Tenant() tenant: Tenant,
    @RouteBody(joinProgram) draft: JoinDraft,
    @Asking() asking: Principal,
    @Req() request: FastifyRequest,
  ): Promise<Member> {
    return this.views.show(scopeOf(tenant.id), await this.joining.join(tenant, userOf(asking).id, request.ip, draft));
  }

  @Implements(leaveProgram)
  async leave(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteBody(leaveProgram) _: object,
    @Asking() asking: Principal,
  ): Promise<Member> {
    return this.views.show(scope, await this.profiles.leave(scope, ref, asking));
  }

  @Implements(changeProfile)
  async change(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteBody(changeProfile) change: ProfileChange,
    @Asking() asking: Principal,
  ): Promise<Member> {
    return this.views.show(scope, await this.profiles.change(scope, ref, change, asking));
  }

  @Implements(readJoinCode)
  async readCode(
    @InScope() scope: Scope,
    @RouteBody(readJoinCode) { code }: { readonly code: string },
    @Req() request: FastifyRequest,
  ): Promise<JoinCode> {
    return this.claiming.readJoinCode(scope, code, request.ip);
  }

  @Implements(checkAlias)
  async checkAlias(
    @InScope() scope: Scope,
    @RouteBody(checkAlias) { alias }: { readonly alias: string },
    @Req() request: FastifyRequest,
  ): Promise<{ alias: string }> {
    await this.joining.checkAlias(scope, alias, request.ip);
    return { alias };
  }

  @Implements(createClaimCode)
  async claimCode(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteBody(createClaimCode) _: object,
    @Asking() asking: Principal,
  ): Promise<{ code: string; expiresAt: string }> {
    return this.claiming.createCode(scope, ref, actorOf(asking));
  }
}
