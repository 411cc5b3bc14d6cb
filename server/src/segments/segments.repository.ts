import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { walkDown } from '#platform/mongo/windows.js';
import type { SegmentDocument, SegmentMemberDocument } from './segments.schema.js';

/** The door to `segments` and `segmentMembers`. */
@Injectable()
@Repository()
export class SegmentsRepository implements OwnsCollections {
  readonly collections = ['segments', 'segmentMembers'];

  constructor(private readonly mongo: Mongo) {}

  private get segments() {
    return this.mongo.collection<SegmentDocument>('segments');
  }

  private get members() {
    return this.mongo.collection<SegmentMemberDocument>('segmentMembers');
  }

  async ensureIndexes(): Promise<void> {
    await this.segments.createIndex({ program: 1, slug: 1 }, { unique: true });
    await this.members.createIndex({ program: 1, segment: 1, number: 1 });
    await this.members.createIndex({ program: 1, member: 1 });
  }

  /** Archived ones too, by slug. */
  async list({ program }: Scope): Promise<SegmentDocument[]> {
    return this.segments.find({ program }).sort({ slug: 1 }).toArray();
  }

  async find({ program }: Scope, id: string, session?: Session): Promise<SegmentDocument | null> {
    return this.segments.findOne({ _id: id, program }, session === undefined ? {} : { session });
  }

  /** Throws a duplicate-key error where the slug is taken. */
  async insert(segment: SegmentDocument, session: Session): Promise<void> {
    await this.segments.insertOne(segment, { session });
  }

  async change(
    { program }: Scope,
    id: string,
    change: Pick<SegmentDocument, 'name' | 'condition' | 'archivedAt'>,
    session: Session,
  ): Promise<void> {
    await this.segments.updateOne({ _id: id, program }, { $set: change }, { session });
  }

  /** Puts those of these members on a list who do not stand there; answers how many they were, and the list as it is then. */
  async add(
    { program }: Scope,
    list: SegmentDocument,
    members: readonly string[],
    addedAt: Date,
    session: Session,
  ): Promise<{ added: string[]; list: SegmentDocument }> {
    const idOf = (member: string) => `${list._id}|${member}`;
    const there = await this.members
      .find({ _id: { $in: members.map(idOf) }, program }, { session, projection: { member: 1 } })
      .toArray();
    const known = new Set(there.map(({ member }) => member));
    const added = members.filter((member) => !known.has(member));
    if (added.length === 0) return { added, list };
    const after = await this.count({ program }, list, { size: added.length, lastNumber: added.length }, session);
    const first = after.lastNumber - added.length + 1;
    await this.members.insertMany(
      added.map((member, place) => ({
        ...{ _id: idOf(member), program, segment: list._id, member },
        ...{ number: first + place, addedAt },
      })),
      { session },
    );
    return { added, list: after };
  }

  /** Takes whoever of these stands on a list from it; answers the list as it is then, null where none did. */
  async remove(
    { program }: Scope,
    list: SegmentDocument,
    members: readonly string[],
    session: Session,
  ): Promise<SegmentDocument | null> {
    const _id = { $in: members.map((member) => `${list._id}|${member}`) };
    const { deletedCount } = await this.members.deleteMany({ _id, program }, { session });
    return deletedCount === 0 ? null : this.count({ program }, list, { size: -deletedCount, lastNumber: 0 }, session);
  }

  /** Of whoever counts first the other one runs again: so nobody is counted twice. */
  private async count(
    { program }: Pick<Scope, 'program'>,
    { _id }: SegmentDocument,
    by: Pick<SegmentDocument, 'size' | 'lastNumber'>,
    session: Session,
  ): Promise<SegmentDocument> {
    const options = { session, returnDocument: 'after' } as const;
    const after = await this.segments.findOneAndUpdate({ _id, program }, { $inc: by }, options);
    if (after === null) throw new Error('The list was not counted.');
    return after;
  }

  /** A page of a list, whoever was added last first, before a number. */
  async listMembers(
    { program }: Scope,
    { _id: segment, lastNumber }: SegmentDocument,
    before: number | null,
    limit: number,
  ): Promise<SegmentMemberDocument[]> {
    const from = Math.min(lastNumber, (before ?? lastNumber + 1) - 1);
    return walkDown(from, limit, (number) =>
      this.members.find({ program, segment, number }).sort({ number: -1 }).toArray(),
    );
  }

  /** The ids of the lists on which any of these stands. */
  async listsOf({ program }: Scope, members: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.members
      .find({ program, member: { $in: [...members] } }, { projection: { segment: 1 } })
      .toArray();
    return new Set(found.map(({ segment }) => segment));
  }
}
