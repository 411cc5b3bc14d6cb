import { Injectable } from '@nestjs/common';
import type { ThreadOrder } from '@verbena/shared/forums/category.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import type { ForumReader, OpenCategory } from './forum-access.service.js';
import type { ThreadDocument } from './forums.schema.js';
import { MOMENT, ThreadsRepository } from './threads.repository.js';

/** Some threads of a category that a reader may read: those below a moment, the latest first. */
export interface PageAsked {
  readonly order: ThreadOrder;
  /** In milliseconds since 1970; absent: from now. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Which threads of a category there are for one reader: where each sees only its own, those. */
@Injectable()
export class ThreadPages {
  constructor(
    private readonly threads: ThreadsRepository,
    private readonly members: MembersService,
    private readonly clock: Clock,
  ) {}

  /** `next` is what the following page goes below; absent at the end. */
  async page(
    reader: ForumReader,
    open: OpenCategory,
    { order, before, limit }: PageAsked,
  ): Promise<{ items: ThreadDocument[]; next?: number }> {
    const moment = MOMENT[order];
    // Those of one person are few: all of them are one page.
    if (seesOnlyOwn(open)) return { items: (await this.own(reader, open)).toSorted((a, b) => b[moment] - a[moment]) };
    const items = await this.threads.list(reader.scope, {
      category: open.category._id,
      order,
      fromMs: before === undefined ? this.clock.now() : before - 1,
      limit,
    });
    const last = items.at(-1)?.[moment];
    return items.length < limit || last === undefined ? { items } : { items, next: last };
  }

  /** How many there are, counted up to `max`. */
  async count(reader: ForumReader, open: OpenCategory, max: number): Promise<number> {
    if (seesOnlyOwn(open)) return (await this.own(reader, open)).length;
    return this.threads.count(reader.scope, open.category._id, max);
  }

  private async own({ scope, member }: ForumReader, { category }: OpenCategory): Promise<ThreadDocument[]> {
    if (member === null) return [];
    const accounts = [member, ...(await this.members.endedIn(scope, member))];
    return (await this.threads.listOwn(scope, category._id, accounts)).filter(({ isDeleted }) => !isDeleted);
  }
}

/** Whether somebody sees of a category only the threads that it opened itself. */
export function seesOnlyOwn({ category, rights }: OpenCategory): boolean {
  return category.ownThreadsOnly && !rights.has('moderate');
}
