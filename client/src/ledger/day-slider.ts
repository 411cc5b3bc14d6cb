import { instantOf, minuteIn } from '#activities/zoned-minute.js';

const DAY_MS = 86_400_000;
const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** When an id that the server minted was made, in milliseconds. */
export function madeAtMs(ulid: string): number {
  return [...ulid.slice(0, 10)].reduce((time, digit) => time * 32 + ULID_DIGITS.indexOf(digit), 0);
}

/** Days that a slider goes through: each position is the end of one day in a zone, the last one now. */
export class DaySlider {
  private readonly firstDay: number;
  /** How many positions there are, less one: the value of the last. */
  readonly last: number;

  constructor(
    private readonly sinceMs: number,
    private readonly nowMs: number,
    private readonly zone: string,
  ) {
    this.firstDay = dayNumber(minuteIn(zone, sinceMs));
    this.last = Math.max(0, dayNumber(minuteIn(zone, nowMs)) - this.firstDay);
  }

  /** The local date of a position. */
  dateAt(position: number): string {
    return new Date((this.firstDay + position) * DAY_MS).toISOString().slice(0, 10);
  }

  /** The moment of a position: the last millisecond of its day, or now. */
  momentAt(position: number): string {
    if (position >= this.last) return new Date(this.nowMs).toISOString();
    const next = instantOf(`${this.dateAt(position + 1)}T00:00`, this.zone);
    const endMs = next === undefined ? this.nowMs : Date.parse(next) - 1;
    return new Date(Math.min(Math.max(endMs, this.sinceMs), this.nowMs)).toISOString();
  }

  /** The position in whose day a moment lies. */
  positionOf(moment: string): number {
    const day = dayNumber(minuteIn(this.zone, Date.parse(moment))) - this.firstDay;
    return Math.min(Math.max(day, 0), this.last);
  }
}

function dayNumber(minute: string): number {
  return Math.floor(Date.parse(`${minute.slice(0, 10)}T00:00:00Z`) / DAY_MS);
}
