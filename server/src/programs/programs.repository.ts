import { Injectable } from '@nestjs/common';
import { completeDefinitions } from '@verbena/shared/programs/definitions.js';
import mongoose, { type Model } from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import {
  type ProgramDocument,
  ProgramSchema,
  type ProgramVersionDocument,
  ProgramVersionSchema,
} from './programs.schema.js';
import { homeOf } from './sandbox.js';

/** The door to `programs` and `programVersions`. Looking a program up by its name is the one query without a scope: it makes the scope. */
@Injectable()
@Repository()
export class ProgramsRepository implements OwnsCollections {
  readonly collections = ['programs', 'programVersions'];
  private readonly programs: Model<ProgramDocument>;
  private readonly versions: Model<ProgramVersionDocument>;

  constructor(mongo: Mongo) {
    this.programs = mongo.connection.model<ProgramDocument>('Program', ProgramSchema);
    this.versions = mongo.connection.model<ProgramVersionDocument>('ProgramVersion', ProgramVersionSchema);
  }

  async ensureIndexes(): Promise<void> {
    await this.programs.createIndexes();
    await this.versions.createIndexes();
  }

  async findByRef(ref: string): Promise<ProgramDocument | null> {
    return this.programs
      .findOne(ref.length === 26 && ref === ref.toUpperCase() ? { _id: ref } : { slug: ref })
      .lean<ProgramDocument>();
  }

  /** Every program, for what runs over all of them: the clock, verification. */
  async listAll(): Promise<ProgramDocument[]> {
    return this.programs.find().sort({ _id: 1 }).lean<ProgramDocument[]>();
  }

  /** The slug of the only program; null where there is none or more than one. */
  async findOnlySlug(): Promise<string | null> {
    const [only, other] = await this.programs.find({}, { slug: 1 }).limit(2).lean<Pick<ProgramDocument, 'slug'>[]>();
    return only === undefined || other !== undefined ? null : only.slug;
  }

  /** Of a sandbox those of its program, whose definitions it has. */
  async listVersions(scope: Scope): Promise<ProgramVersionDocument[]> {
    const found = await this.versions
      .find({ program: homeOf(scope.program) })
      .sort({ version: 1 })
      .lean<ProgramVersionDocument[]>();
    return found.map((version) => ({ ...version, definitions: completeDefinitions(version.definitions) }));
  }

  /** Writes a program with its first version. Throws a duplicate-key error when the slug is taken. */
  async create(program: ProgramDocument, version: ProgramVersionDocument, session: Session): Promise<void> {
    await this.programs.insertMany([program], { session });
    await this.versions.insertMany([version], { session });
  }

  /** Sets what is given; answers the program as it is then, null where there is none. */
  async change(
    scope: Scope,
    change: Partial<Pick<ProgramDocument, 'enrolment' | 'joining' | 'noticeDays' | 'approval' | 'sandbox' | 'legal'>>,
    session: Session,
  ): Promise<ProgramDocument | null> {
    return this.programs
      .findOneAndUpdate({ _id: scope.program }, { $set: change }, { session, new: true })
      .lean<ProgramDocument>();
  }

  async read(scope: Scope, session: Session): Promise<ProgramDocument | null> {
    return this.programs.findOne({ _id: scope.program }, {}, { session }).lean<ProgramDocument>();
  }

  /** Gives a program its first sandbox, unless it has one. */
  async openSandbox(scope: Scope): Promise<void> {
    await this.programs.updateOne(
      { _id: scope.program, sandbox: mongoose.trusted({ $exists: false }) },
      { $set: { sandbox: 1 } },
    );
  }

  /** Adds versions, numbered one after another, if the program still stands at the one before them; says whether it did. */
  async publish(scope: Scope, versions: readonly ProgramVersionDocument[], session: Session): Promise<boolean> {
    const [first, last] = [versions[0], versions.at(-1)];
    if (first === undefined || last === undefined) return true;
    const moved = await this.programs.updateOne(
      { _id: scope.program, version: first.version - 1 },
      { $set: { version: last.version } },
      { session },
    );
    if (moved.matchedCount !== 1) return false;
    await this.versions.insertMany([...versions], { session });
    return true;
  }

  /** Takes back a version that is not in force by `before`; says whether it waited until then. */
  async withdraw(scope: Scope, version: number, before: Date, now: Date, session: Session): Promise<boolean> {
    const withdrawn = await this.versions.updateOne(
      { program: scope.program, version, from: mongoose.trusted({ $gt: before }), withdrawnAt: null },
      { $set: { withdrawnAt: now } },
      { session },
    );
    if (withdrawn.matchedCount !== 1) return false;
    await this.programs.updateOne({ _id: scope.program }, { $inc: { withdrawals: 1 } }, { session });
    return true;
  }
}
