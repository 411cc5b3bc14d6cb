import type { Lot } from '@verbena/shared/ledger/member-state.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { activate, release } from './decide-points.js';
import { stepDown, warnOfTierEnd } from './decide-tier.js';
import type { DecisionRun } from './decision-run.js';
import { endBadge } from './decide-badges.js';
import { keepStreak } from './decide-streak.js';
import { type Due, type DueThing, endOfLot, inactiveOn, nextDue } from './due.js';
import { own } from './own.js';

/** Settles everything that is due by the member's time, oldest first, and what thereby becomes due. */
export function settle(run: DecisionRun): void {
  const isDue = ({ date, zone }: Due): boolean => date <= run.facts.calendar.now[zone];
  for (;;) {
    const thing = nextDue(run.program, run.draft.state, isDue);
    if (thing === null) return;
    settleOne(run, thing);
  }
}

function settleOne(run: DecisionRun, thing: DueThing): void {
  switch (thing.what) {
    case 'pending':
      return activate(run, thing.ref, thing.date);
    case 'hold':
      return release(run, thing.ref);
    case 'lot':
      return expire(run, thing.currency, run.draft.state.lots[thing.currency]?.slice(0, 1) ?? []);
    case 'inactivity':
      return expire(
        run,
        thing.currency,
        run.draft.state.lots[thing.currency]?.filter(run.currency(thing.currency).endsWithTerm) ?? [],
      );
    case 'notice':
      return notice(run, thing.currency, thing.expires);
    case 'streak':
      return keepStreak(run, thing);
    case 'badge':
      return endBadge(run, thing.badge, 'time');
    case 'tierNotice':
      return warnOfTierEnd(run);
    case 'tier':
      return stepDown(run);
  }
}

function expire(run: DecisionRun, id: string, lots: readonly Lot[]): void {
  if (lots.length === 0) throw new Error(`There is no lot of ${id} to expire.`);
  for (const { amount, ...lot } of lots) run.expire(id, lot, amount);
}

/**
 * The clock tells of ends later than those that it told of. Of points that come with a sooner one the member is told as they come.
 */
export function noticeSooner(run: DecisionRun): void {
  for (const [id, told] of Object.entries(run.before.noticed ?? {})) {
    if (run.program.currencies.get(id)?.definition.notice === undefined) continue;
    const known = new Set((own(run.before.lots, id) ?? []).map(({ expires }) => expires));
    const ends = new Set((own(run.draft.state.lots, id) ?? []).flatMap(({ expires }) => expires ?? []));
    for (const expires of ends) if (expires <= told && !known.has(expires)) notice(run, id, expires);
  }
}

/** Tells of all the points that end on that day. */
function notice(run: DecisionRun, id: string, expires: LocalDate): void {
  const currency = run.currency(id);
  const inactive = inactiveOn(currency, run.draft.state);
  const amount = (own(run.draft.state.lots, id) ?? [])
    .filter((lot) => endOfLot(currency, lot, inactive) === expires)
    .reduce((sum, lot) => sum + lot.amount, 0);
  run.record({ type: 'expiry.noticed', currency: id, amount, expires });
}
