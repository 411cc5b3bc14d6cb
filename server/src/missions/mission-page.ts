import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { MemberState, MissionState, StreakWeek } from '@verbena/shared/ledger/member-state.js';
import { targetOf, unitOf, type Mission } from '@verbena/shared/missions/mission.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { MissionEvidence, MissionPage } from '@verbena/shared/missions/missions.routes.js';
import { dayOf, periodKey, unitBefore, type CalendarDay } from '#engine/calendar.js';
import type { MissionSlot } from '#engine/compiled-program.js';
import { own } from '#engine/own.js';
import { pausedIn, pausesOf, spentDays, yearsOf } from '#engine/pauses.js';
import { freezesOf } from '#engine/streak.js';
import type { MissionTrailEntry } from '#ledger/ledger.service.js';
import { missionCardOf, missionStateOf, playedDefinition } from './mission-card.js';

const EVIDENCE_MAX = 100;
const COMPLETIONS_MAX = 12;
/** A streak's row shows twice its length, so that the one before stands beside the one under way. */
const STREAK_ROW = 2;
const WEEKS_MAX = 26;

type Weeks = MissionPage['weeks'];
type Keeps = NonNullable<MissionPage['keeps']>;

/**
 * A mission's page today: the card, what counted in the present period (for a streak, in the weeks shown), newest
 * first, and the completions that still stand. `trail` is the journal as far as it touched the mission, newest first. Null
 * where the member cannot play it.
 */
export function missionPageOf(
  slot: MissionSlot,
  state: MemberState,
  today: LocalDates,
  trail: readonly MissionTrailEntry[],
  ladder: readonly string[] = [],
): MissionPage | null {
  const definition = playedDefinition(slot, state, today);
  const card = missionCardOf(slot, state, today, ladder);
  if (definition === null || card === null) return null;
  const mission = missionStateOf(state, slot.id);
  const completions = completionsOf(slot.id, trail);
  const weeks = weeksOf(definition, mission, dayOf(today[definition.zone]));
  const keeps = keepsOf(definition, mission, today);
  const periods = new Set(definition.goal.kind === 'streak' ? weeks.map(({ week }) => week) : [card.period]);
  return {
    seq: state.seq,
    card,
    definition,
    evidence: evidenceOf(slot.id, periods, trail, new Set(completions.map(({ seq }) => seq))).slice(0, EVIDENCE_MAX),
    items: own(mission.periods, card.period)?.items ?? [],
    weeks,
    ...(keeps === undefined ? {} : { keeps }),
    completedAt: completions.slice(0, COMPLETIONS_MAX),
  };
}

/** The entries that brought the mission nearer in these periods, also those that were taken back since. */
function evidenceOf(
  id: string,
  periods: ReadonlySet<string>,
  trail: readonly MissionTrailEntry[],
  completions: ReadonlySet<number>,
): readonly MissionEvidence[] {
  const reversed = new Set(
    trail.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'activity.reversed' ? [effect.seq] : [])),
    ),
  );
  return trail.flatMap(({ seq, activity, effects }) => {
    const progressed = effects.find(
      (effect) => effect.type === 'mission.progressed' && effect.mission === id && periods.has(effect.period),
    );
    if (progressed?.type !== 'mission.progressed') return [];
    const items = progressed.items;
    return [
      {
        seq,
        type: activity.type,
        occurredAt: activity.occurredAt,
        attributes: { ...activity.attributes },
        ...(items === undefined ? {} : { items }),
        completed: completions.has(seq),
        reversed: reversed.has(seq),
      },
    ];
  });
}

/** The completions that no reversal took back, newest first. */
function completionsOf(
  id: string,
  trail: readonly MissionTrailEntry[],
): readonly { readonly seq: number; readonly at: string }[] {
  const standing: { seq: number; at: string; turn: ReadonlySet<string> }[] = [];
  for (const { seq, activity, effects } of trail.toReversed()) {
    for (const effect of effects) {
      if (effect.type === 'mission.completed' && effect.mission === id) {
        standing.push({ seq, at: activity.occurredAt, turn: new Set(effect.weeks ?? [effect.period]) });
      } else if (effect.type === 'mission.reverted' && effect.mission === id && effect.takenBack) {
        const gone = standing.findLastIndex(({ turn }) =>
          [effect.period, ...(effect.weeks ?? [])].some((part) => turn.has(part)),
        );
        if (gone !== -1) standing.splice(gone, 1);
      }
    }
  }
  return standing.toReversed().map(({ seq, at }) => ({ seq, at }));
}

/** The weeks (days, months) of a streak up to now, from the first that counts; `now` is the present one while nothing counted in it. */
function weeksOf({ goal }: Mission, mission: MissionState, today: CalendarDay): Weeks {
  if (goal.kind !== 'streak') return [];
  const present = periodKey(today, unitOf(goal));
  const row: Weeks = [];
  const length = Math.min(WEEKS_MAX, targetOf(goal) * STREAK_ROW);
  for (let unit = present; row.length < length; unit = unitBefore(unit)) {
    const mark = own(mission.weeks, unit);
    const state = mark === undefined ? (unit === present ? 'now' : 'missed') : stateOf(mark);
    row.unshift({ week: unit, state });
  }
  const first = row.findIndex(({ state }) => state !== 'missed');
  return row.slice(Math.max(0, first));
}

function stateOf({ used, kept }: StreakWeek): Weeks[number]['state'] {
  return used ? 'used' : kept === undefined ? 'free' : 'kept';
}

/** What can keep a streak, and what of it there is; undefined where nothing can. */
function keepsOf({ goal, zone }: Mission, mission: MissionState, today: LocalDates): MissionPage['keeps'] {
  if (goal.kind !== 'streak' || (goal.freezes === undefined && goal.pause === undefined)) return undefined;
  return {
    freezes: goal.freezes === undefined ? null : { held: freezesOf(goal, mission), max: goal.freezes.max },
    pause: goal.pause === undefined ? null : plansOf(goal.pause.daysPerYear, mission, today[zone]),
  };
}

function plansOf(daysPerYear: number, mission: MissionState, today: LocalDate): NonNullable<Keeps['pause']> {
  const all = pausesOf(mission);
  const planned = all.filter(({ until }) => until >= today);
  const years = yearsOf({ from: today, until: planned.at(-1)?.until ?? today });
  const used = (year: string): number => pausedIn(all, year) + (spentDays(mission)[year] ?? 0);
  return {
    today,
    planned: planned.map(({ from, until }) => ({ from, until, runs: from < today })),
    years: years.map((year) => ({ year, daysLeft: Math.max(0, daysPerYear - used(year)) })),
  };
}
