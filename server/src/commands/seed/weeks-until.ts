const WEEK_MS = 604_800_000;

/** How many whole weeks of 168 hours a moment can be moved without passing now. */
export function weeksUntil(instant: string, nowMs: number): number {
  return Math.floor((nowMs - Date.parse(instant)) / WEEK_MS);
}
