import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditSubject } from '@verbena/shared/audit/audit-actions.js';
import type { AuditEntry } from '@verbena/shared/audit/audit.routes.js';
import { ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import type { Actor } from '#platform/http/principal.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AuditRepository } from './audit.repository.js';
import type { AuditEntryDocument } from './audit.schema.js';

/** What somebody changed: `before` is null for what is new, `after` for what is gone; never a secret in either. */
export interface AuditDraft {
  readonly actor: Actor;
  /** Past tense, `thing.done`: `apiKey.created`. */
  readonly action: AuditAction;
  readonly subject: { readonly kind: AuditSubject; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
}

const PAGE_DEFAULT = 50;

/** Who changed what, before and after. */
@Injectable()
export class AuditService {
  constructor(
    private readonly repository: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /** Writes an entry in the transaction of the change itself, so neither is ever there without the other. */
  async record(session: Session, scope: Scope, draft: AuditDraft): Promise<void> {
    const nowMs = this.clock.now();
    await this.repository.append(
      scope,
      {
        id: ulid(nowMs),
        at: new Date(nowMs).toISOString(),
        actor: draft.actor,
        action: draft.action,
        subject: draft.subject,
        before: draft.before ?? null,
        after: draft.after ?? null,
      },
      session,
    );
  }

  /** A page of a program's entries, newest first; `next` is the number to give as `before` for the following page. */
  async list(
    scope: Scope,
    before: number | null,
    limit: number = PAGE_DEFAULT,
  ): Promise<{ items: AuditEntry[]; next?: number }> {
    const found = await this.repository.list(scope, before, limit);
    const items = found.map(entryOf);
    const last = items.at(-1);
    return last !== undefined && items.length === limit && last.number > 1 ? { items, next: last.number } : { items };
  }
}

function entryOf({ _id, program: _, at, ...rest }: AuditEntryDocument): AuditEntry {
  return { id: _id, at: at.toISOString(), ...rest };
}
