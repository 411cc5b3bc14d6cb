import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LotDates } from '@verbena/shared/ledger/points-line.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { DefinitionZone } from '@verbena/shared/programs/definition.js';
import { addDays } from './calendar.js';
import type { CompiledCurrency, CompiledProgram } from './compiled-program.js';
import { warnsOn } from './decide-tier.js';
import { findTier } from './decision-run.js';
import { own } from './own.js';
import { streakDue, type StreakDue } from './streak.js';
import { dropsOn } from './tier-window.js';

/** A local date at whose 00:00, in that zone, something happens to a member by itself. */
export interface Due {
  readonly date: LocalDate;
  readonly zone: DefinitionZone;
}

/**
 * What then happens: pending points become usable, points of a currency expire (a lot, or all of them for want of activity) or are
 * about to, a hold ends, the tier or a badge ended on the day before, or a streak is kept.
 */
export type DueThing =
  | (Due &
      (
        | { readonly what: 'lot' | 'inactivity'; readonly currency: string }
        | { readonly what: 'notice'; readonly currency: string; readonly expires: LocalDate }
        | { readonly what: 'pending' | 'hold'; readonly ref: string }
        | { readonly what: 'badge'; readonly badge: string }
        | { readonly what: 'tier' }
        | { readonly what: 'tierNotice' }
      ))
  | StreakDue;

/**
 * When a member's state changes by itself next, as a local date; the ledger turns it into an instant. Dates of the two zones
 * are compared as they stand; `zone` asks for one of them alone.
 */
export function due(program: CompiledProgram, state: MemberState, only?: DefinitionZone): Due | null {
  const next = nextDue(program, state, ({ zone }) => only === undefined || zone === only);
  return next && { date: next.date, zone: next.zone };
}

/**
 * The earliest due thing among those that count; of one date, streaks come first, then what ends for want of activity (what becomes
 * usable on that day does not keep it), what becomes usable, lots in the order of their currencies, badges, holds, and the tier.
 */
export function nextDue(program: CompiledProgram, state: MemberState, counts: (due: Due) => boolean): DueThing | null {
  let next: DueThing | null = null;
  const consider = (thing: DueThing): void => {
    if (counts(thing) && (next === null || thing.date < next.date)) next = thing;
  };
  for (const slot of program.keptStreaks) {
    const thing = streakDue(slot, own(state.missions, slot.id));
    if (thing !== null) consider(thing);
  }
  for (const currency of program.currencies.values()) {
    const { id, zone } = currency.definition;
    const inactive = inactiveOn(currency, state);
    if (inactive !== null) consider({ date: inactive, zone, what: 'inactivity', currency: id });
  }
  const zoneOf = (currency: string): DefinitionZone => program.currencies.get(currency)?.definition.zone ?? 'program';
  for (const [ref, { on, currency }] of Object.entries(state.pending ?? {}))
    if (on !== null) consider({ date: on, zone: zoneOf(currency), what: 'pending', ref });
  for (const currency of program.currencies.values()) {
    const { id, zone } = currency.definition;
    const expires = state.lots[id]?.[0]?.expires ?? null;
    if (expires !== null) consider({ date: expires, zone, what: 'lot', currency: id });
  }
  for (const badge in state.badges) {
    const last = state.badges[badge]?.until;
    if (last !== undefined) consider({ date: addDays(last, 1), zone: 'program', what: 'badge', badge });
  }
  for (const [ref, { until, currency }] of Object.entries(state.holds ?? {}))
    if (until !== null) consider({ date: addDays(until, 1), zone: zoneOf(currency), what: 'hold', ref });
  for (const currency of program.currencies.values()) {
    const notice = noticeOf(currency, state);
    if (notice !== null) consider(notice);
  }
  const until = state.tier?.until ?? null;
  const zone = program.tiers.ladder[0]?.definition.zone;
  if (until !== null && zone !== undefined) {
    const held = findTier(program, state.tier);
    const notice = held && warnsOn(held.definition, until, state.tier?.warned);
    if (notice) consider({ date: notice, zone, what: 'tierNotice' });
    consider({ date: held ? dropsOn(held.definition, until) : addDays(until, 1), zone, what: 'tier' });
  }
  return next;
}

/** The first day without the points that end by inactivity; null where there are none. */
export function inactiveOn({ definition, endsWithTerm }: CompiledCurrency, state: MemberState): LocalDate | null {
  const until = own(state.activeUntil ?? {}, definition.id);
  const lots = own(state.lots, definition.id) ?? [];
  return until === undefined || !lots.some(endsWithTerm) ? null : addDays(until, 1);
}

/** The first day without the points of a lot, as far as that is known; `inactive` is that of those that end by inactivity. */
export function endOfLot(
  { endsWithTerm }: CompiledCurrency,
  lot: LotDates,
  inactive: LocalDate | null,
): LocalDate | null {
  return endsWithTerm(lot) ? inactive : lot.expires;
}

/** When the member is to be told of the next points that end, of which it was not told yet. */
function noticeOf(currency: CompiledCurrency, state: MemberState): DueThing | null {
  const { id, notice, zone } = currency.definition;
  if (notice === undefined) return null;
  const told = own(state.noticed ?? {}, id) ?? '';
  const inactive = inactiveOn(currency, state);
  const ends = (own(state.lots, id) ?? []).flatMap((lot) => endOfLot(currency, lot, inactive) ?? []);
  const expires = ends.filter((date) => date > told).toSorted()[0];
  return expires === undefined
    ? null
    : { date: addDays(expires, -notice), zone, what: 'notice', currency: id, expires };
}
