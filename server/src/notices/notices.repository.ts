import { Injectable } from '@nestjs/common';
import { entryIdOf } from '#platform/crypto/hash.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import { type HeadDocument, lastNumber, nextNumber } from '#platform/mongo/numbers.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { NoticeRecipient } from './notice-source.port.js';
import type { NoticeDocument, NoticeOutboxRow } from './notices.schema.js';

const KEPT_SECONDS = 180 * 86_400;

/** The door to `notices`, and to `noticeHeads`: the last number of each member. */
@Injectable()
@Repository()
export class NoticesRepository implements OwnsCollections {
  readonly collections = ['notices', 'noticeHeads'];

  constructor(private readonly mongo: Mongo) {}

  private get notices() {
    return this.mongo.collection<NoticeDocument>('notices');
  }

  private get heads() {
    return this.mongo.collection<HeadDocument>('noticeHeads');
  }

  async ensureIndexes(): Promise<void> {
    await this.notices.createIndex({ program: 1, member: 1, q: 1 });
    await this.notices.createIndex({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });
    // A collection must stand before a transaction writes to it; any index makes it.
    await this.heads.createIndex({ number: 1 });
  }

  /** Tells these of what happened, each once: whoever was told before is left out. Throws a duplicate-key error where another node was faster. */
  async add(
    { program, kind, subject, at }: NoticeOutboxRow,
    recipients: readonly NoticeRecipient[],
    session: Session,
  ): Promise<void> {
    const idOf = (member: string) => entryIdOf(program, `notice:${member}`, `${kind}|${subject}`);
    const ids = recipients.map(({ member }) => idOf(member));
    const found = await this.notices.find({ _id: { $in: ids } }, { projection: { _id: 1 }, session }).toArray();
    const told = new Set(found.map(({ _id }) => _id));
    const made: NoticeDocument[] = [];
    for (const { member, reason, group } of recipients) {
      const _id = idOf(member);
      if (told.has(_id)) continue;
      const q = await nextNumber(this.heads, member, session);
      made.push({ _id, program, member, q, kind, subject, reason, group, at });
    }
    if (made.length > 0) await this.notices.insertMany(made, { session });
  }

  async headOf(member: string): Promise<number> {
    return lastNumber(this.heads, member);
  }

  /** Of these members those who were ever told something, each with its last number. */
  async headsOf(members: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.heads.find({ _id: { $in: [...members] } }).toArray();
    return new Map(found.map(({ _id, number }) => [_id, number]));
  }

  /** Those of a member whose numbers lie between these, the latest first. */
  async list({ program }: Scope, member: string, first: number, last: number): Promise<NoticeDocument[]> {
    return this.notices
      .find({ program, member, q: { $gte: first, $lte: last } })
      .sort({ q: -1 })
      .toArray();
  }
}
