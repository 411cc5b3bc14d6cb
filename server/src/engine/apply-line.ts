import type { Earned, Lot } from '@verbena/shared/ledger/member-state.js';
import type { LotDates, Pocket, PointsLine } from '@verbena/shared/ledger/points-line.js';
import { own } from './own.js';
import { setHold, setPending, setTransit } from './pockets.js';
import type { StateDraft } from './state-draft.js';

/**
 * Writes one movement of points into a draft: in the available balance its lot and what was earned too.
 * @throws where a balance or lot would fall below zero or a sum would stop being exact; nobody ever sees such a state.
 */
export function applyLine(draft: StateDraft, line: PointsLine): void {
  const { currency, amount, kind, lot, pocket } = line;
  if (pocket !== undefined) {
    movePocket[pocket](draft, line);
    return;
  }
  const balances = draft.part('balances');
  const balance = (Object.hasOwn(balances, currency) ? (balances[currency] ?? 0) : 0) + amount;
  if (balance < 0 || !Number.isSafeInteger(balance))
    throw new Error(`The balance of ${currency} would become ${balance}.`);
  balances[currency] = balance;
  changeLot(draft.list(draft.part('lots'), currency), lot, amount);
  if (kind === 'earn' || kind === 'reverse') {
    const earned = draft.entry<Earned>(draft.part('earned'), currency, () => ({ ever: 0, years: {} }));
    earned.ever += amount;
    if (!Number.isSafeInteger(earned.ever)) throw new Error(`What was earned of ${currency} is no longer exact.`);
    earned.years = draft.copied(earned.years);
    const year = lot.activated.slice(0, 4);
    earned.years[year] = (earned.years[year] ?? 0) + amount;
  }
}

const movePocket: { [P in Pocket]: (draft: StateDraft, line: PointsLine) => void } = {
  pending: (draft, { currency, amount, by, ref = '' }) => {
    setPending(draft, ref, (points) => {
      const left = exact((points?.amount ?? 0) + amount, `What is pending as ${ref}`);
      return left === 0 ? null : { ...(points ?? { currency, by, on: null }), amount: left };
    });
  },
  held: (draft, { currency, amount, lot, ref = '' }) => {
    setHold(draft, ref, (hold) => {
      const lots = [...(hold?.lots ?? [])];
      changeLot(lots, lot, amount);
      return lots.length === 0 ? null : { until: null, ...hold, currency, lots };
    });
  },
  transit: (draft, { currency, amount, lot, ref = '' }) => {
    setTransit(draft, ref, (transit) => {
      const lots = [...(transit?.lots ?? [])];
      changeLot(lots, lot, amount);
      return lots.length === 0 ? null : { to: '', ...transit, currency, lots };
    });
  },
  owed: (draft, { currency, amount }) => {
    const owed = { ...draft.state.owed };
    const left = exact((own(owed, currency) ?? 0) + amount, `What is owed of ${currency}`);
    if (left > 0) owed[currency] = left;
    else delete owed[currency];
    if (Object.keys(owed).length > 0) draft.state.owed = owed;
    else delete draft.state.owed;
  },
};

function exact(amount: number, what: string): number {
  if (amount < 0 || !Number.isSafeInteger(amount)) throw new Error(`${what} would become ${amount}.`);
  return amount;
}

/** Soonest expiry first, then the older activation; what never expires comes last. */
export function comesBefore(left: LotDates, right: LotDates): boolean {
  if (left.expires !== right.expires) {
    return right.expires === null || (left.expires !== null && left.expires < right.expires);
  }
  return left.activated < right.activated;
}

function changeLot(lots: Lot[], dates: LotDates, amount: number): void {
  // New lots nearly always go last, so the search starts there.
  let place = lots.length;
  while (place > 0) {
    const lot = lots[place - 1];
    if (lot === undefined || comesBefore(lot, dates)) break;
    place -= 1;
    if (lot.activated === dates.activated && lot.expires === dates.expires) {
      const left = lot.amount + amount;
      if (left < 0) throw new Error(`A lot of ${dates.activated} would fall below zero.`);
      if (left === 0) lots.splice(place, 1);
      else lots[place] = { ...lot, amount: left };
      return;
    }
  }
  if (amount < 0) throw new Error(`There is no lot of ${dates.activated} to take from.`);
  lots.splice(place, 0, { activated: dates.activated, expires: dates.expires, amount });
}
