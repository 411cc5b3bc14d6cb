import { Controller, Req } from '@nestjs/common';
import {
  getInvitation,
  getReferrals,
  type Invitation,
  type MyReferrals,
} from '@verbena/shared/referrals/referrals.routes.js';
import type { FastifyRequest } from 'fastify';
import { Implements, RouteParam } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ReferralsService } from './referrals.service.js';

@Controller()
export class ReferralsController {
  constructor(private readonly referrals: ReferralsService) {}

  @Implements(getInvitation)
  async invitation(
    @InScope() scope: Scope,
    @RouteParam('code') code: string,
    @Req() request: FastifyRequest,
  ): Promise<Invitation> {
    return this.referrals.invitation(scope, code, request.ip);
  }

  @Implements(getReferrals)
  async mine(@InScope() scope: Scope, @MemberRefParam() ref: string): Promise<MyReferrals> {
    return this.referrals.referrals(scope, ref);
  }
}
