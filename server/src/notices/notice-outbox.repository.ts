import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { NoticeOutboxRow } from './notices.schema.js';

/** The door to `noticeOutbox`. The relay asks across programs, so its questions have no scope. */
@Injectable()
@Repository()
export class NoticeOutboxRepository implements OwnsCollections {
  readonly collections = ['noticeOutbox'];

  constructor(private readonly mongo: Mongo) {}

  private get rows() {
    return this.mongo.collection<NoticeOutboxRow>('noticeOutbox');
  }

  async ensureIndexes(): Promise<void> {
    await this.rows.createIndex({ at: 1 });
  }

  async insert(row: NoticeOutboxRow, session: Session): Promise<void> {
    await this.rows.insertOne(row, { session });
  }

  /** What waits, the longest first. */
  async listWaiting(limit: number): Promise<NoticeOutboxRow[]> {
    return this.rows.find({}).sort({ at: 1 }).limit(limit).toArray();
  }

  async remove(id: string): Promise<void> {
    await this.rows.deleteOne({ _id: id });
  }
}
