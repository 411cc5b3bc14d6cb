import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { REACTIONS_AT_FIRST } from '@verbena/shared/forums/reaction.js';
import type { CategoryDocument } from './forums.schema.js';

/** The door to `forumCategories`. A program has few of them, so they are always read together. */
@Injectable()
@Repository()
export class CategoriesRepository implements OwnsCollections {
  readonly collections = ['forumCategories'];

  constructor(private readonly mongo: Mongo) {}

  private get categories() {
    return this.mongo.collection<CategoryDocument>('forumCategories');
  }

  async ensureIndexes(): Promise<void> {
    await this.categories.createIndex({ program: 1, slug: 1 }, { unique: true });
  }

  /** All of a program, archived ones too, by their place and then in the order in which they were made. */
  async list({ program }: Scope, session?: Session): Promise<CategoryDocument[]> {
    const found = await this.categories.find({ program }, session === undefined ? {} : { session }).toArray();
    return found
      .map(withReactions)
      .toSorted((left, right) => left.place - right.place || (left._id < right._id ? -1 : 1));
  }

  /** Throws a duplicate-key error where the slug is taken. */
  async insert(category: CategoryDocument, session: Session): Promise<void> {
    await this.categories.insertOne(category, { session });
  }

  /** Throws a duplicate-key error where the slug is taken. */
  async replace(category: CategoryDocument, session: Session): Promise<void> {
    const { _id, program, ...change } = category;
    await this.categories.updateOne({ _id, program }, { $set: change }, { session });
  }
}

/** Categories that were made before there were reactions have them as a new one does. */
function withReactions(
  category: Partial<Pick<CategoryDocument, 'reactions'>> & Omit<CategoryDocument, 'reactions'>,
): CategoryDocument {
  const { rights, reactions = REACTIONS_AT_FIRST } = category;
  return { ...category, reactions, rights: { ...rights, react: rights.react ?? null } };
}
