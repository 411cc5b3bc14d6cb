import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { type ActivityIntake, type SourceActivity, TakesActivities } from './activity-intake.port.js';
import { SourceOutboxRepository, type SourceRow } from './source-outbox.repository.js';
import { SourceRelay } from './source-relay.js';

const WAIT_MS_MAX = 2_000;

/**
 * How a module has an activity of its own counted: it writes its change and the activity in one transaction, so neither is
 * ever there without the other, and the relay submits it. No module calls the intake after its own commit.
 */
@Injectable()
export class SourceOutbox implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Transactions whose end is waited for. */
  private readonly heeded = new WeakSet<Session>();

  constructor(
    private readonly repository: SourceOutboxRepository,
    private readonly relay: SourceRelay,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const providers = this.discovery.getProviders({ metadataKey: TakesActivities.KEY });
    if (providers.length !== 1)
      throw new Error(
        `Activities must be taken in by exactly one class with @TakesActivities(), not by ${providers.length}.`,
      );
    // Lanes are led in these roles only; elsewhere rows wait for them.
    if (this.config.role === 'worker' || this.config.role === 'command') return;
    await this.relay.start(providers[0]?.instance as ActivityIntake);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }

  /** Adds an activity to the transaction of the change that it tells of. The same key twice fails with a duplicate key. */
  async add(session: Session, activity: SourceActivity): Promise<void> {
    await this.repository.insert(activity, new Date(this.clock.now()), session);
    if (this.heeded.has(session)) return;
    this.heeded.add(session);
    session.once('ended', () => this.relay.nudge());
  }

  /** The activities of a program that were refused for good and wait for somebody, the oldest first. */
  async listAside(scope: Scope): Promise<SourceRow[]> {
    return this.repository.listSetAside(scope);
  }

  /** Has what was set aside taken in again, before all that waits for its members; what is refused again is set aside again. */
  async retryAside(scope: Scope): Promise<void> {
    const members = new Set((await this.repository.listSetAside(scope)).map(({ member }) => member));
    await this.repository.takeUp(scope);
    for (const member of members) await this.settle(member);
    await this.recountAside();
  }

  /** Gives up one that was set aside, in the caller's transaction; `recountAside` after it. */
  async dropAside(scope: Scope, id: string, session: Session): Promise<void> {
    await this.repository.dropSetAside(scope, id, session);
  }

  /** Whether anything of a program is set aside. */
  async hasAside(scope: Scope): Promise<boolean> {
    return (await this.repository.countSetAside(scope)) > 0;
  }

  /** Has health say what is set aside now. */
  async recountAside(): Promise<void> {
    await this.relay.recount();
  }

  /**
   * Waits, at most two seconds, until what was added for a member is in its journal, so that whoever is answered now finds
   * it there. What takes longer comes later all the same.
   */
  async settle(member: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), WAIT_MS_MAX);
    });
    await Promise.race([this.relay.relayMember(member), late]);
    clearTimeout(timer);
  }
}
