import { Injectable } from '@nestjs/common';
import type { ThreadOrder } from '@verbena/shared/forums/category.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { walkBack } from '#platform/mongo/windows.js';
import { ForumChanges } from './forum-changes.service.js';
import type { LastPost, ThreadDocument } from './forums.schema.js';

/** Some threads of a category: those with a moment up to `fromMs`, the latest first. */
export interface ThreadsAsked {
  readonly category: string;
  readonly order: ThreadOrder;
  readonly fromMs: number;
  readonly limit: number;
}

/** More threads of one and the same millisecond nobody opens or answers. */
const OF_ONE_MOMENT_MAX = 20;
/** Which moment of a thread is its place in each order. */
export const MOMENT = { active: 'bumpedAtMs', newest: 'openedAtMs' } as const satisfies Record<ThreadOrder, string>;

/** The door to `forumThreads`. */
@Injectable()
@Repository()
export class ThreadsRepository implements OwnsCollections {
  readonly collections = ['forumThreads'];

  constructor(
    private readonly mongo: Mongo,
    private readonly changes: ForumChanges,
  ) {}

  private get threads() {
    return this.mongo.collection<ThreadDocument>('forumThreads');
  }

  async ensureIndexes(): Promise<void> {
    await this.threads.createIndex({ program: 1, category: 1, isDeleted: 1, bumpedAtMs: 1 });
    await this.threads.createIndex({ program: 1, category: 1, isDeleted: 1, openedAtMs: 1 });
    await this.threads.createIndex({ program: 1, category: 1, author: 1 });
    await this.threads.createIndex({ program: 1, pin: 1, category: 1 });
  }

  /** What the `changes` of these threads are, whatever their program: for those who show them. */
  async changesOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const found = await this.threads.find({ _id: { $in: [...ids] } }, { projection: { changes: 1 } }).toArray();
    return new Map(found.map(({ _id, changes }) => [_id, changes]));
  }

  async find({ program }: Scope, id: string, session?: Session): Promise<ThreadDocument | null> {
    return this.threads.findOne({ _id: id, program }, session === undefined ? {} : { session });
  }

  async listByIds({ program }: Scope, ids: readonly string[]): Promise<ThreadDocument[]> {
    return ids.length === 0 ? [] : this.threads.find({ _id: { $in: [...ids] }, program }).toArray();
  }

  async insert(thread: ThreadDocument, session: Session): Promise<void> {
    const { program, _id, category } = thread;
    this.changes.tellAfter(session, { program, thread: _id, category });
    await this.threads.insertOne(thread, { session });
  }

  /** The threads that are there, by their moment, the latest first; those of one and the same moment are never parted. */
  async list({ program }: Scope, { category, order, fromMs, limit }: ThreadsAsked): Promise<ThreadDocument[]> {
    const moment = MOMENT[order];
    return walkBack(fromMs, limit, moment, (window) =>
      this.threads
        .find({ program, category, isDeleted: false, [moment]: window })
        .sort({ [moment]: -1 })
        .limit(limit + OF_ONE_MOMENT_MAX)
        .toArray(),
    );
  }

  /** The threads that these accounts opened in a category, with those that were taken away. */
  async listOwn({ program }: Scope, category: string, authors: readonly string[]): Promise<ThreadDocument[]> {
    return this.threads.find({ program, category, author: { $in: [...authors] } }).toArray();
  }

  /** Pinned there, or in all of the forum; those whose time is over, too. */
  async listPinned({ program }: Scope, category: string): Promise<ThreadDocument[]> {
    const [here, everywhere] = await Promise.all([
      this.threads.find({ program, pin: 'category', category }).toArray(),
      this.threads.find({ program, pin: 'forum' }).toArray(),
    ]);
    return [...everywhere, ...here].filter(({ isDeleted }) => !isDeleted);
  }

  async count({ program }: Scope, category: string, max: number): Promise<number> {
    return this.threads.countDocuments({ program, category, isDeleted: false }, { limit: max });
  }

  /** Changes a thread and counts the change; the thread as it is then, null where it is not there. */
  async change(
    { program }: Scope,
    id: string,
    { set = {}, count = {} }: { set?: Partial<ThreadDocument>; count?: Partial<Record<'posts' | 'replies', number>> },
    session: Session,
  ): Promise<ThreadDocument | null> {
    const after = await this.threads.findOneAndUpdate(
      { _id: id, program },
      { $inc: { ...count, changes: 1 }, ...(Object.keys(set).length === 0 ? {} : { $set: set }) },
      { session, returnDocument: 'after' },
    );
    if (after !== null) this.changes.tellAfter(session, { program, thread: id, category: after.category });
    return after;
  }

  /** Whose post is the last one now, in the transaction of what changed that. */
  async setLast({ program }: Scope, id: string, last: LastPost, session: Session): Promise<void> {
    await this.threads.updateOne({ _id: id, program }, { $set: { last } }, { session });
  }
}
