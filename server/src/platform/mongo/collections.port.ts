import { DiscoveryService } from '@nestjs/core';

/**
 * A repository that owns collections. At boot each one makes its indexes, and two owners of one collection are refused:
 * a collection has one door.
 */
export interface OwnsCollections {
  readonly collections: readonly string[];
  /** Creates collections and indexes; safe to run again, and beside another node that does the same. */
  ensureIndexes(): Promise<void>;
  /**
   * What brings documents of before to today's form, by a date and a name that stay for ever. Each runs once, in order of its date, by
   * one node while the others wait, and bears to be begun anew where that node died.
   */
  readonly migrations?: Readonly<Record<`${number}-${number}-${number}-${string}`, () => Promise<void>>>;
}

export const Repository = DiscoveryService.createDecorator();
