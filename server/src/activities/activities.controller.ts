import { Controller } from '@nestjs/common';
import {
  type ActivityResult,
  type BatchResult,
  getActivity,
  recordActivities,
  recordActivity,
} from '@verbena/shared/activities/activities.routes.js';
import type { RouteBody as BodyOf } from '@verbena/shared/platform/route.js';
import type { FastifyReply } from 'fastify';
import { AsBuilt } from '#platform/http/contract.serializer.js';
import { Asking, Implements, Reply, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { resultOf } from './activity-result.js';
import { ActivitiesService, type Sender } from './activities.service.js';

@Controller()
export class ActivitiesController {
  constructor(private readonly activities: ActivitiesService) {}

  @Implements(recordActivity)
  @AsBuilt()
  async record(
    @InScope() scope: Scope,
    @RouteBody(recordActivity) draft: BodyOf<typeof recordActivity>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<ActivityResult> {
    const { entry, isReplay } = await this.activities.record(scope, senderOf(principal), draft);
    if (isReplay) void reply.header('idempotency-replayed', 'true');
    return resultOf(entry);
  }

  @Implements(recordActivities)
  @AsBuilt()
  async recordBatch(
    @InScope() scope: Scope,
    @RouteBody(recordActivities) body: BodyOf<typeof recordActivities>,
    @Asking() principal: Principal,
  ): Promise<{ results: BatchResult[] }> {
    return { results: await this.activities.recordBatch(scope, senderOf(principal), body.activities) };
  }

  @Implements(getActivity)
  async find(
    @InScope() scope: Scope,
    @RouteParam('key') key: string,
    @Asking() principal: Principal,
  ): Promise<ActivityResult> {
    return resultOf(await this.activities.find(scope, senderOf(principal).source, key));
  }
}

/** A key of the program and the commands of this machine speak for the program; a person on the staff speaks as staff. */
function senderOf(principal: Principal): Sender {
  if (principal.kind === 'key') return { source: 'program', types: new Set(principal.types), channel: 'shop' };
  if (principal.kind === 'local') return { source: 'program', types: null, channel: 'import' };
  return { source: 'staff', types: null, channel: 'staff' };
}
