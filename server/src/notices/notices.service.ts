import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { NoticeOutboxRepository } from './notice-outbox.repository.js';
import { NoticeRelay } from './notice-relay.js';
import type { Announced } from './notice-source.port.js';
import { NoticeSources } from './notice-sources.js';
import { InboxStream } from './notices.push.js';

/** How a module has members told of what happened: it announces it in the transaction in which it happens, so neither is there without the other. */
@Injectable()
export class Notices implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly outbox: NoticeOutboxRepository,
    private readonly relay: NoticeRelay,
    private readonly sources: NoticeSources,
    private readonly stream: InboxStream,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    // Where nobody is served what happened waits for who serves.
    if (this.config.role === 'worker' || this.config.role === 'command') return;
    this.relay.start({
      source: (kind) => this.sources.of(kind),
      told: (members) => this.stream.lookAt(members),
    });
    this.stream.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    this.stream.stop();
  }

  /** Has those told whom the source of this kind names, soon after the caller's transaction. */
  async announce(
    session: Session,
    { program }: Scope,
    announced: Announced & { readonly kind: string },
  ): Promise<void> {
    const nowMs = this.clock.now();
    const { kind, subject, isChange } = announced;
    await this.outbox.insert({ _id: ulid(nowMs), program, kind, subject, isChange, at: new Date(nowMs) }, session);
    session.once('ended', () => this.relay.nudge());
  }
}
