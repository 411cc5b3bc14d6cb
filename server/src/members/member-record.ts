import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@verbena/shared/audit/audit-actions.js';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import type { Actor } from '#platform/http/principal.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { SourceOutbox } from '#platform/outbox/source-outbox.js';
import type { MemberDocument } from './members.schema.js';

/** What a change of a member leaves behind in its own transaction: a line of the audit log, activities for the journal. */
@Injectable()
export class MemberRecord {
  constructor(
    private readonly auditLog: AuditService,
    private readonly outbox: SourceOutbox,
    private readonly clock: Clock,
  ) {}

  /** What is personal stays out of both lists, so that erasing a member leaves none of it there. */
  async audit(
    session: Session,
    scope: Scope,
    actor: Actor,
    action: AuditAction,
    member: string,
    after: object,
  ): Promise<void> {
    await this.auditLog.record(session, scope, {
      actor,
      action,
      subject: { kind: 'member', id: member },
      before: null,
      after,
    });
  }

  /** The person enrolled for the `joins`-th time; `advocate` is who invited, where that can count. */
  async joined(session: Session, scope: Scope, { _id, joins }: MemberDocument, advocate: string | null): Promise<void> {
    await this.tell(session, scope, _id, 'member.joined', `joined:${_id}:${joins}`, {
      ...(advocate === null ? {} : { advocate }),
    });
  }

  /** What decisions and boards read of it is another now. */
  async changed(
    session: Session,
    scope: Scope,
    { _id, changes }: MemberDocument,
    change: { zone?: string; boards?: string },
  ): Promise<void> {
    if (change.zone === undefined && change.boards === undefined) return;
    await this.tell(session, scope, _id, 'member.changed', `changed:${_id}:${changes}`, change);
  }

  async left(session: Session, scope: Scope, { _id, joins }: MemberDocument): Promise<void> {
    await this.tell(session, scope, _id, 'member.left', `left:${_id}:${joins}`, {});
  }

  /** Name, language and zone are there for the first time; the program says so, once for ever. */
  async completed(session: Session, scope: Scope, member: string): Promise<void> {
    await this.tell(session, scope, member, PROFILE_COMPLETED, `profile:${member}`, {});
  }

  /** Books that missed something of it are told that it is here, or has left; `changes` rose for this. */
  async again(session: Session, scope: Scope, { _id, changes, enrolment }: MemberDocument): Promise<void> {
    const type = enrolment === 'left' ? 'member.left' : 'member.joined';
    await this.tell(session, scope, _id, type, `again:${_id}:${changes}`, {});
  }

  /** Waits a moment until what was told is in the member's journal. */
  async settle(member: string): Promise<void> {
    await this.outbox.settle(member);
  }

  private async tell(
    session: Session,
    scope: Scope,
    member: string,
    type: string,
    key: string,
    attributes: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const occurredAt = new Date(this.clock.now()).toISOString();
    await this.outbox.add(session, { scope, member, key, type, occurredAt, attributes });
  }
}

/** A program that rewards a complete profile defines this type. */
export const PROFILE_COMPLETED = 'profile.completed';
