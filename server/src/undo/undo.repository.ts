import { Injectable } from '@nestjs/common';
import type { UndoStatus } from '@verbena/shared/undo/undo-plans.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { UndoHeadDocument, UndoPlanDocument } from './undo.schema.js';

const OPEN: UndoStatus[] = ['planning', 'planned', 'applying'];
const AT_WORK: UndoStatus[] = ['planning', 'applying'];

/** The door to `undoPlans`, and to `undoHeads`, which say which of them is open. What a plan did stands in the journals; here is who wanted it and what was found out before. */
@Injectable()
@Repository()
export class UndoRepository implements OwnsCollections {
  readonly collections = ['undoPlans', 'undoHeads'];

  constructor(private readonly mongo: Mongo) {}

  private get plans() {
    return this.mongo.collection<UndoPlanDocument>('undoPlans');
  }

  private get heads() {
    return this.mongo.collection<UndoHeadDocument>('undoHeads');
  }

  async ensureIndexes(): Promise<void> {
    await this.plans.createIndex({ program: 1, _id: -1 });
  }

  /** @throws a duplicate key where another plan of the program is open */
  async create(plan: UndoPlanDocument, session: Session): Promise<void> {
    await this.heads.updateOne(
      { _id: plan.program, open: null },
      { $set: { open: plan._id } },
      { session, upsert: true },
    );
    await this.plans.insertOne(plan, { session });
  }

  async find(scope: Scope, id: string): Promise<UndoPlanDocument | null> {
    return this.plans.findOne({ _id: id, program: scope.program });
  }

  /** The id of the plan that is open. */
  async findOpen(scope: Scope): Promise<string | null> {
    return (await this.heads.findOne({ _id: scope.program }))?.open ?? null;
  }

  /** For the job, which has the id from nobody but us. */
  async findAny(id: string): Promise<UndoPlanDocument | null> {
    return this.plans.findOne({ _id: id });
  }

  /** Newest first, without what is long. */
  async list(scope: Scope, limit: number): Promise<UndoPlanDocument[]> {
    return this.plans
      .find({ program: scope.program }, { projection: { report: 0 } })
      .sort({ _id: -1 })
      .limit(limit)
      .toArray();
  }

  /** Plans that somebody should be at work on, of all programs. */
  async listAtWork(): Promise<UndoPlanDocument[]> {
    return this.plans.find({ status: { $in: AT_WORK } }, { projection: { report: 0 } }).toArray();
  }

  /** Changes a plan that is in such a state; null where it is not. */
  async change(
    id: string,
    from: readonly UndoStatus[],
    change: Partial<UndoPlanDocument>,
    session?: Session,
  ): Promise<UndoPlanDocument | null> {
    const { status } = change;
    const closes = status !== undefined && !OPEN.includes(status);
    // A plan that has ended and still stands in the way would do so for ever.
    if (closes && session === undefined) return this.mongo.transact((own) => this.change(id, from, change, own));
    const options = session === undefined ? {} : { session };
    const after = await this.plans.findOneAndUpdate(
      { _id: id, status: { $in: [...from] } },
      { $set: change },
      { ...options, returnDocument: 'after' },
    );
    if (after !== null && closes)
      await this.heads.updateOne({ _id: after.program, open: id }, { $set: { open: null } }, options);
    return after;
  }
}
