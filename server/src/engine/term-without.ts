import type { EndedSooner } from '@verbena/shared/ledger/facts.js';
import type { LotDates, PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { CompiledCurrency, CompiledProgram } from './compiled-program.js';
import { later } from './join-records.js';
import type { PastEntry } from './past-entry.js';
import type { StandingPast } from './standing-past.js';

/** Whether points that were earned, set pending or given by staff stand as such, and so does the activity by which they were. */
export type Earns = (entry: PastEntry, line: PointsLine) => boolean;

/**
 * Until when the points of a currency would last that end by inactivity, and which of them would be over already, had only that
 * been earned which `earns` says: the journal is read once, as it stands. Where terms begin and end it follows `DecisionRun.extend`
 * and `begin`. Null where the points of the currency do not end so.
 */
export function termWithout(
  program: CompiledProgram,
  past: StandingPast,
  id: string,
  earns: Earns,
): EndedSooner | null {
  const currency = program.currencies.get(id);
  if (currency === undefined || currency.activeUntil === null) return null;
  const { zone } = currency.definition;
  const pended = new Map<string, boolean>();
  const lots = new Map<string, { lot: LotDates; there: number; amount: number }>();
  let until: LocalDate | null = null;
  let isBegun = false;
  for (const entry of past.entries) {
    const { occurred, now } = entry.facts.calendar;
    if (until !== null && until < now[zone]) for (const lot of lots.values()) lot.amount = lot.there;
    const lines = entry.lines.filter((line) => line.currency === id);
    book(lots, lines, currency);
    // As long as no entry said so, points had no term: another version may have been in force. What it said goes before today's days.
    const told = entry.effects.findLast((effect) => effect.type === 'expiry.extended' && effect.currency === id);
    isBegun ||= told !== undefined;
    for (const line of lines) {
      const { kind, amount, ref = '' } = line;
      if (amount <= 0 || !isBegun) continue;
      const isEarned = (kind === 'pend' || (kind === 'earn' && line.ref === undefined)) && earns(entry, line);
      if (kind === 'pend') pended.set(ref, isEarned);
      if (isEarned) {
        const last: LocalDate = told?.type === 'expiry.extended' ? told.until : currency.activeUntil(occurred[zone]);
        until = until === null ? last : later(until, last);
      }
      const isGiven = kind === 'receive' || (kind === 'adjust' && earns(entry, line));
      const comes = kind === 'earn' ? isEarned || pended.get(ref) === true : isGiven;
      const on = kind === 'earn' ? line.lot.activated : now[zone];
      if (comes && (until === null || until < on)) until = currency.activeUntil(on);
    }
  }
  const ended = [...lots.values()].flatMap(({ lot, amount }) => (amount > 0 ? [{ lot, amount }] : []));
  return { currency: id, until, ended };
}

/** What leaves a lot leaves first what would be over. Points of a joined account come with its own entries. */
function book(
  lots: Map<string, { lot: LotDates; there: number; amount: number }>,
  lines: readonly PointsLine[],
  { endsWithTerm }: CompiledCurrency,
): void {
  const sums = new Map<string, { lot: LotDates; sum: number }>();
  for (const { lot, amount, kind, pocket } of lines)
    if (pocket === undefined && endsWithTerm(lot) && kind !== 'merge')
      sums.set(lot.activated, { lot, sum: amount + (sums.get(lot.activated)?.sum ?? 0) });
  for (const [key, { lot, sum }] of sums) {
    const { there, amount } = lots.get(key) ?? { there: 0, amount: 0 };
    const left = Math.max(0, there + sum);
    lots.set(key, { lot, there: left, amount: Math.max(0, Math.min(left, amount + Math.min(0, sum))) });
  }
}
