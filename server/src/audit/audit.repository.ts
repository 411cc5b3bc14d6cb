import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '@verbena/shared/audit/audit.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import { type HeadDocument, lastNumber, nextNumber } from '#platform/mongo/numbers.js';
import type { Scope } from '#platform/mongo/scope.js';
import { walkDown } from '#platform/mongo/windows.js';
import type { AuditEntryDocument } from './audit.schema.js';

/** The door to `auditEntries`, and to `auditHeads`, which number them. Entries are added and read, never changed. */
@Injectable()
@Repository()
export class AuditRepository implements OwnsCollections {
  readonly collections = ['auditEntries', 'auditHeads'];

  constructor(private readonly mongo: Mongo) {}

  private get entries() {
    return this.mongo.collection<AuditEntryDocument>('auditEntries');
  }

  private get heads() {
    return this.mongo.collection<HeadDocument>('auditHeads');
  }

  async ensureIndexes(): Promise<void> {
    await this.entries.createIndex({ program: 1, number: -1 }, { unique: true });
    // A collection must stand before a transaction writes to it; any index makes it.
    await this.heads.createIndex({ number: 1 });
  }

  /** Adds an entry with the program's next number. */
  async append(
    scope: Scope,
    entry: Omit<AuditEntry, 'number' | 'id'> & { id: string },
    session: Session,
  ): Promise<number> {
    const number = await nextNumber(this.heads, scope.program, session);
    const { id, at, ...rest } = entry;
    await this.entries.insertOne({ _id: id, program: scope.program, number, at: new Date(at), ...rest }, { session });
    return number;
  }

  /** Newest first, below a number if one is given. */
  async list(scope: Scope, before: number | null, limit: number): Promise<AuditEntryDocument[]> {
    return walkDown(await lastNumber(this.heads, scope.program, before), limit, (number) =>
      this.entries.find({ program: scope.program, number }).sort({ number: -1 }).toArray(),
    );
  }
}
