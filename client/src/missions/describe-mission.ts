import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { Speech } from '#lib/words/speech.js';
import { daysUntil } from './next-mission.js';

/** How long a mission can still be done, or when it opens again: "quedan 8 días". */
export function describeTimeLeft(card: MissionCard, today: string, speech: Speech): string | undefined {
  if (card.endsOn === null) return undefined;
  const { words, format } = speech;
  if (card.done) return words.missions.again({ day: format.dayMonth(card.endsOn) });
  const days = daysUntil(today, card.endsOn);
  if (card.kind === 'streak') {
    // A streak that has not begun cannot end.
    if (card.progress === 0) return undefined;
    if (days <= 0) return words.missions.streakToday;
    return words.missions.streakUntil({ day: days < 7 ? format.weekday(card.endsOn) : format.dayMonth(card.endsOn) });
  }
  if (days <= 0) return words.missions.endsToday;
  return words.missions.endsIn({ days }, format);
}

/** How often a mission can be done. */
export function describeRepeat(
  card: MissionCard,
  definitions: Definitions | undefined,
  { words }: Speech,
): string | undefined {
  const goal = definitions?.missions.find((mission) => mission.id === card.id)?.goal;
  if (goal === undefined) return undefined;
  if (goal.kind === 'streak') return words.missions.repeatStreak;
  return {
    day: words.missions.repeatDay,
    week: words.missions.repeatWeek,
    month: words.missions.repeatMonth,
    year: words.missions.repeatYear,
    ever: words.missions.repeatEver,
  }[goal.per];
}
