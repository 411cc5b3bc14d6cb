import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';
import type { Tenant } from '#platform/http/tenant.js';

/** Whom a key may speak for: a brand or a shop. */
export interface KeySender {
  readonly name: string;
  readonly isArchived: boolean;
  /** The brand whose own ids of members its keys name; null: those of the program. */
  readonly namespace: string | null;
}

/**
 * What identity must know of programs, which stand above it. Exactly one provider, found at boot by
 * `@ProvidesPrograms()`; boot fails where there are two or none.
 */
export interface ProgramDirectory {
  /** A program by slug or id, or its sandbox by either with `~test` behind it; null for none. Asked with every request, so it answers from memory where it can. */
  find(ref: string): Promise<Tenant | null>;
  /** The only program of this installation; null where there is none or more than one. */
  findOnly(): Promise<Tenant | null>;
  /** The activity types that an API key of the program may send: those in force that are not `from: 'program'`. */
  keyActivityTypes(scope: Scope): Promise<ReadonlySet<string>>;
  /** Whom a key may speak for beside the program, by the source of what it sends. */
  keySenders(scope: Scope): Promise<ReadonlyMap<string, KeySender>>;
  /** Sees to it that the program has a sandbox, into which its test keys write. */
  openSandbox(scope: Scope): Promise<void>;
}

export const ProvidesPrograms = DiscoveryService.createDecorator();
