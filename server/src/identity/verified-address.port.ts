import { DiscoveryService } from '@nestjs/core';
import type { Session } from '#platform/mongo/mongo.js';

/** A place of a login whose address was just verified. */
export interface VerifiedPlace {
  readonly program: string;
  readonly member: string;
}

/** Whoever waits for addresses to be verified; found at boot by `@HearsVerified()`, heard in the transaction that verifies. */
export interface HearsAddresses {
  verified(places: readonly VerifiedPlace[], session: Session): Promise<void>;
}

export const HearsVerified = DiscoveryService.createDecorator();
