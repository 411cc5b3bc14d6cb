import { Injectable } from '@nestjs/common';
import type { FollowLevel } from '@verbena/shared/forums/follow.js';
import { Refusal } from '#platform/errors/refusal.js';
import { ForumAccess, type ForumReader } from './forum-access.service.js';
import { ForumMarksRepository } from './forum-marks.repository.js';
import { memberOf } from './post-writer.service.js';
import { ThreadsService } from './threads.service.js';

/** What members choose to be told of. */
@Injectable()
export class FollowsService {
  constructor(
    private readonly access: ForumAccess,
    private readonly threads: ThreadsService,
    private readonly marks: ForumMarksRepository,
  ) {}

  /** Refuses `thread.notFound` and `forum.notMember`. */
  async followThread(reader: ForumReader, id: string, level: FollowLevel): Promise<void> {
    const { thread } = await this.threads.find(reader, id);
    await this.marks.follow(reader.scope, memberOf(reader.member), thread._id, level);
  }

  /** Refuses `forumCategory.notFound`, `forum.notAllowed` where it may only be seen, and `forum.notMember`. */
  async followCategory(reader: ForumReader, slug: string, level: FollowLevel): Promise<void> {
    const { category, rights } = await this.access.require(reader, slug, 'see', 'forumCategory.notFound');
    if (!rights.has('read')) throw new Refusal('forum.notAllowed');
    await this.marks.follow(reader.scope, memberOf(reader.member), category._id, level);
  }
}
