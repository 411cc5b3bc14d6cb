import { Injectable } from '@nestjs/common';
import type mongoose from 'mongoose';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import {
  type BudgetPlace,
  type Counter,
  counterIdOf,
  type LanePortion,
  planPortion,
  type Portion,
  type PortionAsk,
  type PortionChange,
  portionIdOf,
  type PortionPlan,
} from './portions.js';
import { writeOnce } from './write-once.repository.js';

/** A counter (`lane` null) with what nobody has, or a lane's portion of it. */
type PortionDocument = BudgetPlace & { readonly _id: string; readonly counter: string; readonly left: number } & (
    ({ readonly lane: null } & Counter) | { readonly lane: string; readonly inHand: number }
  );

/** Tried so often in a row while others take from the same counter; then the caller waits a little. */
const TRIES = 5;

/** What became of a budget in a period: its counter, and what lies in the lanes' portions. */
export interface BudgetBalance extends BudgetPlace, Counter {
  readonly portions: number;
}

/**
 * What all members share, as counters and the lanes' portions of them. A portion belongs to a lane, not to whoever leads it:
 * a new leader finds it. Every change is a compare-and-set on the amount that was read, so nothing is ever given out twice.
 */
@Injectable()
@Repository()
export class PortionsRepository implements OwnsCollections {
  readonly collections = ['portions'];
  private readonly portions: mongoose.mongo.Collection<PortionDocument>;

  constructor(mongo: Mongo) {
    this.portions = mongo.collection('portions');
  }

  async ensureIndexes(): Promise<void> {
    await this.portions.createIndexes([{ key: { counter: 1 } }, { key: { program: 1, lane: 1 } }]);
  }

  /**
   * Sees to it that a lane's portion holds what is asked, in a short transaction of its own; null where others were always
   * faster, or the database would not: to be tried again. `session` is the lane's, so that who takes the lane over can end it.
   */
  async take(lane: string, ask: PortionAsk, session: Session): Promise<Portion | null> {
    const { place, least, terms } = ask;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const found = await this.portions.find<PortionDocument>({ counter: counterIdOf(place) }).toArray();
      const counter = found.find((one) => one.lane === null) ?? null;
      const portions = found.flatMap((one) =>
        one.lane === null ? [] : [{ lane: one.lane, left: one.left, inHand: one.inHand }],
      );
      const own = portions.find((one) => one.lane === lane)?.left ?? null;
      if (terms === null || (own ?? 0) >= least) return { left: own, isAll: false, isHeld: false };
      const plan = planPortion(counter, portions, lane, ask, terms);
      if (plan.counter.from !== null && !isMoved(plan.counter.from, plan.counter.to) && plan.portions.length === 0)
        return plan.answer;
      const result = await writeOnce(session, (open) => this.carryOut(place, plan, open));
      if (result === 'committed') return plan.answer;
    }
    return null;
  }

  private async carryOut(
    place: BudgetPlace,
    plan: PortionPlan,
    session: Session,
  ): Promise<'duplicate' | 'stale' | null> {
    const { from, to } = plan.counter;
    const counter = counterIdOf(place);
    try {
      if (from === null)
        await this.portions.insertOne({ _id: counter, ...place, counter, lane: null, ...to }, { session });
      else if (isMoved(from, to)) {
        const moved = await this.portions.updateOne(
          { _id: counter, left: from.left, over: from.over, limit: from.limit, version: from.version },
          { $set: { ...to } },
          { session },
        );
        if (moved.matchedCount !== 1) return 'stale';
      }
      const changes = plan.portions.map((one) => changeOf(place, one));
      return (await this.change(changes, session)) ? null : 'stale';
    } catch (error) {
      if (isDuplicateKey(error)) return 'duplicate';
      throw error;
    }
  }

  /** Writes a group's changes of its lane's portions, in the group's transaction; false where one is no longer what it was. */
  async write(lane: string, changes: readonly PortionChange[], session: Session): Promise<boolean> {
    const all = changes.map(({ place, ...change }) => changeOf(place, { lane, ...change, inHand: 0 }));
    return this.change(all, session);
  }

  private async change(changes: readonly ReturnType<typeof changeOf>[], session: Session): Promise<boolean> {
    // The driver refuses an empty list.
    if (changes.length === 0) return true;
    const written = await this.portions.bulkWrite([...changes], { session, ordered: true });
    return written.insertedCount + written.matchedCount === changes.length;
  }

  /** What stands of these budgets; those of which nothing was ever asked are left out. */
  async balances(places: readonly BudgetPlace[]): Promise<BudgetBalance[]> {
    if (places.length === 0) return [];
    return balancesOf(
      await this.portions.find<PortionDocument>({ counter: { $in: places.map(counterIdOf) } }).toArray(),
    );
  }

  /** Everything that a program ever shared, in every period. */
  async allBalances(program: string): Promise<BudgetBalance[]> {
    return balancesOf(await this.portions.find<PortionDocument>({ program }).toArray());
  }
}

/** A portion from what it must have been to what it is; `from` null: there is none yet. */
function changeOf(place: BudgetPlace, { lane, from, left, inHand }: LanePortion & { readonly from: number | null }) {
  const _id = portionIdOf(place, lane);
  return from === null
    ? { insertOne: { document: { _id, ...place, counter: counterIdOf(place), lane, left, inHand } } }
    : { updateOne: { filter: { _id, left: from }, update: { $set: { left, inHand } } } };
}

function balancesOf(found: readonly PortionDocument[]): BudgetBalance[] {
  const inPortions = new Map<string, number>();
  for (const { counter, lane, left } of found)
    if (lane !== null) inPortions.set(counter, (inPortions.get(counter) ?? 0) + left);
  return found.flatMap((one) => {
    if (one.lane !== null) return [];
    const { program, budget, period, counter, limit, version, left, over } = one;
    return [{ program, budget, period, limit, version, left, over, portions: inPortions.get(counter) ?? 0 }];
  });
}

function isMoved(from: Counter, to: Counter): boolean {
  return from.left !== to.left || from.limit !== to.limit || from.version !== to.version || from.over !== to.over;
}
