import { DiscoveryService } from '@nestjs/core';
import type { Actor } from '#platform/http/principal.js';
import type { Scope } from '#platform/mongo/scope.js';

/**
 * What mail must know of those who receive it; logins stand above it. Exactly one provider, found at boot by
 * `@KnowsRecipients()`; boot fails where there are two or none.
 */
export interface MailRecipients {
  /** Of these logins, those that are a plain member of this program and have no other place anywhere. */
  membersOnlyHere(scope: Scope, users: readonly string[]): Promise<ReadonlySet<string>>;
  /** Somebody is about to read a mail to a login: it stands in the program's audit log before the text is given out. */
  noteReading(scope: Scope, actor: Actor, mail: { readonly id: string; readonly user: string }): Promise<void>;
}

export const KnowsRecipients = DiscoveryService.createDecorator();
