import { Injectable } from '@nestjs/common';
import type mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { FrozenPlace } from './leaderboards.schema.js';
import { boundsOf } from './place-order.js';

/** A place as it is copied: `seq` is the member's entry that is in the score last. */
export interface CopiedPlace extends FrozenPlace {
  readonly seq: number;
}

/**
 * One run as it stood when a day began. Everything of the groups up to `heads` is in it, and nothing that was decided after
 * `throughAt`. `_id` is `list|day`.
 */
export interface BoardCopy {
  readonly _id: string;
  readonly list: string;
  readonly day: string;
  readonly throughAt: Date;
  readonly heads: readonly { readonly lane: string; readonly q: number }[];
  /** Of what it is a copy: currency and period. */
  readonly shape: string;
  readonly pages: number;
}

/** A thousand places of a copy. `_id` is `list|day|number`. */
interface CopyPage {
  readonly _id: string;
  readonly day: string;
  readonly places: readonly CopiedPlace[];
}

/** The door to `boardCopies` and `boardCopyPages`: what the past of open runs is computed from. */
@Injectable()
@Repository()
export class BoardCopiesRepository implements OwnsCollections {
  readonly collections = ['boardCopies', 'boardCopyPages'];
  private readonly copies: mongoose.mongo.Collection<BoardCopy>;
  private readonly pages: mongoose.mongo.Collection<CopyPage>;

  constructor(mongo: Mongo) {
    this.copies = mongo.collection<BoardCopy>('boardCopies');
    this.pages = mongo.collection<CopyPage>('boardCopyPages');
  }

  async ensureIndexes(): Promise<void> {
    await this.copies.createIndexes([{ key: { list: 1, throughAt: 1 } }, { key: { day: 1 } }]);
    await this.pages.createIndexes([{ key: { day: 1 } }]);
  }

  async has(list: string, day: string): Promise<boolean> {
    return (await this.copies.findOne({ _id: `${list}|${day}` }, { projection: { _id: 1 } })) !== null;
  }

  async putPage(list: string, day: string, number: number, places: readonly CopiedPlace[]): Promise<void> {
    await this.pages.replaceOne({ _id: pageId(list, day, number) }, { day, places }, { upsert: true });
  }

  /** The copy counts once this is written. */
  async put(copy: Omit<BoardCopy, '_id'>): Promise<void> {
    await this.copies.replaceOne({ _id: `${copy.list}|${copy.day}` }, copy, { upsert: true });
  }

  /** The last copy of a run with nothing in it of after a moment. */
  async findBefore(list: string, at: Date, shape: string): Promise<BoardCopy | null> {
    return this.copies.findOne({ list, throughAt: { $lte: at }, shape }, { sort: { throughAt: -1 } });
  }

  async *readPlaces({ list, day, pages }: BoardCopy): AsyncGenerator<readonly CopiedPlace[]> {
    for (let number = 0; number < pages; number += 1) {
      const page = await this.pages.findOne({ _id: pageId(list, day, number) });
      if (page === null) throw new Error(`The copy of ${list} on ${day} lacks its page ${number}.`);
      yield page.places;
    }
  }

  /** Drops the copies of before a day; those of the first of a month stay. */
  async thinOut(before: string): Promise<void> {
    const old = { day: { $lt: before, $not: { $regex: '-01$' } } };
    await this.copies.deleteMany(old);
    await this.pages.deleteMany(old);
  }
}

function pageId(list: string, day: string, number: number): string {
  return `${boundsOf(`${list}|${day}`).from}${String(number).padStart(6, '0')}`;
}
