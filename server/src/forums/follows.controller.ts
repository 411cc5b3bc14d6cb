import { Controller } from '@nestjs/common';
import type { FollowChoice } from '@verbena/shared/forums/follow.js';
import { followCategory, followThread } from '@verbena/shared/forums/follows.routes.js';
import { listPeople } from '@verbena/shared/forums/people.routes.js';
import { Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { FollowsService } from './follows.service.js';
import type { ForumReader } from './forum-access.service.js';
import { People } from './people.service.js';
import { Reading } from './reading.js';

/** What a member is told of, and whom it may have told. */
@Controller()
export class FollowsController {
  constructor(
    private readonly follows: FollowsService,
    private readonly people: People,
  ) {}

  @Implements(followThread)
  async thread(
    @Reading() reader: ForumReader,
    @RouteParam('thread') id: string,
    @RouteBody(followThread) { level }: FollowChoice,
  ): Promise<FollowChoice> {
    await this.follows.followThread(reader, id, level);
    return { level };
  }

  @Implements(followCategory)
  async category(
    @Reading() reader: ForumReader,
    @RouteParam('category') slug: string,
    @RouteBody(followCategory) { level }: FollowChoice,
  ): Promise<FollowChoice> {
    await this.follows.followCategory(reader, slug, level);
    return { level };
  }

  @Implements(listPeople)
  async list(
    @Reading() reader: ForumReader,
    @RouteParam('category') slug: string,
    @RouteQuery(listPeople) { q = '' }: { q?: string },
  ): Promise<{ items: { alias: string }[] }> {
    return { items: await this.people.mentionable(reader, slug, q) };
  }
}
