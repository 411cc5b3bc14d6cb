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

/** A lane wants its portion to be so much at least; without terms (a budget that is no more) it only wants to know it. */
export interface PortionAsk {
  readonly place: BudgetPlace;
  readonly least: number;
  readonly terms: BudgetTerms | null;
}

/** The lane's portion; null: it has none yet. `isAll`: there is no more to be had, anywhere. */
export interface Portion {
  readonly left: number | null;
  readonly isAll: boolean;
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

export interface LanePortion {
  readonly lane: string;
  readonly left: number;
}

/** What changes hands: each amount from what it must have been to what it becomes. */
export interface PortionPlan {
  /** `from` null: nobody asked before. */
  readonly counter: { readonly from: Counter | null; readonly to: Counter };
  readonly portions: readonly { readonly lane: string; readonly from: number | null; readonly to: number }[];
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
 * How a lane comes to `least`: from what nobody has (a share of it, so that it need not come again soon; the share shrinks to 1
 * near the end), and where that is not enough from other lanes, also those of which nobody hears any more: half of what they have,
 * or what it takes. Where all together is too little, it takes that only where a part is of use.
 */
export function planPortion(
  found: Counter | null,
  portions: readonly LanePortion[],
  lane: string,
  least: number,
  terms: BudgetTerms,
): PortionPlan {
  const counter = followTerms(found, terms);
  const own = portions.find((one) => one.lane === lane)?.left ?? null;
  const others = portions.filter((one) => one.lane !== lane && one.left > 0).toSorted((a, b) => b.left - a.left);
  const reachable = others.reduce((sum, { left }) => sum + left, counter.left);
  const isEnough = (own ?? 0) + reachable >= least;
  const wanted = isEnough ? least - (own ?? 0) : terms.whenShort === 'partial' ? reachable : 0;
  const fromCounter = wanted <= 0 ? 0 : Math.min(counter.left, Math.max(wanted, shareOf(counter.left, lane)));
  let missing = wanted - fromCounter;
  const changes: { lane: string; from: number | null; to: number }[] = [];
  for (const other of others) {
    if (missing <= 0) break;
    const taken = Math.min(other.left, Math.max(missing, Math.ceil(other.left / 2)));
    changes.push({ lane: other.lane, from: other.left, to: other.left - taken });
    missing -= taken;
  }
  const gained = fromCounter + changes.reduce((sum, { from, to }) => sum + (from ?? 0) - to, 0);
  const left = gained === 0 ? own : (own ?? 0) + gained;
  if (gained > 0) changes.push({ lane, from: own, to: (own ?? 0) + gained });
  return {
    counter: { from: found, to: { ...counter, left: counter.left - fromCounter } },
    portions: changes,
    answer: { left, isAll: !isEnough },
  };
}

/** Of what is left, half of a lane's even share. */
function shareOf(left: number, lane: string): number {
  return Math.ceil(left / (2 * Math.max(1, Number.parseInt(lane, 10) || 1)));
}
