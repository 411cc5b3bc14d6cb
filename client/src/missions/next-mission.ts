import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';

/** Missions in the order in which they deserve the next step: nearest to done, then soonest over, then best paid. */
export function rankMissions(cards: readonly MissionCard[]): readonly MissionCard[] {
  return cards
    .filter((card) => !card.done)
    .map((card, place) => ({ card, place }))
    .sort(
      (a, b) =>
        share(b.card) - share(a.card) ||
        compareEnds(a.card, b.card) ||
        rewardOf(b.card) - rewardOf(a.card) ||
        a.place - b.place,
    )
    .map(({ card }) => card);
}

/** As often as somebody may well do a thing in a day where nothing limits it. */
const LIKELY_A_DAY = 3;

/**
 * Whether a mission may be offered as a next step: it is open, there is a place left, and where each step is an activity of its own
 * there are days enough for what is missing, by what counts a day at most or else by what is likely.
 */
export function isInReach(
  card: MissionCard,
  today: string,
  { missions, activityTypes }: Pick<Definitions, 'missions' | 'activityTypes'>,
): boolean {
  const { endsOn, kind, target, progress } = card;
  if (card.locked !== undefined || card.opensOn !== undefined || card.places?.left === 0) return false;
  if (endsOn === null || (kind !== 'count' && kind !== 'sequence')) return true;
  const on = missions.find(({ id }) => id === card.id)?.on;
  const limit = activityTypes.find(({ id }) => on !== undefined && 'activity' in on && id === on.activity)?.limit?.most;
  const aDay = limit?.per === 'day' ? limit.times : LIKELY_A_DAY;
  return target - progress <= (daysUntil(today, endsOn) + 1) * aDay;
}

/** Missions by how far they are: begun, not begun, and completed in this period or before (what repeats can be that too). */
export function sortMissions(cards: readonly MissionCard[]): {
  readonly active: readonly MissionCard[];
  readonly available: readonly MissionCard[];
  readonly completed: readonly MissionCard[];
} {
  const ranked = rankMissions(cards);
  return {
    active: ranked.filter((card) => card.progress > 0),
    available: ranked.filter((card) => card.progress === 0),
    completed: cards.filter((card) => card.done || card.completions > 0),
  };
}

/** Whole days from a local date to another; 0 on the day itself. */
export function daysUntil(today: string, lastDay: string): number {
  return Math.round((Date.parse(`${lastDay}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
}

function share(card: MissionCard): number {
  return Math.min(1, card.progress / card.target);
}

function compareEnds(a: MissionCard, b: MissionCard): number {
  const end = (card: MissionCard) => card.endsOn ?? '9999-12-31';
  return end(a) < end(b) ? -1 : end(a) > end(b) ? 1 : 0;
}

function rewardOf(card: MissionCard): number {
  return card.reward.points.reduce((sum, points) => sum + points.amount, 0);
}
