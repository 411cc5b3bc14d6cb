import { Injectable } from '@nestjs/common';
import { completeDefinitions } from '@verbena/shared/programs/definitions.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { DraftDocument } from './programs.schema.js';

/** The door to `programDrafts`. A name is taken once in a program. */
@Injectable()
@Repository()
export class DraftsRepository implements OwnsCollections {
  readonly collections = ['programDrafts'];

  constructor(private readonly mongo: Mongo) {}

  private get drafts() {
    return this.mongo.collection<DraftDocument>('programDrafts');
  }

  async ensureIndexes(): Promise<void> {
    await this.drafts.createIndex({ program: 1, name: 1 }, { unique: true });
  }

  /** All drafts of a program without their definitions, the last changed first. */
  async list(scope: Scope): Promise<Omit<DraftDocument, 'definitions'>[]> {
    return this.drafts
      .find({ program: scope.program }, { projection: { definitions: 0 } })
      .sort({ changedAt: -1 })
      .toArray();
  }

  async count(scope: Scope): Promise<number> {
    return this.drafts.countDocuments({ program: scope.program });
  }

  async find(scope: Scope, id: string): Promise<DraftDocument | null> {
    const found = await this.drafts.findOne({ _id: id, program: scope.program });
    return found === null ? null : { ...found, definitions: completeDefinitions(found.definitions) };
  }

  /** Throws a duplicate-key error where the name is taken. */
  async create(draft: DraftDocument, session: Session): Promise<void> {
    await this.drafts.insertOne(draft, { session });
  }

  /** Writes a draft over the edit before it; says whether that still stood. Throws a duplicate-key error where the name is taken. */
  async replace(draft: DraftDocument, session: Session): Promise<boolean> {
    const replaced = await this.drafts.replaceOne(
      { _id: draft._id, program: draft.program, edit: draft.edit - 1 },
      draft,
      { session },
    );
    return replaced.matchedCount === 1;
  }

  /** Deletes a draft, at one edit if given; says whether it was there. */
  async delete(scope: Scope, id: string, edit: number | null, session: Session): Promise<boolean> {
    const deleted = await this.drafts.deleteOne(
      { _id: id, program: scope.program, ...(edit === null ? {} : { edit }) },
      { session },
    );
    return deleted.deletedCount === 1;
  }
}
