import { Injectable } from '@nestjs/common';
import { isSystemType, reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { AuditAction } from '@verbena/shared/audit/audit-actions.js';
import { AuditService } from '#audit/audit.service.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { COMMANDS, type Person } from './hands.service.js';
import type { JournalEntry } from './journal-entry.js';

/** The log of changes, for what staff do by hand: a line for each, once it is in the journal. */
@Injectable()
export class HandLog {
  constructor(
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
  ) {}

  /** Writes into the log of changes what a hand of staff did, which the journal has already: who, for whom, how much and why. */
  async tell(
    scope: Scope,
    by: Person | null,
    action: AuditAction,
    { member, seq, activity: { type, note, attributes }, lines }: JournalEntry,
  ): Promise<void> {
    const actor: Actor = by === null || by === COMMANDS ? { kind: 'local', id: 'command' } : { kind: 'user', id: by };
    const sums = new Map<string, number>();
    for (const { currency, amount, pocket } of lines)
      if (pocket === undefined) sums.set(currency, (sums.get(currency) ?? 0) + amount);
    const [[currency = lines[0]?.currency ?? null, amount = 0] = []] = sums;
    const { badge, mission } = attributes;
    const after = {
      ...(isSystemType(reversedTypeOf(type) ?? type) ? {} : { type: reversedTypeOf(type) ?? type }),
      ...(badge === undefined ? {} : { badge }),
      ...(mission === undefined ? {} : { mission }),
      ...(sums.size > 1 ? { points: Object.fromEntries(sums) } : { currency, amount }),
      entry: seq,
      reason: note?.reason ?? null,
    };
    const subject = { kind: 'member', id: member } as const;
    await this.mongo.transact((session) =>
      this.audit.record(session, scope, { actor, action, subject, before: null, after }),
    );
  }
}
