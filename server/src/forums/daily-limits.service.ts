import { Inject, Injectable } from '@nestjs/common';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { PostsRepository } from './posts.repository.js';
import { ReactionsRepository } from './reactions.repository.js';

const DAY_MS = 86_400_000;

/** How much somebody does in the forum within 24 hours: opening and answering only as long as it has not been a member for a day. */
export const DAILY = { threads: 3, replies: 10, reactions: 50 } as const;

/**
 * What one member may do a day, counted from what stands there: a restart forgets nothing, and what was done on other nodes counts. Whoever
 * moderates is not asked. Off where all rates are.
 */
@Injectable()
export class DailyLimits {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly members: MembersService,
    private readonly posts: PostsRepository,
    private readonly reactions: ReactionsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether what a member just wrote, in this transaction, was one too many. Refuses `forum.firstDay` with the seconds until it may: when the
   * oldest of those that count is a day old, or the member itself.
   */
  async refuseNewcomer(scope: Scope, member: string, what: 'threads' | 'replies', session: Session): Promise<void> {
    if (!this.config.rates.isOn) return;
    const nowMs = this.clock.now();
    const { joinedAt } = await this.members.find(scope, member);
    const settledMs = joinedAt.getTime() + DAY_MS;
    if (settledMs <= nowMs) return;
    const max = DAILY[what];
    const times = await this.posts.timesOf(
      scope,
      member,
      { what, since: new Date(nowMs - DAY_MS), limit: max + 1 },
      session,
    );
    const oldest = times[max];
    if (oldest === undefined) return;
    const freeMs = Math.min(oldest.getTime() + DAY_MS, settledMs);
    throw new Refusal('forum.firstDay', { what, max, seconds: secondsUntil(freeMs, nowMs) });
  }

  /** Whether a member may react to one more post. Refuses `reaction.tooMany` with the seconds until it may. */
  async refuseReacting(scope: Scope, member: string, session: Session): Promise<void> {
    if (!this.config.rates.isOn) return;
    const nowMs = this.clock.now();
    const max = DAILY.reactions;
    const times = await this.reactions.timesOf(scope, member, { since: new Date(nowMs - DAY_MS), limit: max }, session);
    const oldest = times[max - 1];
    if (oldest === undefined) return;
    throw new Refusal('reaction.tooMany', { max, seconds: secondsUntil(oldest.getTime() + DAY_MS, nowMs) });
  }
}

function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((atMs - nowMs) / 1_000));
}
