import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';

/** Of what the log of changes tells names: who acted, and whom or what it was about. */
export type NamedKind = 'user' | 'apiKey' | 'member';

/** Who knows what some things are called today. Each kind has one, found at boot by `@GivesNames()`. */
export interface NameSource {
  readonly names: readonly NamedKind[];
  /** The names of these by id; whatever has none, or is no more, is left out. */
  namesOf(scope: Scope, kind: NamedKind, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export const GivesNames = DiscoveryService.createDecorator();
