import { Injectable, Logger } from '@nestjs/common';
import { CATCH_UP_MAX, type PushEnvelope } from '@verbena/shared/realtime/socket.js';
import { Clock } from '#platform/clock/clock.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { RealtimeService } from '#realtime/realtime.service.js';
import { ServesStream, type StreamSource, type StreamSubject } from '#realtime/stream-source.port.js';
import { InboxService } from './inbox.service.js';
import { NoticesRepository } from './notices.repository.js';

const POLL_MS = 1_000;

/** How far the sockets here of one member were told. */
interface Followed {
  readonly program: string;
  q: number;
}

/**
 * The stream `inbox`: what a member is told of others. What this node tells is pushed at once; what others tell is found once a second
 * by the heads of those who have a socket here. A number whose notice is read, gone, or within a later one carries nothing but itself.
 */
@Injectable()
@ServesStream()
export class InboxStream implements StreamSource {
  readonly kind = 'inbox';
  readonly hasCursor = true;
  readonly hasPast = true;
  readonly isNewAtFirst = true;
  private readonly logger = new Logger('Notices');
  private readonly followed = new Map<string, Followed>();
  private endPolls: () => void = () => undefined;
  /** What is looked at, one after another: so a member's pushes keep their order. */
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: NoticesRepository,
    private readonly inbox: InboxService,
    private readonly realtime: RealtimeService,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.endPolls = this.clock.every(POLL_MS, () => this.poll());
  }

  stop(): void {
    this.endPolls();
  }

  /** Whoever asks is followed from here on. */
  async head({ program, member }: StreamSubject): Promise<number> {
    const q = await this.repository.headOf(member);
    if (!this.followed.has(member)) this.followed.set(member, { program, q });
    return q;
  }

  async read(
    { program, member }: Pick<StreamSubject, 'program' | 'member'>,
    since: number,
    limit: number,
  ): Promise<readonly PushEnvelope[]> {
    const { q: head, unread, items } = await this.inbox.of(scopeOf(program), member, 'unread');
    const latest = new Map(items.map((notice) => [notice.q, notice]));
    const at = new Date(this.clock.now()).toISOString();
    return Array.from({ length: Math.min(limit, head - since) }, (_, place): PushEnvelope => {
      const q = since + place + 1;
      const notice = latest.get(q);
      const envelope = { stream: 'inbox', q, id: `${member}|${q}`, v: 1, at: notice?.at ?? at } as const;
      return notice === undefined ? envelope : { ...envelope, name: 'notice.added', data: { notice, unread } };
    });
  }

  /** These were told something, perhaps. Never throws. */
  lookAt(members: readonly string[]): void {
    const here = members.filter((member) => this.followed.has(member));
    if (here.length > 0) this.looking = this.looking.then(() => this.look(here));
  }

  private poll(): Promise<void> {
    for (const member of this.followed.keys()) if (!this.realtime.hasLocal(member)) this.followed.delete(member);
    this.lookAt([...this.followed.keys()]);
    return this.looking;
  }

  private async look(members: readonly string[]): Promise<void> {
    try {
      const heads = await this.repository.headsOf(members);
      for (const [member, head] of heads) {
        const followed = this.followed.get(member);
        if (followed === undefined || head <= followed.q) continue;
        const pushes = await this.read({ program: followed.program, member }, followed.q, CATCH_UP_MAX);
        for (const push of pushes) this.realtime.push(followed.program, member, push);
        followed.q += pushes.length;
      }
    } catch (error) {
      // They are looked at again within a second.
      this.logger.debug(String(error));
    }
  }
}
