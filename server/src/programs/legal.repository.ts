import { Injectable } from '@nestjs/common';
import type { LegalState } from '@verbena/shared/programs/legal.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { LegalTextsDocument } from './programs.schema.js';

/** The door to `legalTexts`. A number is one version of a program for ever. */
@Injectable()
@Repository()
export class LegalRepository implements OwnsCollections {
  readonly collections = ['legalTexts'];

  constructor(private readonly mongo: Mongo) {}

  private get texts() {
    return this.mongo.collection<LegalTextsDocument>('legalTexts');
  }

  async ensureIndexes(): Promise<void> {
    await this.texts.createIndex({ program: 1, version: -1 }, { unique: true });
  }

  async find(scope: Scope, version: number): Promise<LegalTextsDocument | null> {
    return this.texts.findOne({ program: scope.program, version });
  }

  /** Every version without its texts, the newest first. */
  async list(
    scope: Scope,
  ): Promise<(Pick<LegalState, 'version' | 'publishedAt'> & Pick<LegalTextsDocument, 'mustAccept'>)[]> {
    return this.texts
      .find({ program: scope.program }, { projection: { _id: 0, version: 1, publishedAt: 1, mustAccept: 1 } })
      .sort({ version: -1 })
      .toArray();
  }

  /** Throws a duplicate-key error where somebody published this number meanwhile. */
  async insert(texts: LegalTextsDocument, session: Session): Promise<void> {
    await this.texts.insertOne(texts, { session });
  }
}
