import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Enrolment } from './decide-access.js';
import type { UserDocument } from './identity.schema.js';

/** The door to `users`. Logins stand above programs, so these queries have no scope. */
@Injectable()
@Repository()
export class UsersRepository implements OwnsCollections {
  readonly collections = ['users'];

  constructor(private readonly mongo: Mongo) {}

  private get users() {
    return this.mongo.collection<UserDocument>('users');
  }

  async ensureIndexes(): Promise<void> {
    await this.users.createIndex({ email: 1 }, { unique: true });
    await this.users.createIndex({ members: 1 }, { unique: true, sparse: true });
  }

  /** Throws a duplicate-key error when the e-mail address has a login already. */
  async insert(user: UserDocument, session?: Session): Promise<void> {
    await this.users.insertOne(user, session === undefined ? {} : { session });
  }

  async findById(id: string, session?: Session): Promise<UserDocument | null> {
    return this.users.findOne({ _id: id }, session === undefined ? {} : { session });
  }

  async findByEmail(email: string): Promise<UserDocument | null> {
    return this.users.findOne({ email });
  }

  async findByMember(member: string): Promise<UserDocument | null> {
    return this.users.findOne({ members: member });
  }

  /**
   * Replaces the enrolments if nobody else changed them since `revision`; says whether it did. Throws a duplicate-key
   * error when one of the members belongs to another login.
   */
  async replaceEnrolments(
    id: string,
    revision: number,
    enrolments: readonly Enrolment[],
    session?: Session,
  ): Promise<boolean> {
    const members = enrolments.flatMap((enrolment) => (enrolment.member === null ? [] : [enrolment.member]));
    const result = await this.users.updateOne(
      { _id: id, revision },
      {
        $set: {
          enrolments: [...enrolments],
          revision: revision + 1,
          ...(members.length > 0 ? { members } : {}),
        },
        // An empty list would take a place of its own in the unique index.
        ...(members.length > 0 ? {} : { $unset: { members: true as const } }),
      },
      session === undefined ? {} : { session },
    );
    return result.matchedCount === 1;
  }
}
