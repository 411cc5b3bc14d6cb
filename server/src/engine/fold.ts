import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { MemberState, MissionState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { Instant } from '@verbena/shared/platform/time.js';
import { applyEffect } from './apply-effect.js';
import { applyLine } from './apply-line.js';
import { addDays, dayOf, lastDayOf, unitBefore } from './calendar.js';
import { periodOf } from './counted-apart.js';
import { own } from './own.js';
import { StateDraft } from './state-draft.js';

/** An activity may arrive this many days after the newest one of its member. */
export const LATE_DAYS_MAX = 400;

/** What folding reads of a journal entry. Facts and receipts explain; they do not change a state. */
export interface FoldedEntry {
  readonly seq: number;
  readonly activity: { readonly type?: string; readonly occurredAt: Instant };
  readonly lines: readonly PointsLine[];
  readonly effects: readonly Effect[];
}

/**
 * The next state of a member: the only way in which states change. Pure; the given state stays as it was.
 * @throws where the entry does not follow on the state (`seq`), or does not fit it.
 */
export function fold(state: MemberState, entry: FoldedEntry): MemberState {
  if (entry.seq !== state.seq + 1) throw new Error(`Entry ${entry.seq} does not follow on state ${state.seq}.`);
  const draft = new StateDraft(state);
  for (const line of entry.lines) applyLine(draft, line);
  for (const effect of entry.effects) applyEffect(draft, effect);
  finish(draft, entry.seq, entry.activity);
  return draft.state;
}

/** What every entry does to a state besides its lines and effects: number, newest moment, and forgetting what is too old. */
export function finish(draft: StateDraft, seq: number, { type, occurredAt }: FoldedEntry['activity']): void {
  const { state } = draft;
  const newest = state.newestOccurredAt;
  state.seq = seq;
  // The day of a publication is nothing that the member did: what may still arrive of its own is what could before.
  if (type === 'tier.assessed') return;
  if (newest !== null && occurredAt <= newest) return;
  state.newestOccurredAt = occurredAt;
  // Once a month is often enough: what lies beyond the horizon cannot be reached any more.
  if (newest !== null && occurredAt.slice(0, 7) > newest.slice(0, 7)) forget(draft, occurredAt);
}

/**
 * Drops buckets, periods, weeks and pauses that ended before anything that may still arrive. Two days more are kept than the limit
 * says, because local dates lie up to a day on either side of the UTC date.
 */
function forget(draft: StateDraft, newest: Instant): void {
  const horizon = addDays(newest.slice(0, 10), -LATE_DAYS_MAX - 2);
  for (const name of ['counters', 'caps'] as const) {
    for (const [id, periods] of Object.entries(draft.state[name])) {
      if (hasOld(periods, horizon))
        dropOld(
          draft.entry<Record<string, unknown>>(draft.part(name), id, () => ({})),
          horizon,
        );
    }
  }
  for (const [type, use] of Object.entries(draft.state.limits ?? {})) {
    const taken = use.taken?.filter((one) => one >= horizon);
    if (!hasOld(use.times, horizon) && taken?.length === use.taken?.length) continue;
    const times = { ...use.times };
    dropOld(times, horizon);
    const kept = { ...use, times, ...(taken === undefined ? {} : { taken }) };
    draft.state.limits = { ...draft.state.limits, [type]: kept };
  }
  for (const [id, mission] of Object.entries(draft.state.missions)) {
    const pauses = mission.pauses?.filter(({ until }) => until >= horizon);
    const isPast = pauses !== undefined && pauses.length < (mission.pauses?.length ?? 0);
    const waits = mission.waits?.filter(({ until }) => until >= horizon);
    const isOver = waits !== undefined && waits.length < (mission.waits?.length ?? 0);
    if (!isPast && !isOver && !hasOld(mission.periods, horizon) && !hasOld(mission.weeks, horizon)) continue;
    const copy = draft.entry(draft.part('missions'), id, () => mission);
    copy.periods = draft.copied(copy.periods);
    copy.weeks = draft.copied(copy.weeks);
    if (isPast) copy.pauses = pauses;
    if (isOver) copy.waits = waits;
    dropOld(copy.periods, horizon);
    dropOld(copy.weeks, horizon, runBefore(copy.weeks, horizon));
  }
}

/** Free weeks (days, months) beyond the horizon that a late activity could still join: the unbroken run that leads up to it. */
function runBefore(weeks: MissionState['weeks'], horizon: string): ReadonlySet<string> {
  const run = new Set<string>();
  const day = dayOf(horizon);
  for (const present of [day.date, day.week, day.month]) {
    let unit = unitBefore(present);
    for (; own(weeks, unit)?.used === false; unit = unitBefore(unit)) run.add(unit);
  }
  return run;
}

function isOld(key: string, horizon: string): boolean {
  const end = lastDayOf(periodOf(key));
  return end !== null && end < horizon;
}

function hasOld(periods: Readonly<Record<string, unknown>>, horizon: string): boolean {
  return Object.keys(periods).some((key) => isOld(key, horizon));
}

function dropOld(periods: Record<string, unknown>, horizon: string, kept?: ReadonlySet<string>): void {
  for (const key of Object.keys(periods)) if (isOld(key, horizon) && !kept?.has(key)) delete periods[key];
}
