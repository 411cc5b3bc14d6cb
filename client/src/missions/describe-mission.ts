import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Names } from '#programs/names.js';
import { tellAmount } from '#programs/tell-amount.js';
import type { MissionWords } from './missions.es.js';
import { daysUntil } from './next-mission.js';

/** How long a mission can still be done, or when it opens again: "quedan 8 días". */
export function describeTimeLeft(
  card: MissionCard,
  today: string,
  words: MissionWords,
  format: Format,
): string | undefined {
  if (card.endsOn === null) return undefined;
  if (card.done) return words.again({ day: format.dayMonth(card.endsOn) });
  const days = daysUntil(today, card.endsOn);
  if (card.kind === 'streak') {
    // A streak that has not begun cannot end.
    if (card.progress === 0) return undefined;
    if (days <= 0) return words.streakToday;
    return words.streakUntil({ day: days < 7 ? format.weekday(card.endsOn) : format.dayMonth(card.endsOn) });
  }
  if (days <= 0) return words.endsToday;
  return words.endsIn({ days }, format);
}

/** How far it is, and how far it goes: `7 de 10`, `120,00 € de 200,00 €`. */
export function describeAmount(amount: number, card: { readonly unit?: string | undefined }, format: Format): string {
  return tellAmount(amount, card.unit, format);
}

/** Why nothing counts yet: what has to be there first, or the day on which it opens. */
export function describeDoor(card: MissionCard, names: Names, words: MissionWords, format: Format): readonly string[] {
  const locked = (card.locked ?? []).map((one) => {
    if ('mission' in one) return words.lockedMission({ mission: names.mission(one.mission) });
    if ('badge' in one) return words.lockedBadge({ badge: names.badge(one.badge) });
    return words.lockedTier({ tier: names.tier(one.tier) });
  });
  return card.opensOn === undefined ? locked : [...locked, words.opensOn({ day: format.dayMonth(card.opensOn) })];
}

/** How many of all members can still complete it, where not everybody can; undefined for who has. */
export function describePlaces({ places, done }: MissionCard, words: MissionWords, format: Format): string | undefined {
  if (places === undefined || done) return undefined;
  return places.left === 0 ? words.placesFull : words.places({ left: places.left }, format);
}

/** How often a mission can be done. */
export function describeRepeat(
  card: MissionCard,
  definitions: Definitions | undefined,
  words: MissionWords,
  format: Format,
): string | undefined {
  const mission = definitions?.missions.find((one) => one.id === card.id);
  if (mission === undefined) return undefined;
  const { goal, timesMax, reset } = mission;
  if (timesMax !== undefined) return words.repeatMax({ count: timesMax }, format);
  if (goal.kind === 'streak' || reset !== undefined) return words.repeatStreak;
  if (typeof goal.per !== 'string') return words.repeatDays({ days: goal.per.days }, format);
  return {
    day: words.repeatDay,
    week: words.repeatWeek,
    month: words.repeatMonth,
    year: words.repeatYear,
    ever: words.repeatEver,
  }[goal.per];
}
