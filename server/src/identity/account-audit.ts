import { Injectable } from '@nestjs/common';
import { AuditService } from '#audit/audit.service.js';
import type { Session } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { UserDocument } from './identity.schema.js';

/** What happens to the account of somebody on the staff stands in the audit log of each program where that is so; a member's is its own affair. */
@Injectable()
export class AccountAudit {
  constructor(private readonly audit: AuditService) {}

  async record(
    session: Session,
    user: UserDocument,
    action: 'login.passwordChanged' | 'login.passwordReset' | 'login.secondFactorSet' | 'login.secondFactorRemoved',
    after: Readonly<Record<string, unknown>> | null = null,
  ): Promise<void> {
    for (const { program, role } of user.enrolments) {
      if (role === 'member') continue;
      await this.audit.record(session, scopeOf(program), {
        actor: { kind: 'user', id: user._id },
        action,
        subject: { kind: 'user', id: user._id },
        before: null,
        after,
      });
    }
  }
}
