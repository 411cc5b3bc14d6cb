import type { ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LotDates, PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram } from './compiled-program.js';
import type { DecisionRun } from './decision-run.js';
import { isSameLot, makeGood } from './make-good.js';
import { own } from './own.js';
import type { Move, PastEntry } from './past-entry.js';
import type { PastStates } from './past-states.js';
import type { StandingPast } from './standing-past.js';

/** A member's past as it is read for a move that is taken back, and the state that it comes to. */
export interface MovedPast {
  readonly program: CompiledProgram;
  readonly state: MemberState;
  readonly past: StandingPast;
  readonly states: PastStates;
}

/** The lines of a move that still stand, of which a part may be taken back; below 0 what left the balance. */
const standingOf: { readonly [M in Move]: (read: MovedPast, entry: PastEntry) => PointsLine[] } = {
  'points.captured': ({ past }, entry) =>
    entry.lines.flatMap((line) => {
      if (line.kind !== 'capture') return [];
      const amount = line.amount + givenBack(past, entry, line);
      return amount < 0 ? [{ ...line, amount }] : [];
    }),
  'points.adjusted': ({ past, state }, entry) => {
    const lines = entry.lines.filter(({ kind }) => kind === 'adjust');
    const lent = entry.lines.find(({ kind, pocket }) => kind === 'owe' && pocket === undefined);
    return lent === undefined ? lines : whereItWasPaid(past, state, entry, lines, lent);
  },
};

/**
 * What is to be taken back of a capture or of what staff gave or took: all of it, or `amount`, as if so much less had been captured; so
 * what would have been left longest comes back first. `over` and `forgiven` are for points that come back to their lots.
 */
export function movedOf(
  read: MovedPast,
  move: Move,
  entry: PastEntry,
  amount = Infinity,
): Pick<ReversedEntry, 'lines' | 'part' | 'over' | 'forgiven'> {
  const standing = standingOf[move](read, entry);
  const lines: PointsLine[] = [];
  let left = amount;
  for (const line of standing.toReversed()) {
    const taken = Math.min(left, Math.abs(line.amount));
    if (taken > 0) lines.unshift({ ...line, amount: Math.sign(line.amount) * taken });
    left -= taken;
  }
  const over = lines.flatMap((line) => (isOverSince(read, entry, line) ? [placeOf(line)] : []));
  const forgiven = lines[0] === undefined ? 0 : forgivenSince(read, entry, lines[0]);
  return {
    lines,
    ...(sumOf(lines) === sumOf(standing) ? {} : { part: true }),
    ...(over.length === 0 ? {} : { over }),
    ...(forgiven > 0 ? { forgiven } : {}),
  };
}

/** Takes what staff gave, as far as it is there, and gives back what was captured or taken, in the lots that it was in. */
export function moveBack(run: DecisionRun, { lines }: ReversedEntry): void {
  for (const line of lines) {
    if (line.amount < 0) comeBack(run, line);
    else {
      makeGood(run, line, true);
      run.book({ ...line, amount: -line.amount });
    }
  }
}

/**
 * Puts points back into the lot that they left, as if they had stayed there: what was left to the member because they were gone is
 * taken now, what it owes is paid, and what ended meanwhile ends now. Nothing lasts longer by it, and no term begins.
 */
function comeBack(run: DecisionRun, { pocket, ...line }: PointsLine): void {
  const { currency, lot, kind } = line;
  let left = -line.amount;
  if (pocket === undefined) run.book({ ...line, amount: left });
  else {
    // The capture is negated, and then lets go of what it held.
    run.book({ ...line, amount: left, pocket });
    run.book({ ...line, amount: -left, kind: 'release', pocket });
    run.book({ ...line, amount: left, kind: kind === 'capture' ? 'release' : kind });
  }
  const by = run.currencyOf(currency);
  const taken = run.lines.reduce((sum, one) => (one.kind === 'forgive' ? sum - one.amount : sum), 0);
  const forgiven = Math.min(left, (run.facts.reversed?.forgiven ?? 0) - taken);
  if (forgiven > 0) run.book({ currency, amount: -forgiven, kind: 'forgive', by, lot });
  left -= forgiven;
  left -= left === 0 ? 0 : run.repay({ ...line, amount: left });
  const isOver = run.isOver(currency, lot) || run.facts.reversed?.over?.some((one) => isOf(one, line)) === true;
  if (left > 0 && isOver) run.expire(currency, lot, left);
}

