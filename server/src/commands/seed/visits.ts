import type { SeededRandom } from '@verbena/seeds/demo/random.js';

const MINUTE_MS = 60_000;
const TOTAL_MIN = 320;
const TOTAL_MAX = 24_000;
const WEDNESDAY = 3;

/**
 * Moments for so many purchases, in order, spread over the month until now; the last two lie within the last hours, so that
 * what the present week completes is completed before the last one.
 */
export function spreadVisits(count: number, monthStartMs: number, nowMs: number, random: SeededRandom): number[] {
  const wanted = Math.max(0, count);
  const span = Math.max(nowMs - monthStartMs - 30 * MINUTE_MS, 0);
  const early = Math.max(0, wanted - 2);
  const times = Array.from({ length: early }, (_, index) => {
    const slot = span / early;
    return Math.round(monthStartMs + slot * index + slot * 0.8 * random.next());
  });
  const late = [20, 10]
    .slice(2 - Math.min(wanted, 2))
    .map((minutes) => Math.max(monthStartMs, nowMs - minutes * MINUTE_MS));
  return [...times, ...late];
}

/**
 * The total in cents with which a purchase on that date earns so many points, by the rule `compra`: percent of the tier,
 * double on Wednesdays. Kept within what one would believe of a purchase.
 */
export function pointsToTotal(points: number, percent: number, date: string): number {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay() === WEDNESDAY ? 2 : 1;
  const total = Math.ceil((points * 10_000) / (percent * day));
  return Math.min(TOTAL_MAX, Math.max(TOTAL_MIN, total));
}
