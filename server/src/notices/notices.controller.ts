import { Controller } from '@nestjs/common';
import { listNotices, NOTICES_MAX } from '@verbena/shared/notices/notices.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Implements, RouteQuery } from '#platform/http/implements.decorator.js';
import { InScope, OwnMember } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { InboxService } from './inbox.service.js';

@Controller()
export class NoticesController {
  constructor(private readonly inbox: InboxService) {}

  @Implements(listNotices)
  async list(
    @InScope() scope: Scope,
    @OwnMember() member: string | null,
    @RouteQuery(listNotices) { limit = NOTICES_MAX }: { limit?: number },
  ): Promise<RouteResponse<typeof listNotices>> {
    if (member === null) throw new Refusal('member.notFound');
    const { items, ...rest } = await this.inbox.of(scope, member, limit === 0 ? 'unread' : 'all');
    return { ...rest, items: items.slice(0, limit) };
  }
}