/** How much of a line of a capture came back already. */
function givenBack(past: StandingPast, { seq }: PastEntry, line: PointsLine): number {
  const backs = past.entries.filter(({ effects }) =>
    effects.some((effect) => effect.type === 'activity.reversed' && effect.seq === seq),
  );
  return sumOf(backs.flatMap(({ lines }) => lines.filter((one) => one.kind === 'capture' && isOf(one, line))));
}

/**
 * What staff took of points that were not there yet is owed, and goes with the debt; what was paid of it since comes back to the lots
 * out of which it was, the newest first.
 */
function whereItWasPaid(
  past: StandingPast,
  { owed = {} }: MemberState,
  entry: PastEntry,
  lines: readonly PointsLine[],
  lent: PointsLine,
): PointsLine[] {
  let paid = lent.amount - Math.min(lent.amount, own(owed, lent.currency) ?? 0);
  const stillOwed = lent.amount - paid;
  const found: PointsLine[] = [];
  for (const one of past.entries
    .slice(past.entries.indexOf(entry) + 1)
    .flatMap((later) => later.lines)
    .toReversed()) {
    if (one.kind !== 'repay' || one.pocket !== undefined || one.currency !== lent.currency || paid === 0) continue;
    const amount = Math.min(paid, -one.amount);
    found.push({ ...lent, kind: 'adjust', lot: one.lot, amount: -amount });
    paid -= amount;
  }
  const owing = stillOwed + paid;
  const first = owing === 0 ? [] : [{ ...lent, kind: 'adjust' as const, amount: -owing }];
  const rest = lines.map((line) => (isOf(line, lent) ? { ...line, amount: line.amount + lent.amount } : line));
  return [...first, ...rest.filter(({ amount }) => amount < 0), ...found];
}

/** Whether a lot without an end of its own was over for want of activity while its points were away: another term may run by now. */
function isOverSince({ program, past, states }: MovedPast, entry: PastEntry, line: PointsLine): boolean {
  const { currency, lot, amount } = line;
  const found = program.currencies.get(currency);
  if (amount > 0 || found === undefined || !found.endsWithTerm(lot)) return false;
  const { zone } = found.definition;
  const away = sinceAway(past, entry, line);
  let last = away[0];
  for (const one of away.slice(1)) {
    const isJoining = one.effects.some((effect) => effect.type === 'member.absorbed' && effect.from === last?.member);
    if (last === undefined || (one.member !== last.member && !isJoining)) continue;
    const until = own((isJoining ? states.after(last) : states.before(one)).activeUntil ?? {}, currency);
    if (until !== undefined && until < one.facts.calendar.now[zone]) return true;
    last = one;
  }
  return false;
}

/**
 * How much was left to the member since, because it was not there: whatever lot that was in, those that were would have covered it. Of an
 * account that was joined since only what came after. Under `pendingOnly` all is left to it, there or not, but what staff gave.
 */
function forgivenSince({ program, past }: MovedPast, entry: PastEntry, line: PointsLine): number {
  if (line.amount > 0) return 0;
  const isPendingOnly = program.currencies.get(line.currency)?.definition.onReversal === 'pendingOnly';
  const away = new Set(sinceAway(past, entry, line));
  const accounts = new Set([entry.member]);
  let before = 0;
  let since = 0;
  for (const one of past.entries) {
    for (const effect of one.effects)
      if (effect.type === 'member.absorbed' && accounts.has(effect.from)) accounts.add(one.member);
    if (!accounts.has(one.member)) continue;
    for (const { kind, currency, amount } of one.lines) {
      if (kind !== 'forgive' || currency !== line.currency) continue;
      if (isPendingOnly && amount > 0 && one.facts.reversed?.type !== 'points.adjusted') continue;
      // What came back already took of it what was left longest ago.
      if (amount > 0 && away.has(one)) since += amount;
      else if (amount > 0) before += amount;
      else {
        const old = Math.min(before, -amount);
        before -= old;
        since -= Math.min(since, -amount - old);
      }
    }
  }
  return since;
}

/** The journal since points left the balance: what was captured was set aside before. */
function sinceAway(past: StandingPast, entry: PastEntry, { ref }: PointsLine): readonly PastEntry[] {
  const isAway = (one: PastEntry): boolean =>
    one === entry || (ref !== undefined && one.lines.some((line) => line.ref === ref));
  return past.entries.slice(past.entries.findIndex(isAway));
}

function isOf(
  one: { readonly currency: string; readonly lot: LotDates },
  other: { readonly currency: string; readonly lot: LotDates },
): boolean {
  return one.currency === other.currency && isSameLot(one.lot, other.lot);
}

function placeOf({ currency, lot }: PointsLine): { currency: string; lot: LotDates } {
  return { currency, lot };
}

function sumOf(lines: readonly PointsLine[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0);
}
