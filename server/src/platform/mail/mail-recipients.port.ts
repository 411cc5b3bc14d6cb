import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';

/**
 * What mail must know of those who receive it; logins stand above it. Exactly one provider, found at boot by
 * `@KnowsRecipients()`; boot fails where there are two or none.
 */
export interface MailRecipients {
  /** Of these logins, those that are a plain member of this program and have no other place anywhere. */
  membersOnlyHere(scope: Scope, users: readonly string[]): Promise<ReadonlySet<string>>;
}

export const KnowsRecipients = DiscoveryService.createDecorator();
