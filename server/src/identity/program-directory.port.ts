import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';
import type { Tenant } from '#platform/http/tenant.js';

/**
 * What identity must know of programs, which stand above it. Exactly one provider, found at boot by
 * `@ProvidesPrograms()`; boot fails where there are two or none.
 */
export interface ProgramDirectory {
  /** A program by slug or id, or null. Asked with every request, so it answers from memory where it can. */
  find(ref: string): Promise<Tenant | null>;
  /** The only program of this installation; null where there is none or more than one. */
  findOnly(): Promise<Tenant | null>;
  /** The activity types that an API key of the program may send: those in force that are not `from: 'program'`. */
  keyActivityTypes(scope: Scope): Promise<ReadonlySet<string>>;
}

export const ProvidesPrograms = DiscoveryService.createDecorator();
