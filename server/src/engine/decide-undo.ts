import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { applyLine } from './apply-line.js';
import type { DecisionRun } from './decision-run.js';

/**
 * `undo.applied { plan }`: books what the member's journal and the same journal without the undone version differ by. All of it
 * was found out before and stands in `facts.undone`, so that nothing is decided twice; it sets nothing off.
 */
export function decideUndo(run: DecisionRun): void {
  const { undone } = run.facts;
  if (undone === undefined) throw new Error('Nobody found out what this undo takes back.');
  const sums = new Map<string, Pick<PointsLine, 'by' | 'currency' | 'amount'>>();
  for (const line of undone.lines) {
    // Not booked as if it were earned now: the counter of what was earned is part of the difference.
    applyLine(run.draft, line);
    run.lines.push(line);
    const { by, currency, amount, kind } = line;
    if (kind !== 'earn' && kind !== 'reverse' && kind !== 'expire') continue;
    const key = [by.kind, by.id, by.step, currency].join(' ');
    sums.set(key, { by, currency, amount: amount + (sums.get(key)?.amount ?? 0) });
  }
  for (const { by, currency, amount } of sums.values())
    if (amount !== 0) run.receipt.fire(by.kind, by, { currency, amount });
  for (const effect of undone.effects) run.record(effect);
}
