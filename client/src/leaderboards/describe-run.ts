import type { BoardRun } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import type { Period } from '@verbena/shared/programs/definition.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { BoardWords } from './boards.es.js';

/**
 * How a run is called: "Semana del 16 al 22 de noviembre". The year is said where it is not that of `today`.
 *
 * @param today a local date of the program
 */
export function describeRun(
  run: Pick<BoardRun, 'id' | 'startsOn' | 'endsOn'>,
  period: Period,
  today: string,
  words: BoardWords['run'],
  format: Format,
): string {
  const { startsOn, endsOn } = run;
  if (period === 'ever') return words.ever;
  if (startsOn === null || endsOn === null) return run.id;
  const isThisYear = endsOn.slice(0, 4) === today.slice(0, 4);
  const last = isThisYear ? format.dayMonth(endsOn) : format.day(endsOn);
  if (period === 'year') return endsOn.slice(0, 4);
  if (period === 'month') return capitalise(format.month(startsOn));
  if (period === 'day') return last;
  const isOneMonth = startsOn.slice(0, 7) === endsOn.slice(0, 7);
  return words.week({ first: isOneMonth ? String(Number(startsOn.slice(8))) : format.dayMonth(startsOn), last });
}

/** What the present run of a period is called where only the period matters: "esta semana". */
export function thisRun(period: Period, words: BoardWords['run']): string {
  return words.present[period];
}

/** As a heading begins; Spanish months are small elsewhere. */
function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
