import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { MemberDemand } from './demand.js';

/** What a worker that died for good has left is gone after a day. */
const KEPT_SECONDS = 86_400;

interface DemandDocument {
  /** `backtest:part:n` */
  readonly _id: string;
  readonly backtest: string;
  readonly part: number;
  readonly createdAt: Date;
  /** `MemberDemand[]` as JSON, deflated, base64. */
  readonly packed: string;
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

  /** Keeps some members of a part, as its `n`-th chunk; a part that runs twice writes the same. */
  async keep(backtest: string, part: number, n: number, members: readonly MemberDemand[]): Promise<void> {
    const packed = deflateRawSync(JSON.stringify(members)).toString('base64');
    const _id = `${backtest}:${part}:${n}`;
    await this.demand.replaceOne({ _id }, { backtest, part, createdAt: new Date(), packed }, { upsert: true });
  }

  async read(backtest: string): Promise<MemberDemand[]> {
    const members: MemberDemand[] = [];
    for await (const { packed } of this.demand.find({ backtest }).sort({ part: 1, _id: 1 })) {
      const chunk: MemberDemand[] = JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8'));
      for (const member of chunk) members.push(member);
    }
    return members;
  }

  /** Of one part, or of all. */
  async delete(backtest: string, part?: number): Promise<void> {
    await this.demand.deleteMany(part === undefined ? { backtest } : { backtest, part });
  }
}
