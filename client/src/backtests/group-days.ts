import type { BacktestReport } from '@verbena/shared/backtests/backtests.routes.js';

type Days = BacktestReport['days'];

/** Every day from the first to the last, those without points as zero, so that a line stands in time. */
export function fillDays(days: Days): Days {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const byDate = new Map(days.map((day) => [day.date, day]));
  const filled: Days = [];
  for (let at = Date.parse(first.date); at <= Date.parse(last.date); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    filled.push(byDate.get(date) ?? { date, live: 0, draft: 0 });
  }
  return filled;
}

/** The sums of each month, in order: `2026-11`. */
export function sumMonths(days: Days): { month: string; live: number; draft: number }[] {
  const months = new Map<string, { month: string; live: number; draft: number }>();
  for (const { date, live, draft } of days) {
    const month = date.slice(0, 7);
    const sum = months.get(month) ?? { month, live: 0, draft: 0 };
    months.set(month, { month, live: sum.live + live, draft: sum.draft + draft });
  }
  return [...months.values()].toSorted((a, b) => a.month.localeCompare(b.month));
}

/** The path of a line through values over the whole width of a box, the largest `top` at its upper edge. */
export function linePath(values: readonly number[], top: number, width: number, height: number): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const points = values.map((value, place) => {
    const y = top > 0 ? height - (Math.max(0, value) / top) * height : height;
    return `${round(values.length > 1 ? place * step : width / 2)} ${round(y)}`;
  });
  return points.length === 0 ? '' : `M${points.join('L')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
