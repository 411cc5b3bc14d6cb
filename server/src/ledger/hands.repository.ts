import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { Amounts } from './given.js';

/** Whose hand, on which day of the program's zone. */
export interface HandDay {
  readonly by: string;
  readonly day: string;
}

/** What one thing done by hand was counted for. `_id` is that of the entry which it becomes, so it counts once. */
interface HandGain extends HandDay {
  readonly _id: string;
  readonly program: string;
  readonly gains: Amounts;
  /** It was taken back, and its day has the points again. */
  readonly undone?: true;
}

/** What somebody gave of a currency in a day: the sum of the gains that name it. */
interface HandCount {
  readonly _id: string;
  readonly program: string;
  readonly total: number;
}

/** More than the day of somebody has left: of which currency, and how much that is. */
export interface TooMuch {
  readonly currency: string;
  readonly left: number;
}

const TRIES = 50;

/** The door to `handGains` and `handCounts`. Both are written in one transaction, so the counts are always the sums. */
@Injectable()
@Repository()
export class HandsRepository implements OwnsCollections {
  readonly collections = ['handGains', 'handCounts'];

  constructor(private readonly mongo: Mongo) {}

  private get gains() {
    return this.mongo.collection<HandGain>('handGains');
  }

  private get counts() {
    return this.mongo.collection<HandCount>('handCounts');
  }

  async ensureIndexes(): Promise<void> {
    await Promise.all(this.collections.map((name) => this.mongo.collection(name).createIndex({ program: 1 })));
  }

  /**
   * Counts what an entry is to give, before it is there; what was counted for it already counts once. Answers what there is no room
   * for, then nothing is counted; null where all was.
   * @param limitOf the most of a currency in a day
   */
  async take(
    scope: Scope,
    entry: string,
    { by, day }: HandDay,
    gains: Amounts,
    limitOf: (currency: string) => number,
  ): Promise<TooMuch | null> {
    return this.again(async (session) => {
      const found = await this.gains.findOne({ _id: entry, program: scope.program }, { session });
      // Counted on another day, and not booked then: it counts today.
      const held: Amounts = found?.by === by && found.day === day ? found.gains : {};
      const wanted: Record<string, number> = { ...held };
      for (const [currency, amount] of Object.entries(gains)) {
        const had = held[currency] ?? 0;
        wanted[currency] = Math.max(amount, had);
        const count = await this.counts.findOne({ _id: idOf(scope, by, day, currency) }, { session });
        const left = limitOf(currency) - (count?.total ?? 0) + had;
        if (wanted[currency] > left) return { currency, left: Math.max(0, left) };
      }
      if (found !== null) await this.add(session, scope, found, negated(found.gains));
      await this.add(session, scope, { by, day }, wanted);
      const row = { program: scope.program, by, day, gains: wanted };
      await this.gains.updateOne({ _id: entry }, { $set: row }, { session, upsert: true });
      return null;
    });
  }

  /** Gives a day what an entry of it was counted for, as far as it was taken back; once, and only on that day. */
  async giveBack(scope: Scope, entry: string, day: string, taken: Amounts): Promise<void> {
    await this.again(async (session) => {
      const found = await this.gains.findOne({ _id: entry, program: scope.program }, { session });
      if (found?.day !== day || found.undone === true) return;
      const back = Object.fromEntries(
        Object.entries(found.gains).map(([currency, amount]) => [currency, Math.min(amount, taken[currency] ?? 0)]),
      );
      await this.add(session, scope, found, negated(back));
      await this.gains.updateOne({ _id: entry }, { $set: { undone: true } }, { session });
    });
  }

  private async add(session: Session, scope: Scope, { by, day }: HandDay, amounts: Amounts): Promise<void> {
    for (const [currency, amount] of Object.entries(amounts)) {
      if (amount === 0) continue;
      const _id = idOf(scope, by, day, currency);
      const change = { $inc: { total: amount }, $setOnInsert: { program: scope.program } };
      await this.counts.updateOne({ _id }, change, { session, upsert: true });
    }
  }

  /** In a transaction; once more where somebody was the first in the same moment, which a unique key tells of. */
  private async again<T>(work: (session: Session) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.mongo.transact(work);
      } catch (error) {
        if (!isDuplicateKey(error) || attempt === TRIES) throw error;
      }
    }
  }
}

function idOf({ program }: Scope, by: string, day: string, currency: string): string {
  return `${program}|${by}|${day}|${currency}`;
}

function negated(amounts: Amounts): Amounts {
  return Object.fromEntries(Object.entries(amounts).map(([currency, amount]) => [currency, -amount]));
}
