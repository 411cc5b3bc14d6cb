import { Injectable } from '@nestjs/common';
import type { RankedPage } from './board-mirror.repository.js';
import { type Placed, scoreKey } from './place-order.js';
import { type OrderedPlace, StandingsRepository } from './standings.repository.js';

/** All copies together; those that were read longest ago go. */
const ALL_PLACES_MAX = 300_000;
/** A copy is good for so many times as long as it took to read, so that the database has other things to do, and never for longer than this. */
const GOOD_FOR = 10;
const GOOD_MS_MAX = 10_000;
/** What is read as quickly as this is waited for; meanwhile an older copy of anything longer still answers. */
const QUICK_MS = 100;

type Places = readonly OrderedPlace[] | null;

interface Copy {
  readonly places: Promise<Places>;
  readonly size: number;
  readonly tookMs: number;
  goodUntilMs: number;
}

/**
 * Runs as they stood a moment ago, in memory, for when Redis is away: counting places in MongoDB takes as long as the run is long,
 * and the embedded one reads a whole run for its first row. One reading serves all who ask.
 */
@Injectable()
export class StandingsCopies {
  private readonly copies = new Map<string, Copy>();
  /** A longer run is read by its index each time, which a database for so many members does quickly. */
  protected readonly placesMax: number = 100_000;

  constructor(private readonly standings: StandingsRepository) {}

  /** The first `rows` of a run, and a member's place with `reach` before and behind it; null where the run is too long for a copy. */
  async read(list: string, member: string | null, rows: number, reach: number): Promise<RankedPage | null> {
    const places = await this.placesOf(list);
    if (places === null) return null;
    const page = { total: places.length, top: places.slice(0, rows).map(placedOf) };
    const place = member === null ? -1 : places.findIndex((one) => one.member === member);
    const own = places[place];
    if (own === undefined) return { ...page, own: null };
    const firstPlace = Math.max(0, place - reach);
    const around = places.slice(firstPlace, place + reach + 1).map(placedOf);
    const moreThan = (score: number): number => countBefore(places, scoreKey(list, score));
    const next = places[moreThan(own.score) - 1];
    return {
      ...page,
      own: {
        ...{ place, around, firstPlace },
        moreThanFirst: moreThan(around[0]?.score ?? 0),
        moreThanOwn: moreThan(own.score),
        next: next === undefined ? null : placedOf(next),
      },
    };
  }

  private placesOf(list: string): Promise<Places> {
    const known = this.copies.get(list);
    if (known !== undefined && performance.now() < known.goodUntilMs) return known.places;
    const places = this.begin(list);
    if (known !== undefined && known.tookMs > QUICK_MS) {
      known.goodUntilMs = Infinity;
      return known.places;
    }
    this.copies.set(list, { places, size: 0, tookMs: 0, goodUntilMs: Infinity });
    return places;
  }

  /** Reads a run; when that is done, it is the copy. */
  private begin(list: string): Promise<Places> {
    const startedMs = performance.now();
    const places = this.standings.readPlaces(list, this.placesMax);
    places.then(
      (found) => {
        const tookMs = performance.now() - startedMs;
        // The one that was read last stands last.
        this.copies.delete(list);
        const goodUntilMs = performance.now() + Math.min(GOOD_FOR * tookMs, GOOD_MS_MAX);
        this.copies.set(list, { places, size: found?.length ?? 0, tookMs, goodUntilMs });
        this.dropOldest();
      },
      () => this.copies.delete(list),
    );
    return places;
  }

  private dropOldest(): void {
    let all = 0;
    for (const { size } of this.copies.values()) all += size;
    for (const [list, { size }] of this.copies) {
      if (all <= ALL_PLACES_MAX) return;
      this.copies.delete(list);
      all -= size;
    }
  }
}

function placedOf({ member, score, reachedAtMs }: OrderedPlace): Placed {
  return { member, score, reachedAtMs };
}

/** How many stand before a key, by halves. */
function countBefore(places: readonly OrderedPlace[], key: string): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.order ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
