import { Injectable } from '@nestjs/common';
import type { BacktestReport, BacktestStatus } from '@verbena/shared/backtests/backtests.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { BacktestDocument, BacktestPart, BacktestRound } from './backtests.schema.js';

const OPEN: BacktestStatus[] = ['waiting', 'running'];

/** The door to `backtests`. Nothing here is truth: a report can be made again as long as its draft is there. */
@Injectable()
@Repository()
export class BacktestsRepository implements OwnsCollections {
  readonly collections = ['backtests'];

  constructor(private readonly mongo: Mongo) {}

  private get backtests() {
    return this.mongo.collection<BacktestDocument>('backtests');
  }

  async ensureIndexes(): Promise<void> {
    await this.backtests.createIndex({ program: 1, draft: 1, _id: -1 });
  }

  async create(backtest: BacktestDocument): Promise<void> {
    await this.backtests.insertOne(backtest);
  }

  async delete(scope: Scope, id: string): Promise<void> {
    await this.backtests.deleteOne({ _id: id, program: scope.program });
  }

  /** Whether one of this draft is under way that began after a moment. */
  async isRunning(scope: Scope, draft: string, since: Date): Promise<boolean> {
    const found = await this.backtests.findOne(
      { program: scope.program, draft, status: { $in: OPEN }, startedAt: { $gt: since } },
      { projection: { _id: 1 } },
    );
    return found !== null;
  }

  async find(scope: Scope, id: string): Promise<BacktestDocument | null> {
    return this.backtests.findOne({ _id: id, program: scope.program });
  }

  /** For the job, which has the id from nobody but us. */
  async findAny(id: string): Promise<BacktestDocument | null> {
    return this.backtests.findOne({ _id: id });
  }

  /** The backtests of a draft, newest first, without what is long. */
  async list(scope: Scope, draft: string, limit: number): Promise<BacktestDocument[]> {
    return this.backtests
      .find({ program: scope.program, draft }, { projection: { definitions: 0, 'parts.tally': 0, report: 0 } })
      .sort({ _id: -1 })
      .limit(limit)
      .toArray();
  }

  /** How far a part is; says whether the whole is still wanted. */
  async progress(id: string, part: number, done: Pick<BacktestPart, 'members' | 'entries'>): Promise<boolean> {
    const moved = await this.backtests.updateOne(
      { _id: id, status: { $in: OPEN } },
      {
        $set: { status: 'running' },
        // What is told late never takes back what was told since.
        $max: { [`parts.${part}.members`]: done.members, [`parts.${part}.entries`]: done.entries },
      },
    );
    return moved.matchedCount === 1;
  }

  /** How far the rounds of settling are, where there is anything new to say; says whether the whole is still wanted. */
  async progressRounds(id: string, rounds: readonly BacktestRound[] | null): Promise<boolean> {
    const open = { _id: id, status: { $in: OPEN } };
    if (rounds === null) return (await this.backtests.countDocuments(open)) === 1;
    return (await this.backtests.updateOne(open, { $set: { rounds: [...rounds] } })).matchedCount === 1;
  }

  /** Keeps what a part found; answers the whole as it is then, null where it is no longer wanted. */
  async finishPart(
    id: string,
    part: number,
    { members, entries, memoryMb, tally, run }: BacktestPart,
  ): Promise<BacktestDocument | null> {
    return this.backtests.findOneAndUpdate(
      { _id: id, status: { $in: OPEN } },
      {
        $set: {
          [`parts.${part}.members`]: members,
          [`parts.${part}.entries`]: entries,
          [`parts.${part}.memoryMb`]: memoryMb,
          [`parts.${part}.tally`]: tally,
          ...(run === undefined ? {} : { [`parts.${part}.run`]: run }),
        },
      },
      { returnDocument: 'after' },
    );
  }

  /** Ends one that is under way; says whether it was. */
  async end(id: string, status: BacktestStatus, report: BacktestReport | null, endedAt: Date): Promise<boolean> {
    const ended = await this.backtests.updateOne(
      { _id: id, status: { $in: OPEN } },
      { $set: { status, report, endedAt } },
    );
    return ended.matchedCount === 1;
  }
}
