import { DiscoveryService } from '@nestjs/core';

/**
 * A repository that owns collections. At boot each one makes its indexes, and two owners of one collection are refused:
 * a collection has one door.
 */
export interface OwnsCollections {
  readonly collections: readonly string[];
  /** Creates collections and indexes; safe to run again, and beside another node that does the same. */
  ensureIndexes(): Promise<void>;
}

export const Repository = DiscoveryService.createDecorator();
