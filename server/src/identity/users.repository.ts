import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import type { Role } from '@verbena/shared/identity/role.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Enrolment } from './decide-access.js';
import type { SecondFactorState, UserDocument } from './identity.schema.js';

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
    await this.users.createIndex({ 'enrolments.program': 1, 'enrolments.role': 1 });
  }

  /** Throws a duplicate-key error when the e-mail address has a login already. */
  async insert(user: UserDocument, session?: Session): Promise<void> {
    await this.users.insertOne(user, session === undefined ? {} : { session });
  }

  async findById(id: string, session?: Session): Promise<UserDocument | null> {
    return this.users.findOne({ _id: id }, session === undefined ? {} : { session });
  }

  async findByIds(ids: readonly string[]): Promise<UserDocument[]> {
    return this.users.find({ _id: { $in: [...ids] } }).toArray();
  }

  async findByEmail(email: string): Promise<UserDocument | null> {
    return this.users.findOne({ email });
  }

  async findByMember(member: string): Promise<UserDocument | null> {
    return this.users.findOne({ members: member });
  }

  async findByMembers(members: readonly string[]): Promise<UserDocument[]> {
    return this.users.find({ members: { $in: [...members] } }).toArray();
  }

  /** Whether a login besides this one has one of these roles in a program. */
  async hasOther(program: string, roles: readonly Role[], id: string | null): Promise<boolean> {
    const holds = { enrolments: { $elemMatch: { program, role: { $in: [...roles] } } } };
    const found = await this.users.findOne(id === null ? holds : { ...holds, _id: { $ne: id } }, {
      projection: { _id: 1 },
    });
    return found !== null;
  }

  async findMany(ids: readonly string[]): Promise<UserDocument[]> {
    return this.users.find({ _id: { $in: [...ids] } }).toArray();
  }

  async change(
    id: string,
    change: Partial<Pick<UserDocument, 'name' | 'language' | 'passwordHash' | 'emailVerifiedAt' | 'secondFactor'>>,
    session?: Session,
  ): Promise<void> {
    await this.users.updateOne({ _id: id }, { $set: change }, session === undefined ? {} : { session });
  }

  /** Begins a second factor, or begins it anew, unless one is set up; says whether it did. */
  async beginSecondFactor(id: string, secondFactor: SecondFactorState): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: id, 'secondFactor.isOn': { $ne: true } },
      { $set: { secondFactor } },
    );
    return result.matchedCount === 1;
  }

  /** Sets up the second factor that was begun with this sealed secret; says whether that one still waited. */
  async confirmSecondFactor(id: string, secondFactor: SecondFactorState, session: Session): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: id, 'secondFactor.isOn': false, 'secondFactor.secret': secondFactor.secret },
      { $set: { secondFactor } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** Uses up the code of a half minute: of any number who show it, exactly one. */
  async takeTotpStep(id: string, secret: string, step: number): Promise<boolean> {
    const result = await this.users.updateOne(
      {
        _id: id,
        'secondFactor.isOn': true,
        'secondFactor.secret': secret,
        'secondFactor.lastStep': { $lt: step },
      },
      { $set: { 'secondFactor.lastStep': step } },
    );
    return result.modifiedCount === 1;
  }

  /** Uses up a recovery code: of any number who show it, exactly one. */
  async takeRecoveryCode(id: string, hash: string): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: id, 'secondFactor.isOn': true, 'secondFactor.recoveryCodes': hash },
      { $pull: { 'secondFactor.recoveryCodes': hash } },
    );
    return result.modifiedCount === 1;
  }

  async removeSecondFactor(id: string, session: Session): Promise<void> {
    await this.users.updateOne({ _id: id }, { $set: { secondFactor: null } }, { session });
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
