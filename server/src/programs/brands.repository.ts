import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { OutletDocument, OutletKind } from './programs.schema.js';
import { homeOf } from './sandbox.js';

/** The door to `brands` and `shops`. A slug is taken once in a program, by a brand and by a shop. */
@Injectable()
@Repository()
export class BrandsRepository implements OwnsCollections {
  readonly collections = ['brands', 'shops'];

  constructor(private readonly mongo: Mongo) {}

  private of(kind: OutletKind) {
    return this.mongo.collection<OutletDocument>(`${kind}s`);
  }

  async ensureIndexes(): Promise<void> {
    for (const kind of ['brand', 'shop'] as const)
      await this.of(kind).createIndex({ program: 1, slug: 1 }, { unique: true });
  }

  /** Those of the program; a sandbox has its program's. */
  async list(scope: Scope, kind: OutletKind): Promise<OutletDocument[]> {
    return this.of(kind)
      .find({ program: homeOf(scope.program) })
      .sort({ name: 1, _id: 1 })
      .toArray();
  }

  async find(scope: Scope, kind: OutletKind, id: string, session: Session): Promise<OutletDocument | null> {
    return this.of(kind).findOne({ _id: id, program: scope.program }, { session });
  }

  /** Throws a duplicate-key error where the slug is taken. */
  async insert(kind: OutletKind, outlet: OutletDocument, session: Session): Promise<void> {
    await this.of(kind).insertOne(outlet, { session });
  }

  async change(
    scope: Scope,
    kind: OutletKind,
    id: string,
    change: Pick<OutletDocument, 'name' | 'archivedAt'>,
    session: Session,
  ): Promise<void> {
    await this.of(kind).updateOne({ _id: id, program: scope.program }, { $set: change }, { session });
  }
}
