import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { Format } from '@verbena/shared/words/format.js';
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

/** How often a mission can be done. */
export function describeRepeat(
  card: MissionCard,
  definitions: Definitions | undefined,
  words: MissionWords,
): string | undefined {
  const goal = definitions?.missions.find((mission) => mission.id === card.id)?.goal;
  if (goal === undefined) return undefined;
  if (goal.kind === 'streak') return words.repeatStreak;
  return {
    day: words.repeatDay,
    week: words.repeatWeek,
    month: words.repeatMonth,
    year: words.repeatYear,
    ever: words.repeatEver,
  }[goal.per];
}
