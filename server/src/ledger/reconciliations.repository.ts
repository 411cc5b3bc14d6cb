import { Injectable } from '@nestjs/common';
import type mongoose from 'mongoose';
import type { BooksFinding, ProgramFigures } from '@verbena/shared/ledger/reconciliation.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';

/** One verification. `_id` is when it ended; `running` is a document of its own, there while one is under way. */
export interface ReconciliationDocument {
  readonly _id: string;
  readonly seconds: number;
  /** `figures` are absent from reports of before they were counted. */
  readonly programs: readonly {
    readonly slug: string;
    readonly members: number;
    readonly entries: number;
    readonly figures?: ProgramFigures;
  }[];
  readonly groups: number;
  readonly roots: number;
  readonly found: number;
  /** `program` null: it concerns a lane or a root, and so every program. */
  readonly findings: readonly (BooksFinding & { readonly program: string | null })[];
}

interface RunningDocument {
  readonly _id: 'running';
  readonly until: Date;
}

const KEPT = 60;

/** The door to `reconciliations`. */
@Injectable()
@Repository()
export class ReconciliationsRepository implements OwnsCollections {
  readonly collections = ['reconciliations'];
  private readonly documents: mongoose.mongo.Collection<ReconciliationDocument | RunningDocument>;

  constructor(mongo: Mongo) {
    this.documents = mongo.collection('reconciliations');
  }

  async ensureIndexes(): Promise<void> {
    await this.documents.createIndexes([{ key: { found: 1 } }]);
  }

  async findLast(): Promise<ReconciliationDocument | null> {
    const [last] = await this.list(1);
    return last ?? null;
  }

  /** Keeps a report, and forgets those of long ago. */
  async add(report: ReconciliationDocument): Promise<void> {
    const { _id, ...rest } = report;
    await this.documents.replaceOne({ _id }, rest, { upsert: true });
    const kept = await this.list(KEPT);
    const oldest = kept.at(-1);
    if (kept.length === KEPT && oldest !== undefined)
      await this.documents.deleteMany({ _id: { $lt: oldest._id, $ne: 'running' } } as Filter);
  }

  async markRunning(until: Date | null): Promise<void> {
    if (until === null) await this.documents.deleteOne({ _id: 'running' } as Filter);
    else await this.documents.replaceOne({ _id: 'running' } as Filter, { until }, { upsert: true });
  }

  /** Marks one as under way unless there is one; whether this call did. Of two at the same time, one does. */
  async beginRunning(now: Date, until: Date): Promise<boolean> {
    const isOver = { _id: 'running', until: { $lte: now } } as unknown as Filter;
    try {
      await this.documents.replaceOne(isOver, { until }, { upsert: true });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async isRunning(now: Date): Promise<boolean> {
    const found = (await this.documents.findOne({ _id: 'running' } as Filter)) as RunningDocument | null;
    return found !== null && found.until > now;
  }

  private async list(limit: number): Promise<ReconciliationDocument[]> {
    const found = await this.documents
      .find({ found: { $gte: 0 } } as Filter)
      .sort({ _id: -1 })
      .limit(limit)
      .toArray();
    return found as ReconciliationDocument[];
  }
}

type Filter = mongoose.mongo.Filter<ReconciliationDocument | RunningDocument>;
