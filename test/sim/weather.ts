import type { Seeded } from '#support/seeded.js';
import type { SocketWeather } from './device.js';
import type { StoreWeather } from './driver.js';
import type { RequestWeather } from './shop.js';
import type { World } from './world.js';

/** What goes wrong in one run, chosen by its seed: of the kinds of trouble some, each seed others. */
export interface Weather {
  readonly store: StoreWeather;
  readonly requests: RequestWeather;
  readonly sockets: SocketWeather;
  readonly redisLoss: number;
  /** After so many turns of a node: it is killed instead of the next. */
  readonly kills: readonly number[];
  /** After so many turns of a node: it is stopped for so long, and another one is there. */
  readonly stops: readonly { readonly turn: number; readonly forMs: number }[];
  /** After so many milliseconds all clocks jump so far. */
  readonly leaps: readonly { readonly afterMs: number; readonly byMs: number }[];
  readonly flushesMs: readonly number[];
  /** The database hardly answers anybody. */
  readonly outages: readonly { readonly fromMs: number; readonly forMs: number }[];
  readonly hasTwoNodes: boolean;
  /** How far the clock of each node that starts is off. */
  readonly skewsMs: readonly number[];
  readonly says: string;
}

export const CALM: Pick<Weather, 'store' | 'requests' | 'sockets' | 'redisLoss'> = {
  store: { lostCall: 0, lostReply: 0, lateCommit: 0, abort: 0 },
  requests: { lostRequest: 0, lostReply: 0, twice: 0, again: 0, otherBody: 0 },
  sockets: { lost: 0, twice: 0, spreadMs: 5, broken: 0 },
  redisLoss: 0,
};

export const OUTAGE: StoreWeather = { lostCall: 0.5, lostReply: 0.5, lateCommit: 0.4, abort: 0.1 };

const TURNS_MAX = 1_500;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Whether the database is away at this moment. */
export function isOut({ outages }: Weather, { elapsedMs }: World): boolean {
  return outages.some(({ fromMs, forMs }) => elapsedMs >= fromMs && elapsedMs < fromMs + forMs);
}

export function someWeather(random: Seeded): Weather {
  const kinds: string[] = [];
  const has = (kind: string, probability: number): boolean => {
    const is = random.next() < probability;
    if (is) kinds.push(kind);
    return is;
  };
  const rate = (kind: string, probability: number, most: number): number =>
    has(kind, probability) ? random.next() * most : 0;
  const some = <T>(kind: string, probability: number, most: number, make: () => T): T[] =>
    has(kind, probability) ? Array.from({ length: random.between(1, most) }, make) : [];
  const weather: Omit<Weather, 'says'> = {
    store: {
      lostCall: rate('calls to the database are lost', 0.4, 0.05),
      lostReply: rate('answers of the database are lost', 0.4, 0.08),
      lateCommit: rate('commits come late', 0.3, 0.6),
      abort: rate('transactions are aborted', 0.4, 0.15),
    },
    requests: {
      lostRequest: rate('requests are lost', 0.4, 0.15),
      lostReply: rate('replies are lost', 0.5, 0.3),
      twice: rate('requests come twice', 0.6, 0.6),
      again: rate('requests come again later', 0.6, 0.6),
      otherBody: rate('keys come with another body', 0.4, 0.4),
    },
    sockets: {
      lost: rate('frames are lost', 0.5, 0.4),
      twice: rate('frames come twice', 0.5, 0.4),
      spreadMs: rate('frames overtake one another', 0.6, 300),
      broken: rate('sockets break', 0.5, 0.4),
    },
    redisLoss: rate('Redis fails', 0.4, 0.2),
    kills: some('kill -9', 0.6, 5, () => random.between(1, TURNS_MAX)),
    stops: some('a node is stopped', 0.4, 2, () => ({
      turn: random.between(1, TURNS_MAX),
      forMs: random.between(1_000, 14_000),
    })),
    leaps: some('time leaps', 0.35, 2, () => ({
      afterMs: random.between(100, 6_000),
      byMs: random.pick([DAY_MS, 9 * DAY_MS, 40 * DAY_MS, 397 * DAY_MS]),
    })),
    flushesMs: some('Redis is flushed', 0.4, 3, () => random.between(100, 8_000)),
    outages: some('the database is away', 0.3, 2, () => ({
      fromMs: random.between(100, 6_000),
      forMs: random.between(20, 3_000),
    })),
    hasTwoNodes: has('two nodes', 0.25),
    skewsMs: some('clocks are off', 0.4, 4, () => random.between(-HOUR_MS, HOUR_MS)),
  };
  return { ...weather, says: kinds.join(', ') };
}
