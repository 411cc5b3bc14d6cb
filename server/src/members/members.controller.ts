import { Controller } from '@nestjs/common';
import {
  addCard,
  createLogin,
  getMember,
  listMembers,
  type LoginDraft,
  type LoginPlace,
  type Member,
  type MemberNames,
  putMember,
  removeCard,
} from '@verbena/shared/members/members.routes.js';
import { Asking, Implements, RouteBody, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam, Tenant, ReadsAsStaff } from '#platform/http/tenant.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { type CardDraft, CardsService } from './cards.service.js';
import { ProgramsService } from '#programs/programs.service.js';
import { EnrolmentService } from './enrolment.service.js';
import { MemberFinder, type MemberPage } from './member-finder.js';
import { MemberViews } from './member-views.service.js';
import { MembersService } from './members.service.js';

/** What staff, brands and commands ask of members. */
@Controller()
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly enrolments: EnrolmentService,
    private readonly finder: MemberFinder,
    private readonly views: MemberViews,
    private readonly cards: CardsService,
    private readonly programs: ProgramsService,
  ) {}

  @Implements(getMember)
  async get(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteQuery(getMember) { asOf }: { readonly asOf?: string },
    @ReadsAsStaff() isStaff: (member: string) => boolean,
  ): Promise<Member> {
    const member = await this.members.find(scope, ref);
    if (asOf !== undefined) return this.views.showAt(scope, member, asOf);
    const view = await this.views.show(scope, member);
    return isStaff(member._id) ? { ...view, ...(await this.finder.loginOf(member)) } : view;
  }

  @Implements(listMembers)
  async list(
    @InScope() scope: Scope,
    @RouteQuery(listMembers)
    { sandbox, ...query }: { search?: string; after?: string; limit?: number; sandbox?: 'true' | 'false' },
  ): Promise<MemberPage> {
    return this.finder.find(sandbox === 'true' ? await this.programs.sandboxScope(scope) : scope, query);
  }

  @Implements(addCard)
  async addCard(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteBody(addCard) draft: CardDraft,
    @Asking() principal: Principal,
  ): Promise<Member> {
    return this.views.show(scope, await this.cards.add(scope, ref, draft, actorOf(principal)));
  }

  @Implements(removeCard)
  async removeCard(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteBody(removeCard) draft: CardDraft,
    @Asking() principal: Principal,
  ): Promise<Member> {
    return this.views.show(scope, await this.cards.remove(scope, ref, draft, actorOf(principal)));
  }

  @Implements(putMember)
  async put(
    @Tenant() tenant: Tenant,
    @MemberRefParam() ref: string,
    @RouteBody(putMember) names: MemberNames,
    @Asking() principal: Principal,
  ): Promise<Member> {
    const member = await this.enrolments.nameMember(tenant, ref, names, actorOf(principal));
    return this.views.show(scopeOf(tenant.id), member);
  }

  @Implements(createLogin)
  async login(
    @Tenant() tenant: Tenant,
    @RouteBody(createLogin) draft: LoginDraft,
    @Asking() principal: Principal,
  ): Promise<LoginPlace> {
    return this.enrolments.createLogin(tenant, draft, actorOf(principal));
  }
}
