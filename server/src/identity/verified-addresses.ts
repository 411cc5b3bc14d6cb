import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock } from '#platform/clock/clock.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { UserDocument } from './identity.schema.js';
import { isVerified } from './new-user.js';
import { UsersRepository } from './users.repository.js';
import { type HearsAddresses, HearsVerified } from './verified-address.port.js';

/** The one place where an address becomes verified, by whatever way: whoever waits for it hears of it, once. */
@Injectable()
export class VerifiedAddresses implements OnApplicationBootstrap {
  private hearers: readonly HearsAddresses[] = [];

  constructor(
    private readonly users: UsersRepository,
    private readonly clock: Clock,
    private readonly discovery: DiscoveryService,
  ) {}

  onApplicationBootstrap(): void {
    const providers = this.discovery.getProviders({ metadataKey: HearsVerified.KEY });
    this.hearers = providers.map(({ instance }) => instance as HearsAddresses);
  }

  /** Writes what changed of a login that its address is verified with; nobody hears it a second time. */
  async set(
    user: UserDocument,
    change: Partial<Pick<UserDocument, 'passwordHash' | 'name' | 'language' | 'secondFactor'>>,
    session: Session,
  ): Promise<void> {
    await this.users.change(user._id, { ...change, emailVerifiedAt: new Date(this.clock.now()) }, session);
    if (isVerified(user)) return;
    const places = user.enrolments.flatMap(({ program, member }) => (member === null ? [] : [{ program, member }]));
    for (const hearer of this.hearers) await hearer.verified(places, session);
  }
}
