import { Injectable } from '@nestjs/common';
import { AuditService } from '#audit/audit.service.js';
import type { Actor } from '#platform/http/principal.js';
import { KnowsRecipients, type MailRecipients } from '#platform/mail/mail-recipients.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { UserDocument } from './identity.schema.js';
import { UsersRepository } from './users.repository.js';

/** Whose mails staff may read, and that they did. */
@Injectable()
@KnowsRecipients()
export class MailReaders implements MailRecipients {
  constructor(
    private readonly users: UsersRepository,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
  ) {}

  async membersOnlyHere(scope: Scope, users: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.users.findMany(users);
    const isOnlyHere = ({ operator, enrolments: [first, ...others] }: UserDocument) =>
      !operator && others.length === 0 && first?.program === scope.program && first.role === 'member';
    return new Set(found.filter(isOnlyHere).map(({ _id }) => _id));
  }

  async noteReading(scope: Scope, actor: Actor, mail: { readonly id: string; readonly user: string }): Promise<void> {
    const subject = { kind: 'user', id: mail.user } as const;
    const draft = { actor, action: 'mail.read', subject, before: null, after: { mail: mail.id } } as const;
    await this.mongo.transact((session) => this.audit.record(session, scope, draft));
  }
}
