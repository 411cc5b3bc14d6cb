import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { BudgetUsed, Effect } from '@verbena/shared/ledger/effect.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import {
  type BacktestReport,
  type BudgetOutcome,
  type MemberOutcome,
  NAMED_MAX,
  type Pair,
  UNDECIDED_MAX,
} from '@verbena/shared/backtests/backtests.routes.js';

/** What the tally reads of an entry, recorded or replayed. */
export interface TalliedEntry {
  readonly outcome: 'accepted' | 'refused';
  readonly lines: readonly PointsLine[];
  readonly effects: readonly Effect[];
}

/** What the tally reads of what a member holds at the end. */
export interface TalliedState extends Pick<MemberState, 'balances'> {
  readonly tier: { readonly id: string } | null;
}

/** One member as it was and as it would have been. */
export interface TalliedMember {
  readonly member: string;
  readonly live: { readonly entries: readonly TalliedEntry[]; readonly state: TalliedState };
  readonly draft: { readonly entries: readonly TalliedEntry[]; readonly state: TalliedState | null };
  readonly skipped: number;
}

/** What one part found. Plain data: it travels from a child process into the database, and parts add up. */
export interface PartTally {
  members: number;
  entries: number;
  issued: Pair;
  balances: Pair;
  winners: number;
  losers: number;
  same: number;
  topWinners: MemberOutcome[];
  topLosers: MemberOutcome[];
  /** By index of `BOUNDS`. */
  distribution: number[];
  days: Record<string, Pair>;
  /** `from>to`, as ids; the empty string is none. */
  tiers: Record<string, number>;
  missions: Record<string, Pair>;
  badges: Record<string, Pair>;
  refused: Pair;
  skipped: number;
  undecided: { member: string; reason: string }[];
  undecidedCount: number;
  /** What was used in fact of what all share, by `budgetKey`. */
  shared: Record<string, number>;
}

/** How a member counts: once (`1`), or, decided on what was not so, no longer (`-1`). */
export interface Counting {
  readonly sign?: 1 | -1;
  /** Whether it may be among those who are named at either end; members who may be decided again are added to those later. */
  readonly isRanked?: boolean;
  /** What it earned in fact, where what it did in fact is counted already. */
  readonly live?: number;
}

/** The steps of the distribution: how many points more or less. */
export const BOUNDS: readonly (readonly [from: number | null, to: number | null])[] = [
  [null, -1_000],
  [-999, -100],
  [-99, -10],
  [-9, -1],
  [0, 0],
  [1, 9],
  [10, 99],
  [100, 999],
  [1_000, null],
];

export function newTally(): PartTally {
  return {
    members: 0,
    entries: 0,
    issued: newPair(),
    balances: newPair(),
    winners: 0,
    losers: 0,
    same: 0,
    topWinners: [],
    topLosers: [],
    distribution: BOUNDS.map(() => 0),
    days: {},
    tiers: {},
    missions: {},
    badges: {},
    refused: newPair(),
    skipped: 0,
    undecided: [],
    undecidedCount: 0,
    shared: {},
  };
}

/** Adds one member to a tally, or takes it away again; answers what it earned. `currency` is the one that is told. */
export function tallyMember(
  tally: PartTally,
  currency: string,
  member: TalliedMember,
  { sign = 1, isRanked = true, live: known }: Counting = {},
): Pair {
  tally.members += sign;
  tally.entries += sign * member.live.entries.length;
  tally.skipped += sign * member.skipped;
  const earned = newPair();
  for (const side of ['live', 'draft'] as const) {
    const { entries, state } = member[side];
    const counted = tallyEntries(tally, side, currency, entries, sign);
    earned[side] = side === 'live' ? (known ?? counted) : counted;
    tally.issued[side] += sign * earned[side];
    tally.balances[side] += sign * (state?.balances[currency] ?? 0);
  }
  for (const { budget, period, amount } of member.live.entries.flatMap(usesOf)) {
    const key = budgetKey(budget, period);
    tally.shared[key] = (tally.shared[key] ?? 0) + sign * amount;
  }
  const { live, draft } = earned;
  const difference = draft - live;
  if (difference === 0) tally.same += sign;
  else tally[difference > 0 ? 'winners' : 'losers'] += sign;
  const step = BOUNDS.findIndex(
    ([from, to]) => (from === null || difference >= from) && (to === null || difference <= to),
  );
  tally.distribution[step] = (tally.distribution[step] ?? 0) + sign;
  if (isRanked) rankMember(tally, { member: member.member, live, draft });
  const move = `${member.live.state.tier?.id ?? ''}>${member.draft.state?.tier?.id ?? ''}`;
  tally.tiers[move] = (tally.tiers[move] ?? 0) + sign;
  return earned;
}

/** Names a member at either end where it belongs there. */
export function rankMember(tally: PartTally, outcome: MemberOutcome): void {
  if (outcome.draft > outcome.live) tally.topWinners = topOf([...tally.topWinners, outcome], 1);
  if (outcome.draft < outcome.live) tally.topLosers = topOf([...tally.topLosers, outcome], -1);
}

function usesOf({ effects }: TalliedEntry): BudgetUsed[] {
  return effects.filter((effect) => effect.type === 'budget.used');
}

/** A member that could not be decided: it counts nowhere else. */
export function tallyUndecided(tally: PartTally, member: string, reason: string): void {
  tally.undecidedCount += 1;
  if (tally.undecided.length < UNDECIDED_MAX) tally.undecided.push({ member, reason: reason.slice(0, 300) });
}

