import { Controller } from '@nestjs/common';
import type { RouteBody as BodyOf, RouteResponse } from '@verbena/shared/platform/route.js';
import {
  addSegmentMembers,
  changeSegment,
  createSegment,
  listSegmentMembers,
  listSegments,
  listSegmentsOf,
  removeSegmentMember,
  type Segment,
  type SegmentChange,
  type SegmentDraft,
} from '@verbena/shared/segments/segments.routes.js';
import { Asking, Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { SegmentsService } from './segments.service.js';

/** Segments, as staff keep them. */
@Controller()
export class SegmentsController {
  constructor(private readonly segments: SegmentsService) {}

  @Implements(listSegments)
  async list(@InScope() scope: Scope): Promise<{ items: Segment[] }> {
    return { items: await this.segments.list(scope) };
  }

  @Implements(createSegment)
  async create(
    @InScope() scope: Scope,
    @RouteBody(createSegment) draft: SegmentDraft,
    @Asking() principal: Principal,
  ): Promise<Segment> {
    return this.segments.create(scope, draft, actorOf(principal));
  }

  @Implements(changeSegment)
  async change(
    @InScope() scope: Scope,
    @RouteParam('segment') id: string,
    @RouteBody(changeSegment) change: SegmentChange,
    @Asking() principal: Principal,
  ): Promise<Segment> {
    return this.segments.change(scope, id, change, actorOf(principal));
  }

  @Implements(listSegmentMembers)
  async listMembers(
    @InScope() scope: Scope,
    @RouteParam('segment') id: string,
    @RouteQuery(listSegmentMembers) query: { readonly before?: number; readonly limit?: number },
  ): Promise<RouteResponse<typeof listSegmentMembers>> {
    return this.segments.listMembers(scope, id, query);
  }

  @Implements(addSegmentMembers)
  async add(
    @InScope() scope: Scope,
    @RouteParam('segment') id: string,
    @RouteBody(addSegmentMembers) { members }: BodyOf<typeof addSegmentMembers>,
    @Asking() principal: Principal,
  ): Promise<RouteResponse<typeof addSegmentMembers>> {
    return this.segments.add(scope, id, members, actorOf(principal));
  }

  @Implements(removeSegmentMember)
  async remove(
    @InScope() scope: Scope,
    @RouteParam('segment') id: string,
    @MemberRefParam() member: string,
    @Asking() principal: Principal,
  ): Promise<Segment> {
    return this.segments.remove(scope, id, member, actorOf(principal));
  }

  @Implements(listSegmentsOf)
  async listOf(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
  ): Promise<RouteResponse<typeof listSegmentsOf>> {
    return { items: await this.segments.listOf(scope, member) };
  }
}
