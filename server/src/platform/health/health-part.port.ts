import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';
import type { Health, PartHealth } from '@verbena/shared/platform/health.js';

export type PartName = keyof Health['parts'];

/**
 * A part that can say how it does. Each part of the health page has exactly one owner, found at boot by this
 * decorator; boot fails where one has two owners or none.
 */
export interface HealthPart {
  readonly part: PartName;
  /**
   * Never throws and never takes longer than about a second. With `scope` as its program's staff may know it: what concerns
   * only others is not theirs to hear.
   */
  check(scope?: Scope): Promise<PartHealth>;
}

export const ReportsHealth = DiscoveryService.createDecorator();
