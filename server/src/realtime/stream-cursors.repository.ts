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
  async seenOrBegin(scope: Scope, member: string, stream: StreamName, head: number): Promise<number> {
    const cursor = await this.upsert(scope, member, stream, { $setOnInsert: { seen: head } }, 'after');
    return cursor?.seen ?? head;
  }

  /** Moves `seen` forward, never back; gives what it was before, atomically, so of several devices one is the first. */
  async advance(scope: Scope, member: string, stream: StreamName, q: number): Promise<{ before: number }> {
    const cursor = await this.upsert(scope, member, stream, { $max: { seen: q } }, 'before');
    return { before: cursor?.seen ?? 0 };
  }

  private async upsert(
    { program }: Scope,
    member: string,
    stream: StreamName,
    update: { readonly $setOnInsert: { seen: number } } | { readonly $max: { seen: number } },
    returnDocument: 'before' | 'after',
  ): Promise<StreamCursorDocument | null> {
    const filter = { _id: `${member}|${stream}`, program };
    const change = () => this.cursors.findOneAndUpdate(filter, update, { upsert: true, returnDocument });
    try {
      return await change();
    } catch (error) {
      // Two devices made it at the same moment; now it is there.
      if (isDuplicateKey(error)) return change();
      throw error;
    }
  }
}
