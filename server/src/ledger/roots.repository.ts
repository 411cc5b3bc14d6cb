import { Injectable } from '@nestjs/common';
import type { Root } from '@verbena/shared/ledger/roots.routes.js';
import type mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';

/** `_id` is the day, so that there is one a day, whoever makes it. */
type RootDocument = Root & { readonly _id: string };

/** The door to `roots`. Nothing is ever changed or dropped there. */
@Injectable()
@Repository()
export class RootsRepository implements OwnsCollections {
  readonly collections = ['roots'];
  private readonly roots: mongoose.mongo.Collection<RootDocument>;

  constructor(mongo: Mongo) {
    this.roots = mongo.collection<RootDocument>('roots');
  }

  async ensureIndexes(): Promise<void> {
    await this.roots.createIndexes([{ key: { number: 1 } }]);
  }

  async findLast(): Promise<Root | null> {
    const [last] = await this.list(null, 1);
    return last ?? null;
  }

  /** Newest first, below a number. */
  async list(before: number | null, limit: number): Promise<Root[]> {
    const found = await this.roots
      .find(before === null ? {} : { number: { $lt: before } })
      .sort({ number: -1 })
      .limit(limit)
      .toArray();
    return found.map(rootOf);
  }

  /** All of them, as they lie there, in the order of their days. */
  async readAll(): Promise<Root[]> {
    return (await this.roots.find().sort({ _id: 1 }).toArray()).map(rootOf);
  }

  /** The first root whose day is not before another's. */
  async listFrom(day: string, limit: number): Promise<Root[]> {
    const found = await this.roots
      .find({ _id: { $gte: day } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(rootOf);
  }

  /** Harmless where another node was faster. */
  async add(root: Root): Promise<void> {
    await this.roots.insertOne({ _id: root.day, ...root }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }
}

function rootOf({ _id: _, ...root }: RootDocument): Root {
  return root;
}
