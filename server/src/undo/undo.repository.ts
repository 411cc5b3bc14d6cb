import { Injectable } from '@nestjs/common';
import type { ForgivenPoints } from '@verbena/shared/ledger/state-patch.js';
import type { UndoStatus } from '@verbena/shared/undo/undo-plans.routes.js';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { UndoPlanDocument } from './undo.schema.js';

const OPEN: UndoStatus[] = ['planning', 'planned', 'applying'];
const AT_WORK: UndoStatus[] = ['planning', 'applying'];

/** The door to `undoPlans`. What a plan did stands in the journals; here is who wanted it and what was found out before. */
@Injectable()
@Repository()
export class UndoRepository implements OwnsCollections {
  readonly collections = ['undoPlans'];

  constructor(private readonly mongo: Mongo) {}

  private get plans() {
    return this.mongo.collection<UndoPlanDocument>('undoPlans');
  }

  async ensureIndexes(): Promise<void> {
    // Two plans at once would each find what the other takes back.
    await this.plans.createIndex(
      { program: 1 },
      { unique: true, partialFilterExpression: { isOpen: true }, name: 'oneOpen' },
    );
    await this.plans.createIndex({ program: 1, _id: -1 });
  }

  /** @throws a duplicate key where another plan of the program is open */
  async create(plan: UndoPlanDocument, session: Session): Promise<void> {
    await this.plans.insertOne(plan, { session });
  }

  async find(scope: Scope, id: string): Promise<UndoPlanDocument | null> {
    return this.plans.findOne({ _id: id, program: scope.program });
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

  /** Counts one more member that was corrected, with what was forgiven to it. */
  async count(id: string, forgiven: readonly ForgivenPoints[]): Promise<void> {
    const more = forgiven.map(({ currency, amount }) => [`applied.forgiven.${currency}`, amount]);
    await this.plans.updateOne({ _id: id }, { $inc: { 'applied.members': 1, ...Object.fromEntries(more) } });
  }

  /** Changes a plan that is in such a state; null where it is not. */
  async change(
    id: string,
    from: readonly UndoStatus[],
    change: Partial<UndoPlanDocument>,
    session?: Session,
  ): Promise<UndoPlanDocument | null> {
    const { status } = change;
    const isOpen = status === undefined ? {} : { isOpen: OPEN.includes(status) };
    return this.plans.findOneAndUpdate(
      { _id: id, status: { $in: [...from] } },
      { $set: { ...change, ...isOpen } },
      { returnDocument: 'after', ...(session === undefined ? {} : { session }) },
    );
  }
}
