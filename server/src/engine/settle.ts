import { activate, release } from './decide-points.js';
import { stepDown } from './decide-tier.js';
import type { DecisionRun } from './decision-run.js';
import { endBadge } from './decide-badges.js';
import { keepStreak } from './decide-streak.js';
import { nextDue, type Due } from './due.js';

/** Settles everything that is due by the member's time, oldest first, and what thereby becomes due. */
export function settle(run: DecisionRun): void {
  const isDue = ({ date, zone }: Due): boolean => date <= run.facts.calendar.now[zone];
  for (;;) {
    const thing = nextDue(run.program, run.draft.state, isDue);
    if (thing === null) return;
    if (thing.what === 'pending') activate(run, thing.ref, thing.date);
    else if (thing.what === 'hold') release(run, thing.ref);
    else if (thing.what === 'lot') expireFirstLot(run, thing.currency);
    else if (thing.what === 'streak') keepStreak(run, thing);
    else if (thing.what === 'badge') endBadge(run, thing.badge, 'time');
    else stepDown(run);
  }
}

function expireFirstLot(run: DecisionRun, id: string): void {
  const currency = run.program.currencies.get(id);
  const lot = run.draft.state.lots[id]?.[0];
  if (currency === undefined || lot === undefined) throw new Error(`There is no lot of ${id} to expire.`);
  const { activated, expires, amount } = lot;
  const by = { kind: 'currency', id, rev: currency.definition.rev } as const;
  run.book({ currency: id, amount: -amount, kind: 'expire', by, lot: { activated, expires } });
  run.receipt.fire('currency', currency.definition, { currency: id, amount: -amount });
}
