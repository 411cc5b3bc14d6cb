import type { WhenShort } from '@verbena/shared/programs/budget.js';

/** A budget of a program in one of its periods. */
export interface BudgetPlace {
  readonly program: string;
  readonly budget: string;
  readonly period: string;
}

export function counterIdOf({ program, budget, period }: BudgetPlace): string {
  return `${program}|${budget}@${period}`;
}

export function portionIdOf(place: BudgetPlace, lane: string): string {
  return `${counterIdOf(place)}|${lane}`;
}

/** What a version says of a budget: the newest version that asks sets the limit. */
export interface BudgetTerms {
  readonly limit: number;
  readonly version: number;
  readonly whenShort: WhenShort;
}

/**
 * A lane wants its portion to be so much at least; without terms (a budget that is no more) it only wants to know it. `isForced`:
 * it waited long enough for what another lane's group has in hand, which may be of a leader that is no more.
 */
export interface PortionAsk {
  readonly place: BudgetPlace;
  readonly least: number;
  readonly terms: BudgetTerms | null;
  readonly isForced?: boolean;
}

/**
 * The lane's portion; null: it has none yet. `isAll`: there is no more to be had, anywhere. `isHeld`: there is not enough but for
 * what groups of other lanes have in hand; whether they use it is known when they are committed.
 */
export interface Portion {
  readonly left: number | null;
  readonly isAll: boolean;
  readonly isHeld: boolean;
}

/** What a group made of the lane's portion: from what it must have been to what it is. */
export interface PortionChange {
  readonly place: BudgetPlace;
  readonly from: number | null;
  readonly left: number;
}

/**
 * What no lane has taken yet. `over` is by how much the limit was lowered below what was out and used:
 * `left + portions + used = limit + over`, at every instant.
 */
export interface Counter {
  readonly limit: number;
  readonly version: number;
  readonly left: number;
  readonly over: number;
}

/** What a lane has taken; `inHand` of it its present group asked for, so that it is not to be taken from under it. */
export interface LanePortion {
  readonly lane: string;
  readonly left: number;
  readonly inHand: number;
}

/** What changes hands: each amount from what it must have been to what it becomes. */
export interface PortionPlan {
  /** `from` null: nobody asked before. */
  readonly counter: { readonly from: Counter | null; readonly to: Counter };
  readonly portions: readonly (LanePortion & { readonly from: number | null })[];
  readonly answer: Portion;
}

/** The counter under what a version says of it. A raised limit leaves more; a lowered one less, and never what is out already. */
export function followTerms(counter: Counter | null, { limit, version }: BudgetTerms): Counter {
  if (counter === null) return { limit, version, left: limit, over: 0 };
  if (version <= counter.version) return counter;
  const left = counter.left - counter.over + limit - counter.limit;
  return { limit, version, left: Math.max(0, left), over: Math.max(0, -left) };
}

/**
 * How a lane comes to what it asks: from what nobody has (a share of it, so that it need not come again soon; the share shrinks to
 * 1 near the end), and where that is not enough from other lanes, also those of which nobody hears any more: half of what they
 * have and no group asked for, or what it takes. Where all together is too little, it takes that only where a part is of use.
 */
export function planPortion(
  found: Counter | null,
  portions: readonly LanePortion[],
  lane: string,
  { least, isForced = false }: Pick<PortionAsk, 'least' | 'isForced'>,
  terms: BudgetTerms,
): PortionPlan {
  const counter = followTerms(found, terms);
  const own = portions.find((one) => one.lane === lane)?.left ?? null;
  const isFree = terms.whenShort === 'partial';
  const others = portions
    .filter((one) => one.lane !== lane && one.left > 0)
    .map((one) => ({ ...one, inHand: isForced ? 0 : Math.min(one.inHand, one.left) }))
    .toSorted((a, b) => b.left - b.inHand - (a.left - a.inHand));
  const held = others.reduce((sum, { inHand }) => sum + inHand, 0);
  const reachable = others.reduce((sum, { left, inHand }) => sum + left - inHand, counter.left);
  const missing = least - (own ?? 0);
  const isEnough = reachable >= missing;
  const isHeld = !isEnough && held > 0 && (isFree || reachable + held >= missing);
  const wanted = isEnough ? missing : isFree && !isHeld ? reachable : 0;
  const fromCounter = wanted <= 0 ? 0 : Math.min(counter.left, Math.max(wanted, shareOf(counter.left, lane)));
  const taken = takeFromOthers(others, wanted - fromCounter);
  const gained = taken.reduce((sum, { from, left }) => sum + from - left, fromCounter);
  const left = gained === 0 ? own : (own ?? 0) + gained;
  const ownChange = { lane, from: own, left: left ?? 0, inHand: Math.min(least, left ?? 0) };
  return {
    counter: { from: found, to: { ...counter, left: counter.left - fromCounter } },
    portions: gained === 0 ? taken : [...taken, ownChange],
    answer: { left, isAll: !isEnough && !isHeld, isHeld },
  };
}

function takeFromOthers(others: readonly LanePortion[], wanted: number): (LanePortion & { readonly from: number })[] {
  const changes: (LanePortion & { readonly from: number })[] = [];
  let missing = wanted;
  for (const { lane, left, inHand } of others) {
    if (missing <= 0) break;
    const taken = Math.min(left - inHand, Math.max(missing, Math.ceil((left - inHand) / 2)));
    if (taken > 0) changes.push({ lane, from: left, left: left - taken, inHand });
    missing -= taken;
  }
  return changes;
}

/** Of what is left, half of a lane's even share. */
function shareOf(left: number, lane: string): number {
  return Math.ceil(left / (2 * Math.max(1, Number.parseInt(lane, 10) || 1)));
}
