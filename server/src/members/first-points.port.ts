import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';

/**
 * Who knows when members earned their first points. Exactly one provider is found at boot by `@TellsFirstPoints()`; it stands
 * above this module, which knows no points.
 */
export interface FirstPoints {
  /** When each of these members first earned points; those who have not are missing from the answer. */
  firstEarnings(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, Date>>;
}

export const TellsFirstPoints = DiscoveryService.createDecorator();
