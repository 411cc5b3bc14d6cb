import type { StreakUnit } from '@verbena/shared/missions/mission.js';
import type { MissionPage } from '@verbena/shared/missions/missions.routes.js';
import type { Format } from '@verbena/shared/words/format.js';

/** The Monday of an ISO week: `2026-11-16` of `2026-W47`. */
export function mondayOf(week: string): string {
  const fourth = Date.UTC(Number(week.slice(0, 4)), 0, 4);
  // ISO: Monday is 1, Sunday 7.
  const weekday = new Date(fourth).getUTCDay() || 7;
  const days = (Number(week.slice(6, 8)) - 1) * 7 - (weekday - 1);
  return new Date(fourth + days * 86_400_000).toISOString().slice(0, 10);
}

/** `Semana del 16 de noviembre`, `16 de noviembre`, `noviembre de 2026`. */
export function nameStreakUnit(
  key: string,
  unit: StreakUnit,
  words: { readonly weekFrom: (p: { day: string }) => string },
  format: Format,
): string {
  if (unit === 'day') return format.dayMonth(key);
  return unit === 'month' ? format.month(`${key}-01`) : words.weekFrom({ day: format.dayMonth(mondayOf(key)) });
}

/** The units without anything that broke a run, the last one first: each follows one that is still free to be used. */
export function whatBroke(weeks: MissionPage['weeks']): readonly string[] {
  return weeks
    .flatMap(({ week, state }, place) => {
      const before = weeks[place - 1]?.state;
      return state === 'missed' && (before === 'free' || before === 'kept') ? [week] : [];
    })
    .toReversed();
}
