import { Injectable } from '@nestjs/common';
import type mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { BoardNoteDocument, BoardPageDocument, BoardRunDocument, FrozenPlace } from './leaderboards.schema.js';

type Collection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;

export interface NewRun {
  readonly list: string;
  readonly program: string;
  readonly board: string;
  readonly run: string;
  readonly dueAt: Date | null;
  /** Today: whoever appears in it today was not there when the day began. */
  readonly notedOn: string;
}

/** The door to `boardRuns`, `boardPages` (what is frozen) and `boardNotes` (the order when the day began). */
@Injectable()
@Repository()
export class BoardRunsRepository implements OwnsCollections {
  readonly collections = ['boardRuns', 'boardPages', 'boardNotes'];
  private readonly runs: Collection<BoardRunDocument>;
  private readonly pages: Collection<BoardPageDocument>;
  private readonly notes: Collection<BoardNoteDocument>;

  constructor(mongo: Mongo) {
    this.runs = mongo.collection('boardRuns');
    this.pages = mongo.collection('boardPages');
    this.notes = mongo.collection('boardNotes');
  }

  async ensureIndexes(): Promise<void> {
    await this.runs.createIndexes([
      { key: { dueAt: 1 } },
      { key: { closedAt: 1 } },
      { key: { state: 1 } },
      { key: { program: 1, board: 1, run: -1 } },
    ]);
    // Not by a range of ids: the embedded database would read all pages of all runs for it.
    await this.pages.createIndexes([{ key: { list: 1 } }]);
    await this.notes.createIndexes([{ key: { list: 1, day: 1 } }]);
  }

  async find(lists: readonly string[]): Promise<BoardRunDocument[]> {
    return lists.length === 0 ? [] : this.runs.find({ _id: { $in: [...lists] } }).toArray();
  }

  /** Makes a run with its first points; harmless where it is there. */
  async open({ list, ...given }: NewRun): Promise<void> {
    const none = { state: 'open', closedAt: null, total: null, sha256: null, top: [] } as const;
    await this.runs.insertOne({ _id: list, ...given, ...none }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  /** Puts off the closing of a run that goes by quiet, never forward. */
  async postpone(list: string, until: Date): Promise<void> {
    await this.runs.updateOne({ _id: list, state: 'open', dueAt: { $lt: until } }, { $set: { dueAt: until } });
  }

  async listDue(now: Date): Promise<BoardRunDocument[]> {
    return this.runs.find({ dueAt: { $gt: new Date(0), $lte: now } }).toArray();
  }

  /** The runs that are not closed, of all programs. */
  async listOpen(): Promise<BoardRunDocument[]> {
    return this.runs.find({ state: { $in: ['open', 'closing'] } }).toArray();
  }

  async listClosedBetween(from: Date, to: Date): Promise<string[]> {
    const found = await this.runs.find({ closedAt: { $gt: from, $lte: to } }, { projection: { _id: 1 } }).toArray();
    return found.map(({ _id }) => _id);
  }

  /** A board's runs, newest first: those before or after one, or the closed ones. */
  async list(
    scope: Scope,
    board: string,
    which: { readonly before?: string; readonly after?: string; readonly isClosed?: boolean },
    limit: number,
  ): Promise<BoardRunDocument[]> {
    const run = {
      ...(which.before === undefined ? {} : { $lt: which.before }),
      ...(which.after === undefined ? {} : { $gt: which.after }),
    };
    return this.runs
      .aggregate<BoardRunDocument>([
        { $match: { program: scope.program, board, ...(Object.keys(run).length === 0 ? {} : { run }) } },
        ...(which.isClosed === true ? [{ $match: { state: 'closed' } }] : []),
        { $sort: { run: which.after === undefined ? -1 : 1 } },
        { $limit: limit },
      ])
      .toArray();
  }

  /** From here on only what was decided in time comes in. */
  async freeze(list: string, now: Date): Promise<void> {
    await this.runs.updateOne({ _id: list, state: 'open', dueAt: { $lte: now } }, { $set: { state: 'closing' } });
  }

  /** A page is the same whoever writes it, so writing it again changes nothing. */
  async putPage(page: BoardPageDocument): Promise<void> {
    const { _id, ...rest } = page;
    await this.pages.replaceOne({ _id }, rest, { upsert: true });
  }

  async listPages(list: string): Promise<BoardPageDocument[]> {
    return this.pages.find({ list }).sort({ _id: 1 }).toArray();
  }

  async close(
    list: string,
    frozen: {
      readonly closedAt: Date;
      readonly total: number;
      readonly sha256: string;
      readonly top: readonly FrozenPlace[];
    },
  ): Promise<void> {
    await this.runs.updateOne(
      { _id: list, state: 'closing' },
      { $set: { state: 'closed', dueAt: null, notedOn: null, ...frozen } },
    );
  }

  async putNote(note: BoardNoteDocument): Promise<void> {
    const { _id, ...rest } = note;
    await this.notes.replaceOne({ _id }, rest, { upsert: true });
  }

  /** The order of a day is complete. */
  async markNoted(list: string, day: string): Promise<void> {
    await this.runs.updateOne({ _id: list, state: { $ne: 'closed' } }, { $set: { notedOn: day } });
  }

  async listNotes(list: string, day: string): Promise<BoardNoteDocument[]> {
    return this.notes.find({ list, day }).sort({ _id: 1 }).toArray();
  }

  /** Drops the notes of a list; of one day not. */
  async dropNotes(list: string, exceptDay: string | null): Promise<void> {
    await this.notes.deleteMany({ list, ...(exceptDay === null ? {} : { day: { $ne: exceptDay } }) });
  }
}
