import type { LotDates, PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { DecisionRun } from './decision-run.js';
import { own } from './own.js';

/**
 * Sees to it that the lot of a line holds what is about to be taken back from it. What expired meanwhile is entered again, so
 * that the balance stays where it is; for what was spent it goes as the currency says (`onReversal`). Everything is a line. `isGift`: staff
 * gave it, so what is still there goes under each of them.
 */
export function makeGood(run: DecisionRun, line: PointsLine, isGift = false): void {
  const { currency, amount, lot } = line;
  const policy = run.program.currencies.get(currency)?.definition.onReversal ?? 'withinBalance';
  const missing = amount - Math.min(amount, amountIn(run, currency, lot));
  const expired = Math.min(missing, expiredOf(run, line) ?? missing);
  const by = run.currencyOf(currency);
  if (expired > 0) {
    run.book({ currency, amount: expired, kind: 'expire', by, lot });
    run.receipt.fire('currency', by, { currency, amount: expired });
  }
  if (policy === 'pendingOnly') {
    const kept = (isGift ? missing : amount) - expired;
    if (kept > 0) run.book({ currency, amount: kept, kind: 'forgive', by, lot });
    return;
  }
  const short = missing - expired - cover(run, line, missing - expired);
  if (short === 0) return;
  if (policy === 'withinBalance') run.book({ currency, amount: short, kind: 'forgive', by, lot });
  else {
    const owe: PointsLine = { currency, amount: short, kind: 'owe', by, lot };
    run.book(owe);
    run.book({ ...owe, pocket: 'owed' });
  }
}

/** Moves points of other lots into the lot of a line, soonest expiry first; answers how many. */
function cover(run: DecisionRun, { currency, lot }: PointsLine, wanted: number): number {
  const by = run.currencyOf(currency);
  let left = wanted;
  for (const { amount, ...other } of run.lotsOf(currency)) {
    if (left === 0) break;
    if (isSameLot(other, lot)) continue;
    const taken = Math.min(left, amount);
    run.book({ currency, amount: -taken, kind: 'cover', by, lot: other });
    run.book({ currency, amount: taken, kind: 'cover', by, lot });
    left -= taken;
  }
  return wanted - left;
}

function amountIn(run: DecisionRun, currency: string, lot: LotDates): number {
  return (own(run.draft.state.lots, currency) ?? []).find((one) => isSameLot(one, lot))?.amount ?? 0;
}

/** How much of a lot expired that no reversal has entered again; undefined where nothing was ever spent. */
function expiredOf(run: DecisionRun, { currency, lot }: PointsLine): number | undefined {
  const told = run.facts.reversed?.expired;
  if (told === undefined) return undefined;
  const isOfLot = (one: { currency: string; lot: LotDates }): boolean =>
    one.currency === currency && isSameLot(one.lot, lot);
  const entered = run.lines.filter((line) => line.kind === 'expire' && line.amount > 0 && isOfLot(line));
  return Math.max(0, (told.find(isOfLot)?.amount ?? 0) - entered.reduce((sum, { amount }) => sum + amount, 0));
}

export function isSameLot(left: LotDates, right: LotDates): boolean {
  return left.activated === right.activated && left.expires === right.expires;
}
