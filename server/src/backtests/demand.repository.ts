import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { MemberDemand } from './demand.js';

/** What a worker that died for good has left is gone after a day. */
const KEPT_SECONDS = 86_400;

interface DemandDocument {
  /** `backtest:part:run:n` */
  readonly _id: string;
  readonly backtest: string;
  readonly part: number;
  readonly run: string;
  readonly createdAt: Date;
  /** `MemberDemand[]` as JSON, deflated, base64. */
  readonly packed: string;
}

/** Where some of it stands: as the `n`-th chunk of one run of a part. A part may run twice at once, where a lock was lost. */
export interface DemandPlace {
  readonly backtest: string;
  readonly part: number;
  readonly run: string;
  readonly n: number;
}

/** The door to `backtestDemand`: what members asked of what all share, from the parts of a backtest to where it is settled. */
@Injectable()
@Repository()
export class DemandRepository implements OwnsCollections {
  readonly collections = ['backtestDemand'];

  constructor(private readonly mongo: Mongo) {}

  private get demand() {
    return this.mongo.collection<DemandDocument>('backtestDemand');
  }

  async ensureIndexes(): Promise<void> {
    await this.demand.createIndex({ backtest: 1, part: 1 });
    await this.demand.createIndex({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
  }

  /** Keeps some members of a part. */
  async keep({ backtest, part, run, n }: DemandPlace, members: readonly MemberDemand[]): Promise<void> {
    const packed = deflateRawSync(JSON.stringify(members)).toString('base64');
    const _id = `${backtest}:${part}:${run}:${n}`;
    await this.demand.replaceOne({ _id }, { backtest, part, run, createdAt: new Date(), packed }, { upsert: true });
  }

  /** What these runs of its parts found. */
  async read(backtest: string, runs: readonly string[]): Promise<MemberDemand[]> {
    const members: MemberDemand[] = [];
    for await (const { packed } of this.demand.find({ backtest, run: { $in: [...runs] } }).sort({ part: 1, _id: 1 })) {
      const chunk: MemberDemand[] = JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8'));
      for (const member of chunk) members.push(member);
    }
    return members;
  }

  async delete(backtest: string): Promise<void> {
    await this.demand.deleteMany({ backtest });
  }
}
