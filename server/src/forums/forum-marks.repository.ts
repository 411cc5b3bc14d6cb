import { Injectable } from '@nestjs/common';
import type { FollowLevel } from '@verbena/shared/forums/follow.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { MarkDocument } from './forums.schema.js';

/** The door to `forumMarks`. */
@Injectable()
@Repository()
export class ForumMarksRepository implements OwnsCollections {
  readonly collections = ['forumMarks'];

  constructor(private readonly mongo: Mongo) {}

  private get marks() {
    return this.mongo.collection<MarkDocument>('forumMarks');
  }

  async ensureIndexes(): Promise<void> {
    await this.marks.createIndex({ program: 1, of: 1, level: 1 });
  }

  /** A member's marks on these threads and categories; those without one are missing. */
  async find({ program }: Scope, member: string, of: readonly string[]): Promise<ReadonlyMap<string, MarkDocument>> {
    const ids = [...new Set(of)].map((one) => markId(member, one));
    const found = ids.length === 0 ? [] : await this.marks.find({ _id: { $in: ids }, program }).toArray();
    return new Map(found.map((mark) => [mark.of, mark]));
  }

  /** Moves what was read forward, never back; how far it is then. */
  async advance(
    { program }: Scope,
    { member, of, number, atMs }: Required<Pick<MarkDocument, 'member' | 'of' | 'number' | 'atMs'>>,
  ): Promise<number> {
    const change = () =>
      this.marks.findOneAndUpdate(
        { _id: markId(member, of), program },
        { $max: { number, atMs }, $setOnInsert: { member, of } },
        { upsert: true, returnDocument: 'after' },
      );
    const mark = await change().catch((error: unknown) => {
      // Two devices made it at the same moment; now it is there.
      if (isDuplicateKey(error)) return change();
      throw error;
    });
    return mark?.number ?? number;
  }

  async follow({ program }: Scope, member: string, of: string, level: FollowLevel): Promise<void> {
    const change = () =>
      this.marks.updateOne(
        { _id: markId(member, of), program },
        { $set: { level }, $setOnInsert: { member, of } },
        { upsert: true },
      );
    await change().catch((error: unknown) => {
      if (isDuplicateKey(error)) return change();
      throw error;
    });
  }

  /** What these members chose for these threads and categories, by `markId`; whoever chose nothing is missing. */
  async chosen(
    { program }: Scope,
    members: readonly string[],
    of: readonly string[],
  ): Promise<ReadonlyMap<string, FollowLevel>> {
    const ids = members.flatMap((member) => of.map((one) => markId(member, one)));
    if (ids.length === 0) return new Map();
    const found = await this.marks.find({ _id: { $in: ids }, program }).toArray();
    return new Map(found.flatMap(({ _id, level }) => (level === undefined ? [] : [[_id, level] as const])));
  }

  async listWatching({ program }: Scope, of: string): Promise<string[]> {
    const found = await this.marks.find({ program, of, level: 'watch' }).toArray();
    return found.map(({ member }) => member);
  }
}

export function markId(member: string, of: string): string {
  return `${member}|${of}`;
}