/** Adds up one side of a member; answers its points of the currency, net of what was taken back. */
function tallyEntries(
  tally: PartTally,
  side: keyof Pair,
  currency: string,
  entries: readonly TalliedEntry[],
  sign: 1 | -1,
): number {
  let earned = 0;
  for (const { outcome, lines, effects } of entries) {
    if (outcome === 'refused') tally.refused[side] += sign;
    for (const line of lines) {
      if (line.currency !== currency || (line.kind !== 'earn' && line.kind !== 'reverse')) continue;
      earned += line.amount;
      addTo(tally.days, line.lot.activated, side, sign * line.amount);
    }
    for (const effect of effects) {
      if (effect.type === 'mission.completed') addTo(tally.missions, effect.mission, side, sign);
      if (effect.type === 'mission.reverted' && effect.takenBack) addTo(tally.missions, effect.mission, side, -sign);
      if (effect.type === 'badge.granted') addTo(tally.badges, effect.badge, side, sign);
      if (effect.type === 'badge.revoked')
        addTo(tally.badges, effect.badge, side, -sign * (Object.keys(effect.counts ?? {}).length || 1));
    }
  }
  return earned;
}

/** The sum of what the parts found. */
export function mergeTallies(parts: readonly PartTally[]): PartTally {
  const sum = newTally();
  for (const part of parts) {
    for (const name of ['members', 'entries', 'winners', 'losers', 'same', 'skipped', 'undecidedCount'] as const)
      sum[name] += part[name];
    for (const name of ['issued', 'balances', 'refused'] as const)
      for (const side of ['live', 'draft'] as const) sum[name][side] += part[name][side];
    for (const name of ['days', 'missions', 'badges'] as const)
      for (const [key, { live, draft }] of Object.entries(part[name])) {
        addTo(sum[name], key, 'live', live);
        addTo(sum[name], key, 'draft', draft);
      }
    for (const name of ['tiers', 'shared'] as const)
      for (const [key, count] of Object.entries(part[name])) sum[name][key] = (sum[name][key] ?? 0) + count;
    sum.distribution = sum.distribution.map((count, step) => count + (part.distribution[step] ?? 0));
    sum.topWinners = topOf([...sum.topWinners, ...part.topWinners], 1);
    sum.topLosers = topOf([...sum.topLosers, ...part.topLosers], -1);
    sum.undecided = [...sum.undecided, ...part.undecided].slice(0, UNDECIDED_MAX);
  }
  return sum;
}

export interface ReportFrame {
  readonly currency: string | null;
  readonly seconds: number;
  readonly memoryMb: number;
  /** The missions, badges and tiers of the draft, in their order: what nobody has is told too. */
  readonly missions: readonly string[];
  readonly badges: readonly string[];
  readonly tiers: readonly string[];
}

/** What settling what all members share added to what the parts found. */
export interface SettledReport {
  readonly budgets: readonly BudgetOutcome[];
  readonly rounds: number;
  readonly unsettledCount: number;
}

const NOTHING_SHARED: SettledReport = { budgets: [], rounds: 0, unsettledCount: 0 };

/** The report of all parts together. */
export function reportOf(
  parts: readonly PartTally[],
  frame: ReportFrame,
  settled: SettledReport = NOTHING_SHARED,
): BacktestReport {
  const { days, tiers, missions, badges, distribution, shared: _, ...sums } = mergeTallies(parts);
  const pairs = (found: Readonly<Record<string, Pair>>, first: readonly string[]) =>
    [...new Set([...first, ...keysOf(found).toSorted()])].map((id) => ({ id, ...(found[id] ?? newPair()) }));
  const rank = (tier: string | null) => (tier === null ? -1 : frame.tiers.indexOf(tier));
  return {
    ...sums,
    budgets: [...settled.budgets],
    rounds: settled.rounds,
    unsettledCount: settled.unsettledCount,
    currency: frame.currency,
    seconds: Math.round(frame.seconds * 10) / 10,
    memoryMb: Math.round(frame.memoryMb),
    distribution: BOUNDS.map(([from, to], step) => ({ from, to, members: distribution[step] ?? 0 })),
    days: keysOf(days)
      .toSorted()
      .map((date) => ({ date, ...(days[date] ?? newPair()) })),
    tiers: Object.entries(tiers)
      .filter(([, members]) => members !== 0)
      .map(([move, members]) => {
        const [from = '', to = ''] = move.split('>');
        return { from: from === '' ? null : from, to: to === '' ? null : to, members };
      })
      .toSorted((a, b) => rank(a.from) - rank(b.from) || rank(a.to) - rank(b.to)),
    missions: pairs(missions, frame.missions).map((one) => ({
      ...one,
      isImpossible: frame.missions.includes(one.id) && one.live > 0 && one.draft === 0,
    })),
    badges: pairs(badges, frame.badges),
  };
}

/** What there is anything of: who was taken out again leaves noughts behind. */
function keysOf(pairs: Readonly<Record<string, Pair>>): string[] {
  return Object.entries(pairs).flatMap(([key, { live, draft }]) => (live === 0 && draft === 0 ? [] : [key]));
}

function newPair(): Pair {
  return { live: 0, draft: 0 };
}

function addTo(pairs: Record<string, Pair>, key: string, side: keyof Pair, amount: number): void {
  const pair = pairs[key] ?? newPair();
  pair[side] += amount;
  pairs[key] = pair;
}

/** The outcomes with the largest difference in one direction; of equal ones the lower id, so that the order is one. */
function topOf(outcomes: readonly MemberOutcome[], sign: 1 | -1): MemberOutcome[] {
  return outcomes
    .toSorted((a, b) => sign * (b.draft - b.live - (a.draft - a.live)) || (a.member < b.member ? -1 : 1))
    .slice(0, NAMED_MAX);
}
