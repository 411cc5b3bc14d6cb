import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import type { Hold, PendingPoints } from '@verbena/shared/ledger/member-state.js';
import type { LineKind, PointsLine } from '@verbena/shared/ledger/points-line.js';
import { isDay } from '@verbena/shared/platform/given-time.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import {
  PointsActivated,
  PointsCancelled,
  PointsCaptured,
  PointsChanged,
  PointsHeld,
  PointsReleased,
  PointsRescheduled,
} from '@verbena/shared/points/points-activities.js';
import { assessTier } from './decide-tier.js';
import { type DecisionRun, Refusal } from './decision-run.js';
import { later } from './join-records.js';
import { own } from './own.js';

type PointsActivityType = Extract<SystemActivityType, `points.${string}`>;

/** What staff, shops and the clock do with points that are there already. Each is refused where what it names is not there. */
export const pointsDeciders: { [T in PointsActivityType]: (run: DecisionRun) => void } = {
  'points.activated': (run) => {
    refuseAmbiguous(run);
    const { pending } = PointsActivated.parse(run.activity.attributes);
    const { currency } = findPending(run, pending);
    activate(run, pending, run.seen.day[run.currency(currency).definition.zone].date);
  },
  'points.rescheduled': (run) => {
    refuseAmbiguous(run);
    const { pending, on } = PointsRescheduled.parse(run.activity.attributes);
    const { currency } = findPending(run, pending);
    if (!isDay(on)) throw new Refusal('day.notFound');
    const today = run.facts.calendar.now[run.currency(currency).definition.zone];
    if (on <= today) activate(run, pending, today);
    else run.record({ type: 'pending.set', pending, currency, on });
  },
  'points.cancelled': (run) => {
    refuseAmbiguous(run);
    const { pending } = PointsCancelled.parse(run.activity.attributes);
    const { amount, by, budgets = [] } = findPending(run, pending);
    cancel(run, pending, amount);
    const giver = { kind: by.kind === 'mission' ? by.kind : ('rule' as const), id: by.id };
    for (const budget of budgets)
      run.record({ type: 'budget.used', ...budget, amount: -amount, by: giver, ref: pending });
  },
  'points.held': (run) => {
    const { currency, amount, until } = PointsHeld.parse(run.activity.attributes);
    refuseUnknown(run, currency);
    if (run.currency(currency).definition.kind === 'status') throw new Refusal('currency.notSpendable');
    if (until !== undefined && !isDay(until)) throw new Refusal('day.notFound');
    if (until !== undefined && until < run.facts.calendar.now[run.currency(currency).definition.zone])
      throw new Refusal('hold.over');
    const ref = run.newRef();
    for (const line of takeFrom(run, currency, amount, 'hold', ref))
      run.book({ ...line, amount: -line.amount, pocket: 'held' });
    run.record({ type: 'hold.set', hold: ref, currency, until: until ?? null });
  },
  'points.captured': (run) => {
    refuseAmbiguous(run);
    const { hold: ref, amount, release: letsGo } = PointsCaptured.parse(run.activity.attributes);
    const hold = findHold(run, ref);
    let left = amount ?? heldIn(hold);
    if (left > heldIn(hold)) throw new Refusal('hold.tooLittle');
    for (const { amount: there, ...lot } of hold.lots) {
      if (left === 0) break;
      const taken = Math.min(left, there);
      const by = run.currencyOf(hold.currency);
      run.book({ currency: hold.currency, amount: -taken, kind: 'capture', by, lot, pocket: 'held', ref });
      left -= taken;
    }
    if (letsGo === true && own(run.draft.state.holds ?? {}, ref) !== undefined) release(run, ref);
  },
  'points.released': (run) => {
    refuseAmbiguous(run);
    const { hold } = PointsReleased.parse(run.activity.attributes);
    findHold(run, hold);
    release(run, hold);
  },
  'points.adjusted': (run) => {
    const { currency, amount } = PointsChanged.parse(run.activity.attributes);
    refuseUnknown(run, currency);
    if (amount > 0) give(run, currency, amount);
    const short = amount < 0 ? take(run, currency, -amount) : 0;
    // Nothing that could be taken is nothing that happened.
    if (short > 0 && short === -amount) throw new Refusal('points.notEnough');
    run.record({ type: 'points.adjusted', currency, amount, short });
  },
};

/** Makes pending points usable, as points earned on that day. */
export function activate(run: DecisionRun, ref: string, on: LocalDate): void {
  const { currency, amount, by, expires } = findPending(run, ref);
  const lot = { activated: on, expires: laterEnd(run.expiryOf(currency, on), expires) };
  run.book({ currency, amount: -amount, kind: 'activate', by, lot, pocket: 'pending', ref });
  run.earnOn(on, currency, amount, by, { ref, lot });
  assessTier(run);
}

