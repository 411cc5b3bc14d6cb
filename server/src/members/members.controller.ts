import { Controller } from '@nestjs/common';
import {
  createLogin,
  getMember,
  type LoginDraft,
  type LoginPlace,
  type Member,
  type MemberNames,
  putMember,
  SHOWS_AT_FIRST,
} from '@verbena/shared/members/members.routes.js';
import { Asking, Implements, RouteBody } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam, Tenant } from '#platform/http/tenant.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { EnrolmentService } from './enrolment.service.js';
import type { MemberDocument } from './members.schema.js';
import { MembersService } from './members.service.js';

@Controller()
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly enrolments: EnrolmentService,
  ) {}

  @Implements(getMember)
  async get(@InScope() scope: Scope, @MemberRefParam() ref: string): Promise<Member> {
    return this.show(scope, await this.members.find(scope, ref));
  }

  @Implements(putMember)
  async put(
    @Tenant() tenant: Tenant,
    @MemberRefParam() ref: string,
    @RouteBody(putMember) names: MemberNames,
    @Asking() principal: Principal,
  ): Promise<Member> {
    return this.show(scopeOf(tenant.id), await this.enrolments.nameMember(tenant, ref, names, actorOf(principal)));
  }

  @Implements(createLogin)
  async login(
    @Tenant() tenant: Tenant,
    @RouteBody(createLogin) draft: LoginDraft,
    @Asking() principal: Principal,
  ): Promise<LoginPlace> {
    return this.enrolments.createLogin(tenant, draft, actorOf(principal));
  }

  private async show(scope: Scope, member: MemberDocument): Promise<Member> {
    const externalIds = await this.members.externalIdsOf(scope, [member._id]);
    return {
      id: member._id,
      externalIds: externalIds.get(member._id) ?? [],
      name: member.name,
      alias: member.alias,
      language: member.language,
      zone: member.zone,
      enrolment: 'enrolled',
      boards: 'alias',
      shows: SHOWS_AT_FIRST,
      profileCompleted: false,
      joinedAt: member.joinedAt.toISOString(),
      hasLogin: member.user !== null,
    };
  }
}
