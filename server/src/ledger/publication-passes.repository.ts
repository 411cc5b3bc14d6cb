import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';

/** How far a publication came among the members of a program in one lane. `_id` is `program:lane`: a newer version takes its place. */
export interface PassDocument {
  readonly _id: string;
  readonly program: string;
  readonly lane: string;
  readonly version: number;
  /** The last member that was looked at; null: none yet. */
  readonly after: string | null;
  /** In which order. Those of before went by id alone, so what they left out is not to be told from `after`. */
  readonly order?: 'shard';
  readonly seen: number;
  /** How many there were when it began. */
  readonly total: number;
  /** How many of those that were looked at rose by what this version, or one that it goes on from, made easier. */
  readonly raised: number;
  readonly doneAt: Date | null;
  /** The last version that was brought to all members of the lane; 0: none. */
  readonly done: number;
}

/** The door to `publicationPasses`. */
@Injectable()
@Repository()
export class PublicationPassesRepository implements OwnsCollections {
  readonly collections = ['publicationPasses'];

  constructor(private readonly mongo: Mongo) {}

  private get passes() {
    return this.mongo.collection<PassDocument>('publicationPasses');
  }

  async ensureIndexes(): Promise<void> {
    await this.passes.createIndexes([{ key: { program: 1 } }]);
  }

  async find({ program }: Scope, lane: string): Promise<PassDocument | null> {
    return this.passes.findOne({ _id: `${program}:${lane}` });
  }

  async list({ program }: Scope): Promise<PassDocument[]> {
    return this.passes.find({ program }).toArray();
  }

  async begin(pass: PassDocument): Promise<void> {
    const { _id, ...rest } = pass;
    await this.passes.replaceOne({ _id }, rest, { upsert: true });
  }

  /** Goes on from where it stands; nothing where another node, or a newer version, was faster. */
  async advance({ _id, version, after }: PassDocument, to: Partial<PassDocument>): Promise<void> {
    await this.passes.updateOne({ _id, version, after }, { $set: to });
  }
}
