import { PAIR_GIVES_MIN, PAIR_SHARE_PARTS, PAIRS_MAX } from '@verbena/shared/forums/pairs.routes.js';

/** That somebody reacted to a post of a member, or accepted one. */
export interface Given {
  readonly from: string;
  readonly to: string;
  readonly at: Date;
}

/** Two members, how often each gave the other, and when that began and ended. */
export interface Pair {
  readonly members: readonly [string, string];
  readonly gave: readonly [number, number];
  readonly percent: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

interface Direction {
  readonly from: string;
  readonly to: string;
  readonly times: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * Who gives one another: each gave the other so often, and what they exchanged is a good part of all that both received, which it is not
 * where two whom everybody likes also like one another. Those who exchanged most come first, the one who gave more first in each.
 */
export function reciprocalPairs(given: Iterable<Given>): Pair[] {
  const received = new Map<string, number>();
  const directions = new Map<string, Direction>();
  for (const { from, to, at } of given) {
    received.set(to, (received.get(to) ?? 0) + 1);
    const key = `${from}|${to}`;
    const { times, firstMs, lastMs } = directions.get(key) ?? { times: 0, firstMs: at.getTime(), lastMs: at.getTime() };
    directions.set(key, {
      ...{ from, to, times: times + 1 },
      firstMs: Math.min(firstMs, at.getTime()),
      lastMs: Math.max(lastMs, at.getTime()),
    });
  }
  const pairs: Pair[] = [];
  for (const there of directions.values()) {
    const back = directions.get(`${there.to}|${there.from}`);
    if (back === undefined || !comesFirst(there, back) || back.times < PAIR_GIVES_MIN) continue;
    const exchanged = there.times + back.times;
    const all = (received.get(there.from) ?? 0) + (received.get(there.to) ?? 0);
    if (exchanged * PAIR_SHARE_PARTS < all) continue;
    pairs.push({
      members: [there.from, there.to],
      gave: [there.times, back.times],
      percent: Math.floor((exchanged * 100) / all),
      firstAt: new Date(Math.min(there.firstMs, back.firstMs)),
      lastAt: new Date(Math.max(there.lastMs, back.lastMs)),
    });
  }
  return pairs.sort((a, b) => exchangedBy(b) - exchangedBy(a)).slice(0, PAIRS_MAX);
}

/** Of the two directions of a pair one stands for it, whatever the order in which they were met. */
function comesFirst(there: Direction, back: Direction): boolean {
  return there.times === back.times ? there.from < there.to : there.times > back.times;
}

function exchangedBy({ gave: [one, other] }: Pair): number {
  return one + other;
}
