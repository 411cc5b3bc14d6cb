import { Controller } from '@nestjs/common';
import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import type { RouteBody as BodyOf, RouteResponse } from '@verbena/shared/platform/route.js';
import {
  activatePending,
  type Adjustment,
  type AdjustmentAnswer,
  adjustPoints,
  approveAdjustment,
  cancelPending,
  captureHold,
  holdPoints,
  listAdjustments,
  movePending,
  refuseAdjustment,
  releaseHold,
  sendPoints,
} from '@verbena/shared/points/points.routes.js';
import type { HandAnswer } from '@verbena/shared/points/adjustment.js';
import type { FastifyReply } from 'fastify';
import type { output } from 'zod/mini';
import { resultOf } from '#ledger/ledger.service.js';
import { AsBuilt } from '#platform/http/contract.serializer.js';
import { Asking, Implements, Reply, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam, OwnMember } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AdjustmentsService } from './adjustments.service.js';
import { handOf, MEMBER } from './hand.js';
import { type PointsAnswer, PointsService } from './points.service.js';

@Controller()
export class PointsController {
  constructor(
    private readonly points: PointsService,
    private readonly adjustments: AdjustmentsService,
  ) {}

  @Implements(activatePending)
  @AsBuilt()
  async activate(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') pending: string,
    @RouteBody(activatePending) { key, reason }: BodyOf<typeof activatePending>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<HandAnswer> {
    const request = { type: 'points.activated', key, reason, attributes: { pending } } as const;
    return answerOrAsked(await this.points.moveOrAsk(scope, handOf(principal), member, request), reply);
  }

  @Implements(movePending)
  @AsBuilt()
  async move(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') pending: string,
    @RouteBody(movePending) { key, reason, on }: BodyOf<typeof movePending>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<HandAnswer> {
    const request = { type: 'points.rescheduled', key, reason, attributes: { pending, on } } as const;
    return answerOrAsked(await this.points.moveOrAsk(scope, handOf(principal), member, request), reply);
  }

  @Implements(cancelPending)
  @AsBuilt()
  async cancel(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') pending: string,
    @RouteBody(cancelPending) { key, reason }: BodyOf<typeof cancelPending>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const request = { type: 'points.cancelled', key, reason, attributes: { pending } } as const;
    return answer(await this.points.move(scope, handOf(principal), member, request), reply);
  }

  @Implements(holdPoints)
  @AsBuilt()
  async hold(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteBody(holdPoints) { key, reason, ...attributes }: BodyOf<typeof holdPoints>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const request = { type: 'points.held', key, reason, attributes } as const;
    return answer(await this.points.move(scope, handOf(principal), member, request), reply);
  }

  @Implements(captureHold)
  @AsBuilt()
  async capture(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') hold: string,
    @RouteBody(captureHold) { key, reason, ...attributes }: BodyOf<typeof captureHold>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const request = { type: 'points.captured', key, reason, attributes: { hold, ...attributes } } as const;
    return answer(await this.points.move(scope, handOf(principal), member, request), reply);
  }

  @Implements(releaseHold)
  @AsBuilt()
  async release(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') hold: string,
    @RouteBody(releaseHold) { key, reason }: BodyOf<typeof releaseHold>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const request = { type: 'points.released', key, reason, attributes: { hold } } as const;
    return answer(await this.points.move(scope, handOf(principal), member, request), reply);
  }

  @Implements(sendPoints)
  @AsBuilt()
  async send(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @OwnMember() own: string | null,
    @RouteBody(sendPoints) { key, currency, amount, to }: BodyOf<typeof sendPoints>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const attributes = { currency, amount, to: await this.points.recipient(scope, member, to) };
    const hand = own === member ? MEMBER : handOf(principal);
    return answer(await this.points.move(scope, hand, member, { type: 'transfer.sent', key, attributes }), reply);
  }

  @Implements(adjustPoints)
  @AsBuilt()
  async adjust(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteBody(adjustPoints) draft: BodyOf<typeof adjustPoints>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<AdjustmentAnswer> {
    const adjusted = answerOrAsked(await this.points.adjust(scope, handOf(principal), member, draft), reply);
    return 'waiting' in adjusted ? { result: null, ...adjusted } : { result: adjusted, waiting: null };
  }

  @Implements(listAdjustments)
  async list(
    @InScope() scope: Scope,
    @RouteQuery(listAdjustments) query: output<typeof listAdjustments.query>,
    @Asking() principal: Principal,
  ): Promise<RouteResponse<typeof listAdjustments>> {
    return this.adjustments.list(scope, principal, query);
  }

  @Implements(approveAdjustment)
  async approve(
    @InScope() scope: Scope,
    @RouteParam('adjustment') id: string,
    @Asking() principal: Principal,
  ): Promise<Adjustment> {
    return this.adjustments.approve(scope, principal, id);
  }

  @Implements(refuseAdjustment)
  async refuse(
    @InScope() scope: Scope,
    @RouteParam('adjustment') id: string,
    @RouteBody(refuseAdjustment) { reason }: BodyOf<typeof refuseAdjustment>,
    @Asking() principal: Principal,
  ): Promise<Adjustment> {
    return this.adjustments.refuse(scope, principal, id, reason);
  }
}

function answerOrAsked(done: PointsAnswer | { waiting: Adjustment }, reply: FastifyReply): HandAnswer {
  return 'waiting' in done ? done : answer(done, reply);
}

/** What became of it, with a header where it had been there before. */
function answer({ entry, isReplay }: PointsAnswer, reply: FastifyReply): ActivityResult {
  if (isReplay) void reply.header('idempotency-replayed', 'true');
  return resultOf(entry);
}
