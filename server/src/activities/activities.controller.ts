import { Controller, Req } from '@nestjs/common';
import {
  type ActivityResult,
  type BatchResult,
  getActivity,
  listActivityTypes,
  recordActivities,
  recordActivity,
  previewUndo,
  recordByHand,
  returnByHand,
  reverseActivity,
  type SendableType,
  tryByHand,
  undoByHand,
} from '@verbena/shared/activities/activities.routes.js';
import type { Losses } from '@verbena/shared/ledger/losses.js';
import type { HandAnswer } from '@verbena/shared/points/adjustment.js';
import type { RouteBody as BodyOf } from '@verbena/shared/platform/route.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lossesOf, resultOf, shownTo } from '#ledger/ledger.service.js';
import { AsBuilt } from '#platform/http/contract.serializer.js';
import { Asking, Implements, Reply, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { languageOf } from '#platform/http/problem.filter.js';
import { Refusal } from '#platform/errors/refusal.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ActivitiesService, type Recorded, type Sender, STAFF } from './activities.service.js';
import { ReversalsService } from './reversals.service.js';

@Controller()
export class ActivitiesController {
  constructor(
    private readonly activities: ActivitiesService,
    private readonly reversals: ReversalsService,
  ) {}

  @Implements(recordActivity)
  @AsBuilt()
  async record(
    @InScope() scope: Scope,
    @RouteBody(recordActivity) draft: BodyOf<typeof recordActivity>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    return answer(await this.activities.record(scope, senderOf(principal), draft), reply, principal);
  }

  @Implements(recordByHand)
  @AsBuilt()
  async recordByHand(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteBody(recordByHand) draft: BodyOf<typeof recordByHand>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<HandAnswer> {
    const recorded = await this.activities.recordByHand(scope, personOf(principal), member, draft);
    return 'waiting' in recorded ? recorded : answer(recorded, reply, principal);
  }

  @Implements(tryByHand)
  async tryByHand(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteBody(tryByHand) draft: BodyOf<typeof tryByHand>,
  ): Promise<ActivityResult> {
    return resultOf(await this.activities.tryByHand(scope, member, draft));
  }

  @Implements(previewUndo)
  async previewUndo(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('seq') seq: string,
    @Asking() principal: Principal,
  ): Promise<Losses> {
    // As what it is a preview of: no key's.
    personOf(principal);
    return lossesOf(await this.reversals.tryUndo(scope, member, seq));
  }

  @Implements(undoByHand)
  @AsBuilt()
  async undo(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('seq') seq: string,
    @RouteBody(undoByHand) body: BodyOf<typeof undoByHand>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    return answer(await this.reversals.undoByHand(scope, personOf(principal), member, seq, body), reply, principal);
  }

  @Implements(returnByHand)
  @AsBuilt()
  async returnByHand(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('seq') seq: string,
    @RouteBody(returnByHand) body: BodyOf<typeof returnByHand>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    return answer(await this.reversals.returnByHand(scope, personOf(principal), member, seq, body), reply, principal);
  }

  @Implements(reverseActivity)
  @AsBuilt()
  async reverse(
    @InScope() scope: Scope,
    @RouteParam('key') key: string,
    @RouteBody(reverseActivity) body: BodyOf<typeof reverseActivity>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const by = principal.kind === 'user' ? principal.id : null;
    return answer(await this.reversals.reverseByKey(scope, senderOf(principal), by, key, body), reply, principal);
  }

  @Implements(recordActivities)
  @AsBuilt()
  async recordBatch(
    @InScope() scope: Scope,
    @RouteBody(recordActivities) body: BodyOf<typeof recordActivities>,
    @Asking() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<{ results: BatchResult[] }> {
    const language = languageOf(request);
    const results = await this.activities.recordBatch(scope, senderOf(principal), body.activities, language);
    return {
      results: results.map((one) =>
        one.status === 'refused' ? one : { ...one, result: shownTo(principal, one.result) },
      ),
    };
  }

  @Implements(listActivityTypes)
  async types(@InScope() scope: Scope, @Asking() principal: Principal): Promise<{ items: SendableType[] }> {
    return { items: await this.activities.typesFor(scope, senderOf(principal)) };
  }

  @Implements(getActivity)
  async find(
    @InScope() scope: Scope,
    @RouteParam('key') key: string,
    @Asking() principal: Principal,
  ): Promise<ActivityResult> {
    return shownTo(principal, resultOf(await this.activities.find(scope, senderOf(principal), key)));
  }
}

/** What became of an activity, with a header where it had been there before. */
function answer({ entry, isReplay }: Recorded, reply: FastifyReply, principal: Principal): ActivityResult {
  if (isReplay) void reply.header('idempotency-replayed', 'true');
  return shownTo(principal, resultOf(entry));
}

/** The login of who writes something by hand; null for a command of this machine. A key is nobody's hand. */
function personOf(principal: Principal): string | null {
  if (principal.kind === 'user') return principal.id;
  if (principal.kind === 'local') return null;
  throw new Refusal('auth.forbidden', { person: true });
}

/** A key says for whom it speaks; the commands of this machine speak for the program, a person on the staff as staff. */
function senderOf(principal: Principal): Sender {
  if (principal.kind === 'key') {
    const { source, namespace, types, permissions } = principal;
    const seesMembers = permissions.includes('members.read');
    return { source, namespace, types: new Set(types), channel: 'shop', seesMembers };
  }
  if (principal.kind === 'local') return { source: 'program', types: null, channel: 'import', seesMembers: true };
  return principal.kind === 'user' ? { ...STAFF, person: principal.id } : STAFF;
}
