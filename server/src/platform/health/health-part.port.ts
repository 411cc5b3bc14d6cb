import { DiscoveryService } from '@nestjs/core';
import type { Health, PartHealth } from '@verbena/shared/platform/health.js';

export type PartName = keyof Health['parts'];

/**
 * A part that can say how it does. Each part of the health page has exactly one owner, found at boot by this
 * decorator; boot fails where one has two owners or none.
 */
export interface HealthPart {
  readonly part: PartName;
  /** Never throws and never takes longer than about a second. */
  check(): Promise<PartHealth>;
}

export const ReportsHealth = DiscoveryService.createDecorator();
