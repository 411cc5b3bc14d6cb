import { Injectable } from '@nestjs/common';
import type mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';

/** How far a projection came in a lane, and who leads it there. `_id` is `projection|lane`. */
export interface ProjectionCursor {
  readonly _id: string;
  readonly projection: string;
  readonly lane: string;
  /** The last group that is in the view. */
  readonly q: number;
  readonly at: Date;
  readonly epoch: number;
  readonly node: string;
  readonly until: Date;
}

/**
 * One program in one lane of a projection: the shape of definitions that its view goes by and, while its members are computed
 * anew (`rebuildAt`), the last member that was. `_id` is `projection|lane|program`.
 */
export interface ProjectedProgram {
  readonly _id: string;
  readonly projection: string;
  readonly lane: string;
  readonly program: string;
  readonly shape: string;
  readonly rebuildAt: Date | null;
  readonly after: string | null;
}

type Stored = Partial<ProjectionCursor> & Partial<ProjectedProgram> & { readonly _id: string };

/** Both bounds, so that the embedded database answers from the index; it knows no later year. */
const FOREVER = new Date('9999-01-01T00:00:00.000Z');

/** The door to `projections`: watermarks, leases and rebuilds of all views. */
@Injectable()
@Repository()
export class ProjectionsRepository implements OwnsCollections {
  readonly collections = ['projections'];
  private readonly documents: mongoose.mongo.Collection<Stored>;

  constructor(mongo: Mongo) {
    this.documents = mongo.collection<Stored>('projections');
  }

  async ensureIndexes(): Promise<void> {
    await this.documents.createIndexes([{ key: { rebuildAt: 1 } }, { key: { projection: 1, lane: 1 } }]);
  }

  async findCursor(projection: string, lane: string): Promise<ProjectionCursor | null> {
    return (await this.documents.findOne({ _id: `${projection}|${lane}` })) as ProjectionCursor | null;
  }

  async findCursors(projections: readonly string[], lanes: readonly string[]): Promise<ProjectionCursor[]> {
    const ids = projections.flatMap((projection) => lanes.map((lane) => `${projection}|${lane}`));
    return (await this.documents.find({ _id: { $in: ids } }).toArray()) as ProjectionCursor[];
  }

  /** Makes the cursor of a lane that has none, at a group; harmless where another node was faster. */
  async createCursor(projection: string, lane: string, q: number): Promise<void> {
    const cursor = { projection, lane, q, at: new Date(0), epoch: 0, node: '', until: new Date(0) };
    await this.documents.insertOne({ _id: `${projection}|${lane}`, ...cursor }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  /** Takes a lease that is free, ended or this node's own under a new epoch; false where another node was faster. */
  async takeLease(cursor: ProjectionCursor, node: string, until: Date): Promise<boolean> {
    const taken = await this.documents.updateOne(
      { _id: cursor._id, epoch: cursor.epoch },
      { $set: { epoch: cursor.epoch + 1, node, until } },
    );
    return taken.matchedCount === 1;
  }

  async renewLease({ _id, epoch }: ProjectionCursor, until: Date): Promise<boolean> {
    return (await this.documents.updateOne({ _id, epoch }, { $set: { until } })).matchedCount === 1;
  }

  /** Moves the watermark; false where another node leads by now, or the watermark stands elsewhere. */
  async advance({ _id, epoch, q }: ProjectionCursor, toQ: number, at: Date): Promise<boolean> {
    return (await this.documents.updateOne({ _id, epoch, q }, { $set: { q: toQ, at } })).matchedCount === 1;
  }

  /** Puts a cursor elsewhere, whoever leads it: the leader meets that with its next advance. */
  async moveCursor({ _id, q }: ProjectionCursor, toQ: number, at: Date): Promise<void> {
    await this.documents.updateOne({ _id, q }, { $set: { q: toQ, at } });
  }

  async listPrograms(projection: string, lane: string): Promise<ProjectedProgram[]> {
    const found = await this.documents.find({ projection, lane }).toArray();
    return found.filter((one): one is ProjectedProgram => one.program !== undefined);
  }

  /** The programs that are to be computed anew, the longest asked for first. */
  async listRebuilds(): Promise<ProjectedProgram[]> {
    const asked = await this.documents.find({ rebuildAt: { $gt: new Date(0), $lt: FOREVER } }).toArray();
    return (asked as ProjectedProgram[]).toSorted((a, b) => Number(a.rebuildAt) - Number(b.rebuildAt));
  }

  async putShape(projection: string, lane: string, program: string, shape: string): Promise<void> {
    await this.documents.updateOne(
      { _id: `${projection}|${lane}|${program}` },
      { $set: { shape }, $setOnInsert: { projection, lane, program, rebuildAt: null, after: null } },
      { upsert: true },
    );
  }

  /** Asks for programs to be computed anew, from their first member on, also where that is already under way. */
  async askRebuild(
    projection: string,
    lane: string,
    programs: readonly { readonly program: string; readonly shape: string }[],
    at: Date,
  ): Promise<void> {
    if (programs.length === 0) return;
    await this.documents.bulkWrite(
      programs.map(({ program, shape }) => ({
        updateOne: {
          filter: { _id: `${projection}|${lane}|${program}` },
          update: { $set: { projection, lane, program, shape, rebuildAt: at, after: null } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  /** Notes how far a rebuild came, `null` at its end; nothing where it was asked for anew meanwhile. */
  async noteRebuilt({ _id, rebuildAt, after }: ProjectedProgram, last: string | null): Promise<void> {
    const change = last === null ? { rebuildAt: null, after: null } : { after: last };
    await this.documents.updateOne({ _id, rebuildAt, after }, { $set: change });
  }
}
