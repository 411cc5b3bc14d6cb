import { Controller } from '@nestjs/common';
import { getMember, type Member } from '@verbena/shared/members/members.routes.js';
import { Implements } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MembersService } from './members.service.js';

@Controller()
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Implements(getMember)
  async get(@InScope() scope: Scope, @MemberRefParam() ref: string): Promise<Member> {
    const member = await this.members.find(scope, ref);
    const externalIds = await this.members.externalIdsOf(scope, [member._id]);
    return {
      id: member._id,
      externalIds: externalIds.get(member._id) ?? [],
      name: member.name,
      alias: member.alias,
      language: member.language,
      zone: member.zone,
      joinedAt: member.joinedAt.toISOString(),
      hasLogin: member.user !== null,
    };
  }
}
