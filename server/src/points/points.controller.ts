import { Controller } from '@nestjs/common';
import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import { PocketRef } from '@verbena/shared/ledger/points-line.js';
import type { RouteBody as BodyOf, RouteResponse } from '@verbena/shared/platform/route.js';
import {
  activatePending,
  type Adjustment,
  type AdjustmentAnswer,
  adjustPoints,
  approveAdjustment,
  cancelCapture,
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
import * as z from 'zod/mini';
import { RefusedActs } from '#identity/refused-acts.service.js';
import { doneResultOf } from '#ledger/ledger.service.js';
import { ConsentsService } from '#members/consents.service.js';
import { AsBuilt } from '#platform/http/contract.serializer.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Asking, Implements, Reply, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam, OwnMember } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AdjustmentsService } from './adjustments.service.js';
import { handOf, memberHand } from './hand.js';
import { type PointsAnswer, PointsService } from './points.service.js';

@Controller()
export class PointsController {
  constructor(
    private readonly points: PointsService,
    private readonly adjustments: AdjustmentsService,
    private readonly refused: RefusedActs,
    private readonly consents: ConsentsService,
  ) {}

  @Implements(activatePending)
  @AsBuilt()
  async activate(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') ref: string,
    @RouteBody(activatePending) { key, reason }: BodyOf<typeof activatePending>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<HandAnswer> {
    const request = { type: 'points.activated', key, reason, attributes: { pending: pendingOf(ref) } } as const;
    return answerOrAsked(await this.points.moveOrAsk(scope, handOf(principal), member, request), reply, principal);
  }

  @Implements(movePending)
  @AsBuilt()
  async move(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') ref: string,
    @RouteBody(movePending) { key, reason, on }: BodyOf<typeof movePending>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<HandAnswer> {
    const request = { type: 'points.rescheduled', key, reason, attributes: { pending: pendingOf(ref), on } } as const;
    return answerOrAsked(await this.points.moveOrAsk(scope, handOf(principal), member, request), reply, principal);
  }

  @Implements(cancelPending)
  @AsBuilt()
  async cancel(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') ref: string,
    @RouteBody(cancelPending) { key, reason }: BodyOf<typeof cancelPending>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const request = { type: 'points.cancelled', key, reason, attributes: { pending: pendingOf(ref) } } as const;
    return answer(await this.points.move(scope, handOf(principal), member, request), reply, principal);
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
    return answer(await this.points.move(scope, handOf(principal), member, request), reply, principal);
  }

  @Implements(captureHold)
  @AsBuilt()
  async capture(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') ref: string,
    @RouteBody(captureHold) { key, reason, ...attributes }: BodyOf<typeof captureHold>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const request = { type: 'points.captured', key, reason, attributes: { hold: holdOf(ref), ...attributes } } as const;
    return answer(await this.points.move(scope, handOf(principal), member, request), reply, principal);
  }

  @Implements(cancelCapture)
  @AsBuilt()
  async cancelCapture(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('entry') entry: string,
    @RouteBody(cancelCapture) body: BodyOf<typeof cancelCapture>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    return answer(await this.points.cancelCapture(scope, handOf(principal), member, entry, body), reply, principal);
  }

  @Implements(releaseHold)
  @AsBuilt()
  async release(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('ref') ref: string,
    @RouteBody(releaseHold) { key, reason }: BodyOf<typeof releaseHold>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const request = { type: 'points.released', key, reason, attributes: { hold: holdOf(ref) } } as const;
    return answer(await this.points.move(scope, handOf(principal), member, request), reply, principal);
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
    const request = { type: 'transfer.sent', key, attributes } as const;
    if (own !== member)
      return answer(await this.points.move(scope, handOf(principal), member, request), reply, principal);
    // What shops and staff do for a member goes on; what it does itself with its points waits for its word.
    await this.consents.refuseUnaccepted(scope, own);
    return this.refused.count(principal, async () =>
      answer(await this.points.move(scope, memberHand(own), member, request), reply, principal),
    );
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
    const adjusted = answerOrAsked(await this.points.adjust(scope, handOf(principal), member, draft), reply, principal);
    return 'waiting' in adjusted ? { result: null, ...adjusted } : { result: adjusted, waiting: null };
  }

  @Implements(listAdjustments)
  async list(
    @InScope() scope: Scope,
    @RouteQuery(listAdjustments) query: z.output<typeof listAdjustments.query>,
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

/** The names of a path, as points and holds have them; what could name none is not found, and never comes to a decision. */
const pendingOf = (ref: string): PocketRef => nameOr(ref, 'pending.notFound');
const holdOf = (ref: string): PocketRef => nameOr(ref, 'hold.notFound');

function nameOr(ref: string, code: 'pending.notFound' | 'hold.notFound'): PocketRef {
  const named = z.safeParse(PocketRef, ref);
  if (!named.success) throw new Refusal(code);
  return named.data;
}

function answerOrAsked(
  done: PointsAnswer | { waiting: Adjustment },
  reply: FastifyReply,
  principal: Principal,
): HandAnswer {
  return 'waiting' in done ? done : answer(done, reply, principal);
}

/** What became of it, with a header where it had been there before; what was decided and refused is a refusal. */
function answer({ entry, isReplay }: PointsAnswer, reply: FastifyReply, principal: Principal): ActivityResult {
  if (isReplay) void reply.header('idempotency-replayed', 'true');
  return doneResultOf(entry, principal);
}
