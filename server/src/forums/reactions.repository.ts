import { Injectable } from '@nestjs/common';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { ForumReader } from './forum-access.service.js';
import type { PostDocument, ReactionDocument } from './forums.schema.js';

/** The door to `forumReactions`: one of each member to a post, whatever it is. */
@Injectable()
@Repository()
export class ReactionsRepository implements OwnsCollections {
  readonly collections = ['forumReactions'];

  constructor(private readonly mongo: Mongo) {}

  private get reactions() {
    return this.mongo.collection<ReactionDocument>('forumReactions');
  }

  async ensureIndexes(): Promise<void> {
    await this.reactions.createIndex({ program: 1, post: 1, at: 1 });
    await this.reactions.createIndex({ program: 1, member: 1, at: 1 });
  }

  async find({ program }: Scope, post: string, member: string, session: Session): Promise<Reaction | null> {
    return (await this.reactions.findOne({ _id: idOf(post, member), program }, { session }))?.reaction ?? null;
  }

  /** A reader's own to these posts, by post: of a post to which nobody reacted nothing is asked. */
  async ofReader(
    { scope: { program }, member }: ForumReader,
    posts: readonly PostDocument[],
  ): Promise<ReadonlyMap<string, Reaction>> {
    const reacted = posts.filter(({ reactions = {} }) => Object.values(reactions).some((count) => count > 0));
    if (member === null || reacted.length === 0) return new Map();
    const ids = reacted.map(({ _id }) => idOf(_id, member));
    const found = await this.reactions.find({ _id: { $in: ids }, program }).toArray();
    return new Map(found.map(({ post, reaction }) => [post, reaction]));
  }

  /** The latest so many to a post. */
  async list({ program }: Scope, post: string, limit: number): Promise<ReactionDocument[]> {
    return this.reactions.find({ program, post }).sort({ at: -1 }).limit(limit).toArray();
  }

  /** When a member reacted since then, the latest first and at most so many. */
  async timesOf(
    { program }: Scope,
    member: string,
    { since, limit }: { readonly since: Date; readonly limit: number },
    session: Session,
  ): Promise<Date[]> {
    const found = await this.reactions
      .find({ program, member, at: { $gte: since } }, { projection: { at: 1 }, session })
      .sort({ at: -1 })
      .limit(limit)
      .toArray();
    return found.map(({ at }) => at);
  }

  /** What a member thinks of a post from now on; null: nothing. */
  async put(
    { program }: Scope,
    given: Pick<ReactionDocument, 'post' | 'member' | 'at'> & { readonly reaction: Reaction | null },
    session: Session,
  ): Promise<void> {
    const { post, member, reaction, at } = given;
    const _id = idOf(post, member);
    if (reaction === null) await this.reactions.deleteOne({ _id, program }, { session });
    else await this.reactions.replaceOne({ _id }, { program, post, member, reaction, at }, { upsert: true, session });
  }

  /** Those of a thread that came from elsewhere. */
  async insertAll(reactions: readonly ReactionDocument[], session: Session): Promise<void> {
    if (reactions.length > 0) await this.reactions.insertMany([...reactions], { session });
  }

  async forget({ program }: Scope, post: string, session: Session): Promise<void> {
    await this.reactions.deleteMany({ program, post }, { session });
  }
}

export function reactionOf({ program }: Scope, given: Omit<ReactionDocument, '_id' | 'program'>): ReactionDocument {
  return { _id: idOf(given.post, given.member), program, ...given };
}

function idOf(post: string, member: string): string {
  return `${post}|${member}`;
}
