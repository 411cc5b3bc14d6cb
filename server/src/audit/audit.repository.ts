import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '@verbena/shared/audit/audit.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { AuditEntryDocument, AuditHeadDocument } from './audit.schema.js';

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
    return this.mongo.collection<AuditHeadDocument>('auditHeads');
  }

  async ensureIndexes(): Promise<void> {
    await this.entries.createIndex({ program: 1, number: -1 }, { unique: true });
    // A collection must stand before a transaction writes to it; any index makes it.
    await this.heads.createIndex({ number: 1 });
  }

  /**
   * Adds an entry with the program's next number. The head is counted up in the same transaction, so a change that is
   * rolled back leaves no gap, and of two changes at once one waits for the other by running again.
   */
  async append(
    scope: Scope,
    entry: Omit<AuditEntry, 'number' | 'id'> & { id: string },
    session: Session,
  ): Promise<number> {
    const head = await this.heads.findOneAndUpdate(
      { _id: scope.program },
      { $inc: { number: 1 } },
      { session, upsert: true, returnDocument: 'after' },
    );
    const number = head?.number;
    if (number === undefined) throw new Error('The audit head was not counted up.');
    const { id, at, ...rest } = entry;
    await this.entries.insertOne({ _id: id, program: scope.program, number, at: new Date(at), ...rest }, { session });
    return number;
  }

  /** Newest first, below a number if one is given. */
  async list(scope: Scope, before: number | null, limit: number): Promise<AuditEntryDocument[]> {
    return this.entries
      .find({ program: scope.program, ...(before === null ? {} : { number: { $lt: before } }) })
      .sort({ number: -1 })
      .limit(limit)
      .toArray();
  }
}
