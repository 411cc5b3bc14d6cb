import { Injectable } from '@nestjs/common';
import type { StreamName } from '@verbena/shared/realtime/socket.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';

/** How far a member has seen a stream, on whatever device. Only ever grows. */
interface StreamCursorDocument {
  /** `<member>|<stream>` */
  readonly _id: string;
  readonly program: string;
  readonly seen: number;
}

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

  /** How far the stream was seen; a first opening counts everything until now (`head`) as seen. */
  async seenOrBegin({ program }: Scope, member: string, stream: StreamName, head: number): Promise<number> {
    const filter = { _id: `${member}|${stream}`, program };
    const change = () =>
      this.cursors.findOneAndUpdate(
        filter,
        { $setOnInsert: { seen: head } },
        { upsert: true, returnDocument: 'after' },
      );
    try {
      return (await change())?.seen ?? head;
    } catch (error) {
      // Two devices made it at the same moment; now it is there.
      if (isDuplicateKey(error)) return (await change())?.seen ?? head;
      throw error;
    }
  }

  /**
   * Moves `seen` forward, never back; gives what it was before, so of several devices one is the first. A comparison and
   * not the former document that `findOneAndUpdate` gives: the embedded database may hand one and the same to several.
   */
  async advance({ program }: Scope, member: string, stream: StreamName, q: number): Promise<{ before: number }> {
    const _id = `${member}|${stream}`;
    for (;;) {
      // Not by majority: whoever lost the race must see who won it.
      const cursor = await this.cursors.findOne({ _id, program }, { readConcern: { level: 'local' } });
      if (cursor === null) {
        if (await this.begin({ _id, program, seen: q })) return { before: 0 };
        continue;
      }
      if (cursor.seen >= q) return { before: cursor.seen };
      const moved = await this.cursors.updateOne({ _id, program, seen: cursor.seen }, { $set: { seen: q } });
      if (moved.modifiedCount === 1) return { before: cursor.seen };
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
