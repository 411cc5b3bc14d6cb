import { Injectable } from '@nestjs/common';
import type { StreamName } from '@verbena/shared/realtime/socket.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';

/** How far a member has seen a stream, and read it in the bell, on whatever device. Both only ever grow. */
interface StreamCursorDocument {
  /** `<member>|<stream>` */
  readonly _id: string;
  readonly program: string;
  readonly seen: number;
  /** Absent until the bell was opened for the first time after it could be: then as far as was seen at the beginning. */
  readonly read?: number;
}

export type CursorField = 'seen' | 'read';

/** The door to `streamCursors`. */
@Injectable()
@Repository()
export class StreamCursorsRepository implements OwnsCollections {
  readonly collections = ['streamCursors'];

  constructor(private readonly mongo: Mongo) {}

  private get cursors() {
    return this.mongo.collection<StreamCursorDocument>('streamCursors');
  }

  ensureIndexes(): Promise<void> {
    // Found by `_id` alone.
    return Promise.resolve();
  }

  /** How far the stream was seen and read; a first opening counts everything until now (`head`) as both. */
  async beginOrFind(
    scope: Scope,
    member: string,
    stream: StreamName,
    head: number,
  ): Promise<{ readonly seen: number; readonly read: number }> {
    const filter = { _id: `${member}|${stream}`, program: scope.program };
    const change = () =>
      this.cursors.findOneAndUpdate(
        filter,
        { $setOnInsert: { seen: head, read: head } },
        { upsert: true, returnDocument: 'after' },
      );
    const cursor = await change().catch((error: unknown) => {
      // Two devices made it at the same moment; now it is there.
      if (isDuplicateKey(error)) return change();
      throw error;
    });
    if (cursor === null) return { seen: head, read: head };
    if (cursor.read !== undefined) return { seen: cursor.seen, read: cursor.read };
    // A cursor of before there was a bell: what was there until now needs no reading any more.
    await this.advance(scope, member, stream, 'read', head);
    return { seen: cursor.seen, read: head };
  }

  /** How far a stream was read; 0 where nobody opened it yet. */
  async findRead({ program }: Scope, member: string, stream: StreamName): Promise<number> {
    return (await this.cursors.findOne({ _id: `${member}|${stream}`, program }))?.read ?? 0;
  }

  /**
   * Moves `seen` or `read` forward, never back; gives what it was before, so of several devices one is the first. A comparison
   * and not the former document that `findOneAndUpdate` gives: the embedded database may hand one and the same to several.
   */
  async advance(
    { program }: Scope,
    member: string,
    stream: StreamName,
    field: CursorField,
    q: number,
  ): Promise<{ before: number }> {
    const _id = `${member}|${stream}`;
    for (;;) {
      // Not by majority: whoever lost the race must see who won it.
      const cursor = await this.cursors.findOne({ _id, program }, { readConcern: { level: 'local' } });
      if (cursor === null) {
        if (await this.begin({ _id, program, seen: 0, read: 0, [field]: q })) return { before: 0 };
        continue;
      }
      const before = cursor[field];
      if (before !== undefined && before >= q) return { before };
      const filter = { _id, program, [field]: before ?? { $exists: false } };
      const moved = await this.cursors.updateOne(filter, { $set: { [field]: q } });
      if (moved.modifiedCount === 1) return { before: before ?? 0 };
    }
  }

  /** False where another device was faster. */
  private async begin(cursor: StreamCursorDocument): Promise<boolean> {
    try {
      await this.cursors.insertOne(cursor);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
