import type { EndedSooner } from '@verbena/shared/ledger/facts.js';
import type { DecisionRun } from './decision-run.js';
import { isSameLot } from './make-good.js';
import { own } from './own.js';

/**
 * What is taken back keeps nothing alive any more: the term is what it would be without it. What would have ended before today ends
 * now, and not in the past. `isExact`: it may be later too, where a gift with which a term began kept another one from beginning.
 */
export function endSooner(run: DecisionRun, { currency, until, ended }: EndedSooner, isExact = false): void {
  const present = own(run.draft.state.activeUntil ?? {}, currency);
  if (isExact && until !== null && until > (present ?? '')) run.record({ type: 'expiry.extended', currency, until });
  if (present !== undefined && (until === null || until < present))
    run.record({ type: 'expiry.shortened', currency, until });
  for (const { amount: there, ...lot } of [...(own(run.draft.state.lots, currency) ?? [])]) {
    if (!run.currency(currency).endsWithTerm(lot)) continue;
    const told = ended.find((one) => isSameLot(one.lot, lot))?.amount ?? 0;
    const moved = run.lines.reduce(
      (sum, line) =>
        line.currency === currency && line.pocket === undefined && isSameLot(line.lot, lot) ? sum + line.amount : sum,
      0,
    );
    // Of what would be over some was taken back just now.
    const over = run.isOver(currency, lot) ? there : Math.min(there, told + Math.min(0, moved));
    if (over > 0) run.expire(currency, lot, over);
  }
}
