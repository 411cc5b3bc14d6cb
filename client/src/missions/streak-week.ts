/** The Monday of an ISO week: `2026-11-16` of `2026-W47`. */
export function mondayOf(week: string): string {
  const fourth = Date.UTC(Number(week.slice(0, 4)), 0, 4);
  // ISO: Monday is 1, Sunday 7.
  const weekday = new Date(fourth).getUTCDay() || 7;
  const days = (Number(week.slice(6, 8)) - 1) * 7 - (weekday - 1);
  return new Date(fourth + days * 86_400_000).toISOString().slice(0, 10);
}
