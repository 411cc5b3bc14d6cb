import { Controller } from '@nestjs/common';
import { getProfile, type MemberProfile } from '@verbena/shared/profiles/profiles.routes.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { MembersService } from '#members/members.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Implements, RouteParam } from '#platform/http/implements.decorator.js';
import { OwnMember, Tenant } from '#platform/http/tenant.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { profileOf } from './profile-view.js';

@Controller()
export class ProfilesController {
  constructor(
    private readonly members: MembersService,
    private readonly ledger: LedgerViews,
  ) {}

  @Implements(getProfile)
  async profile(
    @Tenant() tenant: Tenant,
    @OwnMember() own: string | null,
    @RouteParam('alias') alias: string,
  ): Promise<MemberProfile> {
    const scope = scopeOf(tenant.id);
    const member = await this.members.findByAlias(scope, alias);
    // Who left is nobody here until it comes back.
    if (member?.alias == null || member.enrolment === 'left') throw new Refusal('member.notFound');
    const { program, state } = await this.ledger.readState(scope, member._id);
    const joinedOn = localDateOf(member.joinedAt.getTime(), tenant.zone);
    return profileOf(
      { alias: member.alias, name: member.name, shows: member.shows, joinedOn, state, currency: program.mainCurrency },
      member._id === own,
    );
  }
}
