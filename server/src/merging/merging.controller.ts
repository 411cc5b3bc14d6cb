import { Controller, Req } from '@nestjs/common';
import {
  type Merged,
  mergeClaimed,
  mergeMembers,
  type MergePreview,
  previewClaim,
  previewMerge,
} from '@verbena/shared/merging/merging.routes.js';
import type { RouteBody as BodyOf } from '@verbena/shared/platform/route.js';
import type { FastifyRequest } from 'fastify';
import { Asking, Implements, RouteBody } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal, userOf } from '#platform/http/principal.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { type Claimer, MergingService } from './merging.service.js';

/** Joining two accounts of one person: by staff, or by the person itself with a claim code. */
@Controller()
export class MergingController {
  constructor(private readonly merging: MergingService) {}

  @Implements(previewMerge)
  async preview(
    @InScope() scope: Scope,
    @MemberRefParam() stays: string,
    @RouteBody(previewMerge) { ends }: BodyOf<typeof previewMerge>,
  ): Promise<MergePreview> {
    return this.merging.preview(scope, stays, ends);
  }

  @Implements(mergeMembers)
  async merge(
    @InScope() scope: Scope,
    @MemberRefParam() stays: string,
    @RouteBody(mergeMembers) { ends, reason }: BodyOf<typeof mergeMembers>,
    @Asking() principal: Principal,
  ): Promise<Merged> {
    return { member: await this.merging.merge(scope, stays, ends, reason, actorOf(principal)) };
  }

  @Implements(previewClaim)
  async previewClaim(
    @InScope() scope: Scope,
    @MemberRefParam() own: string,
    @RouteBody(previewClaim) { claim }: BodyOf<typeof previewClaim>,
    @Asking() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<MergePreview> {
    return this.merging.previewClaim(scope, own, claim, claimerOf(principal, request));
  }

  @Implements(mergeClaimed)
  async claim(
    @InScope() scope: Scope,
    @MemberRefParam() own: string,
    @RouteBody(mergeClaimed) { claim }: BodyOf<typeof mergeClaimed>,
    @Asking() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<Merged> {
    return { member: await this.merging.claim(scope, own, claim, claimerOf(principal, request)) };
  }
}

function claimerOf(principal: Principal, { ip }: FastifyRequest): Claimer {
  return { user: userOf(principal).id, ip };
}