/** What was promised when the points were earned holds, whatever a version or the tier says by now; who is better off now is. */
function laterEnd(present: LocalDate | null, promised: LocalDate | null = present): LocalDate | null {
  return present === null || promised === null ? null : later(present, promised);
}

/** Makes usable what waited for an activity of this type. */
export function activateByActivity(run: DecisionRun): void {
  for (const [ref, { currency, until }] of Object.entries(run.draft.state.pending ?? {}))
    if (until === run.activity.type) {
      const on = run.seen.day[run.currency(currency).definition.zone].date;
      activate(run, ref, on);
      run.extend(currency, on);
    }
}

/** Pending points, or a part of them, will never be usable. */
export function cancel(run: DecisionRun, ref: string, amount: number): void {
  const { currency, by, on } = findPending(run, ref);
  const lot = { activated: on ?? run.seen.day[run.currency(currency).definition.zone].date, expires: null };
  run.book({ currency, amount: -amount, kind: 'cancel', by, lot, pocket: 'pending', ref });
}

/**
 * Gives held points back to the balance, in the lots that they came from; those that expired meanwhile expire now, also where
 * they did for want of activity: they were the member's all along.
 */
export function release(run: DecisionRun, ref: string): void {
  const { currency, lots, lapsed } = findHold(run, ref);
  const by = run.currencyOf(currency);
  for (const { amount, ...lot } of lots) {
    const line: PointsLine = { currency, amount, kind: 'release', by, lot, ref };
    run.book({ ...line, amount: -amount, pocket: 'held' });
    run.book(line);
    if (run.isOver(currency, lot, lapsed)) run.expire(currency, lot, amount);
  }
}

/** Staff give: points of today, which nobody earned; so they end as the currency says, whatever the tier, and keep nothing else. */
function give(run: DecisionRun, currency: string, amount: number): void {
  const { definition, expiresOn } = run.currency(currency);
  const activated = run.facts.calendar.now[definition.zone];
  const lot = { activated, expires: expiresOn(activated) };
  run.book({ currency, amount, kind: 'adjust', by: run.currencyOf(currency), lot });
  run.begin(currency, activated);
}

/** Staff take: as far as there is any, or, where the currency lets it, on what will be earned. Answers what was not there. */
function take(run: DecisionRun, currency: string, amount: number): number {
  const there = own(run.draft.state.balances, currency) ?? 0;
  const short = Math.max(0, amount - there);
  const { definition } = run.currency(currency);
  const by = run.currencyOf(currency);
  if (short > 0 && definition.onReversal === 'negative') {
    const lot = { activated: run.facts.calendar.now[definition.zone], expires: null };
    const owe: PointsLine = { currency, amount: short, kind: 'owe', by, lot };
    run.book(owe);
    run.book({ ...owe, pocket: 'owed' });
  }
  const taken = definition.onReversal === 'negative' ? amount : amount - short;
  if (taken > 0) takeFrom(run, currency, taken, 'adjust');
  return amount - taken;
}

/**
 * Takes points from the balance, those that end soonest first; answers the lines.
 * @throws {Refusal} `points.notEnough`
 */
export function takeFrom(
  run: DecisionRun,
  currency: string,
  amount: number,
  kind: LineKind,
  ref?: string,
): PointsLine[] {
  if ((own(run.draft.state.balances, currency) ?? 0) < amount) throw new Refusal('points.notEnough');
  const lines: PointsLine[] = [];
  let left = amount;
  for (const { amount: there, ...lot } of run.lotsOf(currency)) {
    if (left === 0) break;
    const taken = Math.min(left, there);
    const line: PointsLine = { currency, amount: -taken, kind, by: run.currencyOf(currency), lot };
    lines.push(ref === undefined ? line : { ...line, ref });
    left -= taken;
  }
  for (const line of lines) run.book(line);
  return lines;
}

export function refuseUnknown(run: DecisionRun, currency: string): void {
  if (!run.program.currencies.has(currency)) throw new Refusal('currency.notFound');
}

/** A name of a joined account that is also one of this one's own: nobody guesses which is meant. */
function refuseAmbiguous(run: DecisionRun): void {
  const { asked } = run.activity.attributes;
  if (typeof asked !== 'string') return;
  const { pending = {}, holds = {} } = run.before;
  if (own(pending, asked) !== undefined || own(holds, asked) !== undefined) throw new Refusal('hold.ambiguous');
}

function findPending(run: DecisionRun, ref: string): PendingPoints {
  const found = own(run.draft.state.pending ?? {}, ref);
  if (found === undefined) throw new Refusal('pending.notFound');
  return found;
}

function findHold(run: DecisionRun, ref: string): Hold {
  const found = own(run.draft.state.holds ?? {}, ref);
  if (found === undefined) throw new Refusal('hold.notFound');
  return found;
}

function heldIn({ lots }: Hold): number {
  return lots.reduce((sum, { amount }) => sum + amount, 0);
}
