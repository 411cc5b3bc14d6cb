import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { walkUp, type Window } from '#platform/mongo/windows.js';
import type { PostDocument, PostVersionDocument, ThreadDocument } from './forums.schema.js';

/** Of a post what says whether somebody has it to read. */
export type PostHead = Pick<PostDocument, 'number' | 'author' | 'createdAt' | 'deletion'>;

/** The door to `forumPosts` and `forumPostVersions`. */
@Injectable()
@Repository()
export class PostsRepository implements OwnsCollections {
  readonly collections = ['forumPosts', 'forumPostVersions'];

  constructor(private readonly mongo: Mongo) {}

  private get posts() {
    return this.mongo.collection<PostDocument>('forumPosts');
  }

  private get versions() {
    return this.mongo.collection<PostVersionDocument>('forumPostVersions');
  }

  async ensureIndexes(): Promise<void> {
    await this.posts.createIndex({ thread: 1, number: 1 }, { unique: true });
    await this.posts.createIndex({ thread: 1, change: 1 });
    await this.posts.createIndex({ markdown: 1 });
    await this.posts.createIndex({ program: 1, author: 1, createdAt: 1 });
    await this.versions.createIndex({ program: 1, post: 1, version: 1 });
  }

  async find({ program }: Scope, id: string, session?: Session): Promise<PostDocument | null> {
    return this.posts.findOne({ _id: id, program }, session === undefined ? {} : { session });
  }

  async listByIds({ program }: Scope, ids: readonly string[]): Promise<PostDocument[]> {
    return ids.length === 0 ? [] : this.posts.find({ _id: { $in: [...ids] }, program }).toArray();
  }

  /** The posts of a thread, which was found in its scope, whose numbers lie between these, in order. */
  async list({ _id: thread }: ThreadDocument, first: number, last: number): Promise<PostDocument[]> {
    return this.posts
      .find({ thread, number: { $gte: first, $lte: last } })
      .sort({ number: 1 })
      .toArray();
  }

  /** The posts of a thread, which was found in its scope, that changed after `since` and up to where it was found, in that order. */
  async listChanged({ _id: thread, changes }: ThreadDocument, since: number, limit: number): Promise<PostDocument[]> {
    return walkUp(since + 1, changes, limit, (change) =>
      this.posts.find({ thread, change }).sort({ change: 1 }).limit(limit).toArray(),
    );
  }

  /** Those whose numbers lie between these, in order, without their words. */
  async listHeads({ _id: thread }: ThreadDocument, { $gte, $lte }: Window): Promise<PostHead[]> {
    return this.posts
      .find({ thread, number: { $gte, $lte } }, { projection: { number: 1, author: 1, createdAt: 1, deletion: 1 } })
      .sort({ number: 1 })
      .toArray();
  }

  /** The last post of a thread, which was found in its scope, that is there; or the last of one member. */
  async findLast(
    { _id: thread }: ThreadDocument,
    author: string | null,
    session: Session,
  ): Promise<PostDocument | null> {
    const of = author === null ? { deletion: null } : { author };
    return this.posts.findOne({ thread, ...of }, { sort: { number: -1 }, session });
  }

  /** When a member opened threads or answered since then, the latest first and at most so many; what was taken away counts too. */
  async timesOf(
    { program }: Scope,
    author: string,
    { what, since, limit }: { readonly what: 'threads' | 'replies'; readonly since: Date; readonly limit: number },
    session: Session,
  ): Promise<Date[]> {
    const found = await this.posts
      .find({ program, author, createdAt: { $gte: since } }, { projection: { createdAt: 1, number: 1 }, session })
      .sort({ createdAt: -1 })
      .toArray();
    const counted = found.filter(({ number }) => (number === 1) === (what === 'threads'));
    return counted.slice(0, limit).map(({ createdAt }) => createdAt);
  }

  /** Throws a duplicate-key error for a key that its author used before. */
  async insert(post: PostDocument, session: Session): Promise<void> {
    await this.posts.insertOne(post, { session });
  }

  /** All posts of a thread that came from elsewhere. */
  async insertAll(posts: readonly PostDocument[], session: Session): Promise<void> {
    await this.posts.insertMany([...posts], { session });
  }

  /** Changes a post that is still as it was read: its words and whether it is there; false where somebody was faster. */
  async change(
    { program }: Scope,
    { _id, version, deletion }: PostDocument,
    change: Partial<PostDocument>,
    session: Session,
  ): Promise<boolean> {
    const as = { _id, program, version, 'deletion.at': deletion?.at ?? null };
    const { matchedCount } = await this.posts.updateOne(as, { $set: change }, { session });
    return matchedCount === 1;
  }

  async keepVersion(
    { _id, program, version, body, writtenAt, writtenBy }: PostDocument,
    session: Session,
  ): Promise<void> {
    await this.versions.insertOne(
      { _id: `${_id}|${version}`, program, post: _id, version, body, at: writtenAt, by: writtenBy },
      { session },
    );
  }

  /** The newest so many. */
  async listVersions({ program }: Scope, post: string, limit: number): Promise<PostVersionDocument[]> {
    return this.versions.find({ program, post }).sort({ version: -1 }).limit(limit).toArray();
  }

  async forgetVersions({ program }: Scope, post: string, session: Session): Promise<void> {
    await this.versions.deleteMany({ program, post }, { session });
  }

  /** Posts whose HTML an older renderer made, whatever their program: for the job that renders them anew. */
  async listRenderedBefore(markdown: number, limit: number): Promise<PostDocument[]> {
    return this.posts.find({ markdown: { $lt: markdown } }, { limit }).toArray();
  }

  /** Keeps the new HTML where the words are still those that it was made of. */
  async keepRendered({ _id, version }: PostDocument, html: string, markdown: number): Promise<void> {
    await this.posts.updateOne({ _id, version }, { $set: { html, markdown } });
  }
}
