import { isDay } from '@verbena/shared/platform/given-time.js';

/** What a clock on the wall of a zone shows at a moment, as an input of the browser writes it: `2026-11-22T19:30`. */
export function minuteIn(zone: string, at: number): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
}

/**
 * The moment at which a zone's wall clock shows that minute; undefined where the text is none, or its day is not there. An hour that the clocks skip
 * in spring is read as the hour after it; of one that they show twice in autumn, the first.
 */
export function instantOf(minute: string, zone: string): string | undefined {
  const wanted = Date.parse(`${minute}:00.000Z`);
  if (!/T\d{2}:\d{2}$/.test(minute) || !isDay(minute.slice(0, -6)) || Number.isNaN(wanted)) return undefined;
  const offsetAt = (at: number) => Date.parse(`${minuteIn(zone, at)}:00.000Z`) - at;
  // The offset a day before and a day after hold every one that can apply; the greater gives the earlier moment.
  const offsets = [offsetAt(wanted - 86_400_000), offsetAt(wanted + 86_400_000)].sort((a, b) => b - a);
  const fitting = offsets.find((offset) => offsetAt(wanted - offset) === offset) ?? offsets[1] ?? 0;
  return new Date(wanted - fitting).toISOString();
}
